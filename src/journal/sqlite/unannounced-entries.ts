import { isOver } from '../../model/journal-entry.ts';
import type { JournalWriter } from '../journal.ts';
import { entryOf } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';

/** Outcomes that were not yet reported to a person. */
export function unannouncedEntries(journalFile: JournalFile): Pick<JournalWriter, 'takeNews' | 'seen'> {
  const { unannounced, entries, reading, writing } = journalFile;

  function ended() {
    return unannounced.all().flatMap((id) => {
      const columns = entries.find(id)?.columns ?? null;
      return columns !== null && isOver(columns) ? [entryOf(columns)] : [];
    });
  }

  return {
    async takeNews() {
      // Checked first without the lock: usually there is none, and a start must not wait for another process.
      if (reading(() => ended().length, 0) === 0) return [];
      if (journalFile.health() !== null) return [];
      return writing(() => {
        const found = ended();
        for (const { id } of found) unannounced.remove(id);
        return found;
      });
    },
    async seen(id) {
      if (!reading(() => unannounced.all().includes(id), false) || journalFile.health() !== null) return;
      writing(() => {
        const columns = entries.find(id)?.columns ?? null;
        if (columns !== null && isOver(columns)) unannounced.remove(id);
      });
    },
  };
}
