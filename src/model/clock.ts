import type { Instant } from './instant.ts';

/** The one source of time, so that tests can control it. `wait` resolves early, without error, when `signal` aborts. */
export interface Clock {
  /** Milliseconds since the epoch, for calendars and display. It can be set; use `elapsed` for durations. */
  now(): number;
  /**
   * Milliseconds on a clock that never jumps, and stops while the computer sleeps: for durations within this process.
   */
  monotonic(): number;
  /** For durations that include sleep, or span processes. */
  instant(): Instant;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
