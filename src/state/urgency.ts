import type { Clock } from '../model/clock.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { countNow, type Today } from '../today/today.ts';
import { askTodaySteps } from './read-today.ts';
import type { Sources } from './sources.ts';

const longest = 60_000;
/** Counting takes at most about a fiftieth of the time. */
const share = 50;
const shortest = 1_000;
const slice = 10;

/** A count of urgent items in progress, some milliseconds at a time. */
interface UrgencyCount {
  readonly stamp: string;
  readonly steps: Generator<undefined, Today>;
  /** Milliseconds spent so far. */
  readonly spent: number;
}

/**
 * The number of items of Today that a person must decide or fix within 24 hours. Counts again when the journal or the cache has changed and
 * enough time has passed, so that a sync of a large cache does not cause constant counting; null before the first
 * count.
 */
export function createUrgency(from: Sources): () => number | null {
  const { cache, journal, clock } = from;
  let stamp: string | null = null;
  let lookedAt = clock.monotonic();
  let pause = shortest;
  let urgent: number | null = null;
  let look: UrgencyCount | null = null;

  function isDue(fresh: string): boolean {
    const isTime = clock.monotonic() - lookedAt >= (fresh === stamp ? longest : pause);
    return isTime && (urgent !== null || isWarm(cache, clock));
  }

  function goOn({ steps, spent, ...looking }: UrgencyCount): void {
    // A failed count is not continued.
    look = null;
    const began = clock.monotonic();
    const took = () => clock.monotonic() - began;
    let step = steps.next();
    while (step.done !== true && took() < slice) step = steps.next();
    if (step.done !== true) {
      look = { ...looking, steps, spent: spent + took() };
      return;
    }
    urgent = countNow(step.value, clock.now());
    lookedAt = clock.monotonic();
    pause = Math.max(shortest, (spent + took()) * share);
    stamp = looking.stamp;
  }

  return () => {
    const fresh = `${journal.revision()} ${cache.revision()}`;
    if (look === null && isDue(fresh)) look = { stamp: fresh, steps: askTodaySteps(from), spent: 0 };
    if (look !== null) goOn(look);
    return urgent;
  };
}

/** Preloads in short slices what the queries need, so that no key waits. */
function isWarm(cache: CacheReader, clock: Clock): boolean {
  const until = clock.monotonic() + slice;
  while (cache.warm()) if (clock.monotonic() >= until) return false;
  return true;
}
