import type { Clock } from '../model/clock.ts';

/** The shortest interval between two refreshes of the cache snapshot, in milliseconds. */
const atOnce = 100;
/** The same while the screen is empty. */
const whileEmpty = 25;
/** A refresh waits this many times the duration of the last one: refreshes take at most a twentieth of the time. */
const share = 20;
/** A duration that a person at the keyboard does not notice, in milliseconds. */
const unfelt = 5;
/** Milliseconds without a key before a noticeable refresh is allowed, and after which it is due regardless of keys. */
const calmAfter = 300;
const atLatest = 15_000;

/** Decides when the console reads what other threads and processes wrote to the cache, so that no key waits for it. */
export interface SnapshotRefresh {
  /** `isEmpty`: the screen has no rows that the refresh could move, and the user waits for some. */
  isDue(isEmpty: boolean): boolean;
  /** Measures the refresh, including the update of the screen. */
  measure(look: () => void): void;
}

/** `touchedAt`: the time of the last key (monotonic). */
export function createSnapshotRefresh(clock: Pick<Clock, 'monotonic'>, touchedAt: () => number): SnapshotRefresh {
  let endedAt = Number.NEGATIVE_INFINITY;
  let took = 0;
  return {
    isDue(isEmpty) {
      const since = clock.monotonic() - endedAt;
      if (isEmpty) return since >= whileEmpty;
      if (since < Math.max(atOnce, took * share)) return false;
      return took < unfelt || since >= atLatest || clock.monotonic() - touchedAt() >= calmAfter;
    },
    measure(look) {
      const began = clock.monotonic();
      look();
      endedAt = clock.monotonic();
      took = endedAt - began;
    },
  };
}
