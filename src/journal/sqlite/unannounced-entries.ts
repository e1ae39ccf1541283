import type { Journal } from '../journal.ts';
import { entryOf } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';
import { isFinal } from './write-entries.ts';

/** What ended while nobody was told of it, and what was told. */
export function unannouncedEntries(journalFile: JournalFile): Pick<Journal, 'takeNews' | 'seen'> {
  const { unannounced, entries, reading, writing } = journalFile;

  function ended() {
    return unannounced.all().flatMap((id) => {
      const columns = entries.find(id)?.columns ?? null;
      return columns !== null && isFinal(columns.state) ? [entryOf(columns)] : [];
    });
  }

  return {
    takeNews() {
      // Looked for first without the lock: mostly there is none, and a start must not wait for another process.
      if (reading(() => ended().length, 0) === 0) return [];
      if (journalFile.health() !== null) return [];
      return writing(() => {
        const found = ended();
        for (const { id } of found) unannounced.remove(id);
        return found;
      });
    },
    seen(id) {
      if (reading(() => unannounced.all().includes(id), false)) writing(() => unannounced.remove(id));
    },
  };
}
