import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The sandbox's clocks. All in milliseconds. */
export interface SandboxTime {
  /** The date in vendors' answers; constant if the day was fixed. */
  now(): number;
  /** Midnight UTC of the day the sandbox started: rows place their dates around it. */
  readonly today: number;
  /** Asynchronous work time since the start; `speed` makes it faster. */
  work(): number;
  /** The client machine's clock, fixed day or not: for lifetimes of tokens and drafts, and for rate limits. */
  real(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The sandbox's own use of a clock. */
export type SandboxClock = Omit<Clock, 'instant'>;

export const realClock: SandboxClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined),
};

export const dayLength = 86_400_000;

/** `today` is `YYYY-MM-DD` and fixes the calendar at noon UTC of that day. Throws a RangeError on anything else. */
export function sandboxTime(clock: SandboxClock, today: string | undefined, speed: number): SandboxTime {
  const fixed = today === undefined ? null : noonOf(today);
  const started = clock.monotonic();
  const now = () => fixed ?? clock.now();
  return {
    now,
    today: Math.floor(now() / dayLength) * dayLength,
    work: () => (clock.monotonic() - started) * speed,
    real: () => clock.now(),
    wait: (milliseconds, signal) => clock.wait(milliseconds, signal),
  };
}

function noonOf(day: string): number {
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  if (!Number.isFinite(noon)) throw new RangeError(`"${day}" is not a day: write it as 2026-11-30.`);
  return noon;
}
