/** A time limit that can be moved: an answer that drips one byte at a time still meets it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts, or starts over. */
  start(milliseconds: number): void;
  /** Stands still, while nothing is waited for; `start` goes on. */
  stop(): void;
}

/** A timer that comes this late, in milliseconds, shows that the process stood still: stopped, swapped out, its computer asleep. */
const stoodStill = 100;
/**
 * What came meanwhile lies in the socket, and timers run before it is read. To be read first it gets as long as the process
 * stood still, within these bounds, in milliseconds.
 */
const catchingUp = { least: 500, most: 5000 } as const;

/** Counts what the process's own clock counts: where that stands still while the computer sleeps, nothing can arrive either. */
export function createDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let reading: NodeJS.Immediate | undefined;
  const stop = () => {
    clearTimeout(timer);
    clearImmediate(reading);
  };
  const start = (limit: number) => {
    stop();
    const wait = Math.max(1, limit);
    const due = performance.now() + wait;
    timer = setTimeout(() => {
      const late = performance.now() - due;
      if (late > stoodStill) start(Math.min(Math.max(late, catchingUp.least), catchingUp.most));
      // Behind whatever is ready to be read just now.
      else reading = setImmediate(() => controller.abort());
    }, wait);
  };
  start(milliseconds);
  return { signal: controller.signal, start, stop };
}
