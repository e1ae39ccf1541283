import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../model/clock.ts';

/** The sandbox's several times. All in milliseconds. */
export interface SandboxTime {
  /** The calendar that vendors write into their answers; it stands still where the day was fixed. */
  now(): number;
  /** Midnight UTC of the day on which the sandbox started: rows lay their dates out around it. */
  readonly today: number;
  /** How much asynchronous work was done since the start; `speed` makes it run faster. */
  work(): number;
  /** The calendar of the client's machine, fixed day or not: for the life of tokens, drafts and rate limits. */
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
