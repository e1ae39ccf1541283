/** The one source of time, so that tests can hold it. `wait` resolves early, without error, when `signal` aborts. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
