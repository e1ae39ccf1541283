import type { Book } from '../cache/book.ts';
import type { Clock } from '../model/clock.ts';
import { askToday } from './read-triage.ts';
import type { Sources } from './sources.ts';

const longest = 60_000;
/** Looking never takes more than about a fiftieth of the time. */
const share = 50;
const shortest = 1_000;
const slice = 10;

/**
 * How many items of today cannot wait a week. Looks again once the journal or the cache says something new and enough
 * time has gone by, so that a large book that is being read is not asked without end; null before the first look.
 */
export function createUrgency(from: Sources): () => number | null {
  const { book, journal, clock } = from;
  let stamp: string | null = null;
  let lookedAt = clock.monotonic();
  let pause = shortest;
  let urgent: number | null = null;
  return () => {
    const now = clock.monotonic();
    const fresh = `${journal.revision()} ${book.revision()}`;
    const isDue = now - lookedAt >= (fresh === stamp ? longest : pause);
    if (!isDue || (urgent === null && !isWarm(book, clock))) return urgent;
    const began = clock.monotonic();
    urgent = askToday(from).items.filter(({ urgency }) => urgency === 'now' || urgency === 7).length;
    lookedAt = clock.monotonic();
    pause = Math.max(shortest, (lookedAt - began) * share);
    stamp = fresh;
    return urgent;
  };
}

/** Loads, for a moment, what the questions would wait for, so that no key does. */
function isWarm(book: Book, clock: Clock): boolean {
  const until = clock.monotonic() + slice;
  while (book.warm()) if (clock.monotonic() >= until) return false;
  return true;
}
