import type { Clock } from '../../model/clock.ts';
import type { Journal } from '../journal.ts';
import { openDatabase } from './database.ts';
import { ledgerOf } from './journal-file.ts';
import { partsOf } from './plan-rows.ts';
import { entryReads } from './read-entries.ts';
import { takeRescued } from './rescue-file.ts';
import { settleDamaged } from './settle-damaged.ts';
import { newsOf } from './unannounced-entries.ts';
import { entryWrites, keepAnswer } from './write-entries.ts';

/**
 * Opens the journal, or creates it. Never throws for what a disk can do to a file: a journal that takes no writes says why
 * in `health()`, refuses every intent, and still shows what can be read.
 */
export function openJournal(path: string, { clock }: { readonly clock: Clock }): Journal {
  const { database, trouble } = openDatabase(path);
  const ledger = ledgerOf(path, database, trouble, clock);
  const { watch, reading, writing } = ledger;
  // Answers that an earlier process could not write here go to their steps. The place is left as it is while that fails.
  if (trouble === null) {
    takeRescued(path, (all) => writing(() => all.forEach((one) => void keepAnswer(ledger, one))));
  }
  return {
    ...entryWrites(ledger),
    ...entryReads(ledger),
    ...newsOf(ledger),
    partsOf: (plan) => reading(() => partsOf(ledger, plan), new Map()),
    newest: () => reading(() => ledger.entries.lastId(), null),
    due: () => reading(() => watch.due(), []),
    nextDue: () => reading(() => watch.next(), null),
    attempts: (id) => reading(() => watch.attempts(id), 0),
    schedule: (id, after, attempts) => writing(() => watch.set(id, after, attempts)),
    claim: (id, lease) => writing(() => watch.claim(id, lease)),
    settleDamaged: settleDamaged(ledger),
    health: ledger.health,
    revision: ledger.revision,
    dispose() {
      if (database.isOpen) database.close();
    },
  };
}
