import type { Clock } from '../../model/clock.ts';
import type { Journal } from '../journal.ts';
import { openDatabase } from './database.ts';
import { journalFileOf } from './journal-file.ts';
import { partsOf } from './plan-rows.ts';
import { entryReads } from './read-entries.ts';
import { takeRescued } from './rescue-file.ts';
import { settleDamaged } from './settle-damaged.ts';
import { unannouncedEntries } from './unannounced-entries.ts';
import { entryWrites, keepAnswer } from './write-entries.ts';

/**
 * Opens the journal, or creates it. Never throws for what a disk can do to a file: a journal that takes no writes says why
 * in `health()`, refuses every intent, and still shows what can be read.
 */
export function openJournal(path: string, { clock }: { readonly clock: Clock }): Journal {
  const { database, trouble } = openDatabase(path);
  const journalFile = journalFileOf(path, database, trouble, clock);
  const { schedule, reading, writing } = journalFile;
  // Answers that an earlier process could not write here go to their steps. The place is left as it is while that fails.
  if (trouble === null) {
    takeRescued(path, (all) => writing(() => all.forEach((one) => void keepAnswer(journalFile, one))));
  }
  return {
    ...entryWrites(journalFile),
    ...entryReads(journalFile),
    ...unannouncedEntries(journalFile),
    partsOf: (plan) => reading(() => partsOf(journalFile, plan), new Map()),
    newest: () => reading(() => journalFile.entries.lastId(), null),
    due: () => reading(() => schedule.due(), []),
    nextDue: () => reading(() => schedule.next(), null),
    attempts: (id) => reading(() => schedule.attempts(id), 0),
    schedule: (id, after, attempts) => writing(() => schedule.set(id, after, attempts)),
    claim: (id, lease) => writing(() => schedule.claim(id, lease)),
    settleDamaged: settleDamaged(journalFile),
    health: journalFile.health,
    revision: journalFile.revision,
    dispose() {
      if (database.isOpen) database.close();
    },
  };
}
