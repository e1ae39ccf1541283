import type { Journal } from '../journal/journal.ts';
import type { JournalEntry, JournalState } from '../model/journal-entry.ts';

const first = 200;

/** Entries from a moment on, newest first, without reading the rest of a long journal. `since`: milliseconds. */
export function entriesSince(
  journal: Pick<Journal, 'entries'>,
  since: number,
  state: JournalState | null = null,
): readonly JournalEntry[] {
  const isEarlier = ({ at }: JournalEntry) => Date.parse(at) < since;
  for (let limit = first; ; limit *= 4) {
    const entries = journal.entries({ ref: null, state, since: null, limit });
    // A damaged entry has lost its time and needs a person; it does not mean that the rest is older.
    const reached = entries.some((entry) => isEarlier(entry) && entry.state !== 'needs-person');
    if (reached || entries.length < limit) return entries.filter((entry) => !isEarlier(entry));
  }
}
