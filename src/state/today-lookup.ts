import type { Clock } from '../model/clock.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { countNow, type Today } from '../today/today.ts';
import { askTodaySteps } from './read-today.ts';
import type { Sources } from './sources.ts';
import type { FoundToday } from './today-screens.ts';

const longest = 60_000;
/** Behind other screens it takes at most about a fiftieth of the time, on the Today screen a fifth. */
const share = 50;
const shownShare = 5;
const shortest = 1_000;
const slice = 10;

/** A lookup in progress, some milliseconds at a time. */
interface Lookup extends Pick<FoundToday, 'journal' | 'cache' | 'proposals'> {
  readonly steps: Generator<undefined, Today>;
  /** Milliseconds spent so far. */
  readonly spent: number;
}

export interface TodayLookup {
  /**
   * The latest, after some milliseconds of work where a lookup is due or in progress; null before the first. `isShown`: a person
   * looks at it, so it begins at once and follows the journal without a pause.
   */
  proceed(isShown: boolean): FoundToday | null;
  isInProgress(): boolean;
}

/**
 * Looks Today up in slices, for the Today screen and for its count on every screen. Again when the journal or the cache has changed
 * and enough time has passed, so that a sync of a large cache does not cause constant work; and once a minute, since deadlines pass.
 */
export function createTodayLookup(from: Sources): TodayLookup {
  const { cache, journal, clock, proposals } = from;
  let endedAt = clock.monotonic();
  let spent = 0;
  let latest: FoundToday | null = null;
  let lookup: Lookup | null = null;
  let isWarming = false;

  function isDue(isShown: boolean): boolean {
    const isOfJournal = latest?.journal === journal.revision() && latest.proposals === proposals.revision();
    const pause =
      isOfJournal && latest?.cache === cache.revision()
        ? longest
        : Math.max(shortest, spent * (isShown ? shownShare : share));
    if (clock.monotonic() - endedAt < pause && (!isShown || isOfJournal)) return false;
    isWarming = latest === null && !isWarm(cache, clock);
    return !isWarming;
  }

  function workOn({ steps, ...begun }: Lookup): void {
    // A failed lookup is not continued.
    lookup = null;
    const began = clock.monotonic();
    const took = () => clock.monotonic() - began;
    let step = steps.next();
    while (step.done !== true && took() < slice) step = steps.next();
    if (step.done !== true) {
      lookup = { ...begun, steps, spent: begun.spent + took() };
      return;
    }
    const at = clock.now();
    const { journal: ofJournal, cache: ofCache, proposals: ofProposals } = begun;
    const of = { journal: ofJournal, cache: ofCache, proposals: ofProposals };
    latest = { found: step.value, at, ...of, urgent: countNow(step.value, at) };
    endedAt = clock.monotonic();
    spent = begun.spent + took();
  }

  return {
    proceed(isShown) {
      if (lookup === null && isDue(isShown)) {
        const of = { journal: journal.revision(), cache: cache.revision(), proposals: proposals.revision() };
        lookup = { ...of, steps: askTodaySteps(from), spent: 0 };
      }
      if (lookup !== null) workOn(lookup);
      return latest;
    },
    isInProgress: () => isWarming || lookup !== null,
  };
}

/** Preloads in short slices what the queries need, so that no key waits. */
function isWarm(cache: CacheReader, clock: Clock): boolean {
  const until = clock.monotonic() + slice;
  while (cache.warm()) if (clock.monotonic() >= until) return false;
  return true;
}
