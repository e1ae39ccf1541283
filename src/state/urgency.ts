import type { Clock } from '../model/clock.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import type { Today } from '../today/today.ts';
import { askTodaySteps } from './read-today.ts';
import type { Sources } from './sources.ts';

const longest = 60_000;
/** Looking never takes more than about a fiftieth of the time. */
const share = 50;
const shortest = 1_000;
const slice = 10;

/** A look at all that is urgent, some milliseconds at a time. */
interface UrgencyCount {
  readonly stamp: string;
  readonly steps: Generator<undefined, Today>;
  /** Milliseconds that it took so far. */
  readonly spent: number;
}

/**
 * How many items of today cannot wait a week. Looks again once the journal or the cache says something new and enough
 * time has gone by, so that a large cache that is being read is not asked without end; null before the first look.
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
    // One that fails is not gone on with.
    look = null;
    const began = clock.monotonic();
    const took = () => clock.monotonic() - began;
    let step = steps.next();
    while (step.done !== true && took() < slice) step = steps.next();
    if (step.done !== true) {
      look = { ...looking, steps, spent: spent + took() };
      return;
    }
    urgent = step.value.items.filter(({ urgency }) => urgency === 'now' || urgency === 7).length;
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

/** Loads, for a moment, what the questions would wait for, so that no key does. */
function isWarm(cache: CacheReader, clock: Clock): boolean {
  const until = clock.monotonic() + slice;
  while (cache.warm()) if (clock.monotonic() >= until) return false;
  return true;
}
