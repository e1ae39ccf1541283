/** A deadline that can be extended: an answer that drips byte by byte still hits it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts or restarts. */
  start(milliseconds: number): void;
  /** Pauses while nothing is awaited; `start` continues. */
  stop(): void;
}

/**
 * A timer this late, in milliseconds, shows that the process was suspended: stopped, swapped out, or its computer
 * asleep.
 */
const stoodStill = 100;
/**
 * Data that arrived meanwhile is in the socket, but timers run before it is read. It gets as long as the process was
 * suspended, within these bounds, in milliseconds.
 */
const catchingUp = { least: 500, most: 5000 } as const;

/** Uses the process's own clock: while that stands still during sleep, no data can arrive either. */
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
      // After everything that is ready to be read.
      else reading = setImmediate(() => controller.abort());
    }, wait);
  };
  start(milliseconds);
  return { signal: controller.signal, start, stop };
}
