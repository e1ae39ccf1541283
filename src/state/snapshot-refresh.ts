import type { Clock } from '../model/clock.ts';

/** The shortest time between two looks at what others wrote, in milliseconds. */
const atOnce = 100;
/** The same where nothing is on screen yet. */
const whileEmpty = 25;
/** A look waits so many times as long as the last one took: it has a twentieth of the time at most. */
const share = 20;
/** What nobody who presses keys feels, in milliseconds. */
const unfelt = 5;
/** How long nobody has pressed a key before a look may be felt, and after how long it is due whatever is pressed, in milliseconds. */
const calmAfter = 300;
const atLatest = 15_000;

/** When the console looks at what other threads and processes wrote to the cache: never so that a key waits for it. */
export interface SnapshotRefresh {
  /** `isEmpty`: nothing is on screen that the look could move, and somebody waits for it. */
  isDue(isEmpty: boolean): boolean;
  /** Measures the look, which includes bringing the screen up to date. */
  measure(look: () => void): void;
}

/** `touchedAt`: when a key was last pressed, on the clock that never jumps. */
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
