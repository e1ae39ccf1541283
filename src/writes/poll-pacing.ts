/** Milliseconds. Looks start close together and end a minute apart. */
const first = 2000;
const last = 60_000;
/** Between looks at a write whose answer was lost: it keeps its target shut, so it is looked at more often than a request. */
export const slowestForLost = 30_000;
const growth = 1.5;

/** No vendor keeps Subdeck away for longer than this, whatever it asks for. */
const longestPause = 15 * 60_000;

/**
 * How long to wait after so many looks: 2 s growing to 60 s, a tenth more or less so that many consoles do not march in step,
 * and never sooner than the vendor asked for. `random`: from 0 up to 1.
 */
export function pollPause(looks: number, retryAfterMs: number | null, random: number, slowest = last): number {
  const steady = Math.min(slowest, first * growth ** Math.min(Math.max(looks, 0), 20));
  const spread = steady * (0.9 + 0.2 * random);
  return Math.round(Math.max(spread, Math.min(retryAfterMs ?? 0, longestPause)));
}
