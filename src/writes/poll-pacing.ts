/** Milliseconds. The interval between polls grows up to a minute. */
const first = 2000;
const last = 60_000;
/** The interval for unknown writes: they block their target, so they are polled more often than requests. */
export const slowestForLost = 30_000;
const growth = 1.5;

/** The longest pause that a vendor can impose. */
const longestPause = 15 * 60_000;

/**
 * The wait after this many polls: 2 s growing to 60 s, with 10 % jitter so that consoles do not poll in step, and never
 * shorter than the vendor asked for. `random`: from 0 up to 1.
 */
export function pollPause(looks: number, retryAfterMs: number | null, random: number, slowest = last): number {
  const steady = Math.min(slowest, first * growth ** Math.min(Math.max(looks, 0), 20));
  const spread = steady * (0.9 + 0.2 * random);
  return Math.round(Math.max(spread, Math.min(retryAfterMs ?? 0, longestPause)));
}
