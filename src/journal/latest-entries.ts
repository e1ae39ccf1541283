import type { JournalEntry } from '../model/journal-entry.ts';
import type { Journal } from './journal.ts';

type Reader = Pick<Journal, 'entries' | 'revision'>;

/** As many as a person looks through. */
export const mostLatest = 1_000;

const known = new WeakMap<Reader, { readonly revision: number; readonly entries: readonly JournalEntry[] }>();

/** The latest entries, read once a revision: each letter of a filter asks for them. */
export function latestEntries(journal: Reader): readonly JournalEntry[] {
  const revision = journal.revision();
  const before = known.get(journal);
  if (before?.revision === revision) return before.entries;
  const entries = journal.entries({ ref: null, state: null, since: null, limit: mostLatest });
  known.set(journal, { revision, entries });
  return entries;
}
