/** A time limit that can be moved: an answer that drips one byte at a time still meets it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts, or starts over. */
  start(milliseconds: number): void;
  /** Stands still, while nothing is waited for; `start` goes on. */
  stop(): void;
}

export function createDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const start = (limit: number) => {
    stop();
    timer = setTimeout(() => controller.abort(), Math.max(1, limit));
  };
  start(milliseconds);
  return { signal: controller.signal, start, stop };
}
