import type { Lifecycle } from './lifecycle.ts';
import { atOfficeHour } from './office-hours.ts';
import { type SeededRandom, salt } from './seeded-random.ts';
import { dayLength, type SandboxTime } from './time.ts';

/** A change of seats that somebody else makes at the vendor. */
export interface OutsideChange {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const streams = {
  one: salt('outside change'),
  day: salt('outside change day'),
  share: salt('outside change share'),
};
/** One row in so many has one. */
const oneIn = 40;
/** Days before and after the start on which they happen. */
const days = 2;

/**
 * The change that somebody else has made to a row of `seats`; null for most rows. Such changes fall within two days of the
 * sandbox's start, and show once the calendar reaches them: a sandbox with a fixed day stands still.
 */
export function outsideChange(
  random: SeededRandom,
  { today, now }: Pick<SandboxTime, 'today' | 'now'>,
  index: number,
  { start, end }: Pick<Lifecycle, 'start' | 'end'>,
  seats: number,
): OutsideChange | null {
  if (random.below(streams.one, index, oneIn) > 0 || seats === 0) return null;
  const midnight = today + (random.below(streams.day, index, 2 * days + 1) - days) * dayLength;
  const by = Math.max(1, Math.round(seats * 0.2 * random.fraction(streams.share, index)));
  const to = seats > by && index % 3 === 0 ? seats - by : seats + by;
  const at = atOfficeHour(random, index, midnight);
  return at > start && at < (end ?? Number.POSITIVE_INFINITY) && at <= now() ? { at, from: seats, to } : null;
}
