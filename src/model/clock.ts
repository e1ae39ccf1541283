import type { Instant } from './instant.ts';

/** The one source of time, so that tests can hold it. `wait` resolves early, without error, when `signal` aborts. */
export interface Clock {
  /** What time it is, in milliseconds since the epoch: for calendars and for people. It can be set; what passed is `elapsed`'s. */
  now(): number;
  /** Milliseconds on a clock that never jumps, and stands still while the computer sleeps: for what this process does. */
  monotonic(): number;
  /** For how long ago something was, also after sleep and in another process. */
  instant(): Instant;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
