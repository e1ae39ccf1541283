import type { Journal } from '../journal.ts';
import { entryOf } from './entry-row.ts';
import type { Ledger } from './journal-file.ts';
import { isFinal } from './write-entries.ts';

/** What ended while nobody was told of it, and what was told. */
export function newsOf(ledger: Ledger): Pick<Journal, 'takeNews' | 'seen'> {
  const { awaited, entries, reading, writing } = ledger;

  function ended() {
    return awaited.all().flatMap((id) => {
      const columns = entries.find(id)?.columns ?? null;
      return columns !== null && isFinal(columns.state) ? [entryOf(columns)] : [];
    });
  }

  return {
    takeNews() {
      // Looked for first without the lock: mostly there is none, and a start must not wait for another process.
      if (reading(() => ended().length, 0) === 0) return [];
      if (ledger.health() !== null) return [];
      return writing(() => {
        const found = ended();
        for (const { id } of found) awaited.remove(id);
        return found;
      });
    },
    seen(id) {
      if (reading(() => awaited.all().includes(id), false)) writing(() => awaited.remove(id));
    },
  };
}
