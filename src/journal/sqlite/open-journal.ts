import { isOver } from '../../model/journal-entry.ts';
import type { Journal } from '../journal.ts';
import { osUser } from '../os-user.ts';
import { openDatabase } from './database.ts';
import { type JournalOptions, journalFileOf } from './journal-file.ts';
import { entryReads } from './read-entries.ts';
import { takeRescued } from './rescue-file.ts';
import { sendingWrites } from './sending-writes.ts';
import { settleDamaged } from './settle-damaged.ts';
import { takeOver } from './take-over.ts';
import { unannouncedEntries } from './unannounced-entries.ts';
import { entryWrites, keepAnswer } from './write-entries.ts';

/**
 * Opens or creates the journal. Never throws for a file fault: a journal that refuses writes reports why in `health()`,
 * refuses every intent, and still shows what can be read.
 */
export function openJournal(path: string, options: JournalOptions): Journal {
  const opened = openDatabase(path);
  const { database, trouble } = opened;
  const journalFile = journalFileOf(path, opened, options);
  const sending = sendingWrites(journalFile);
  const { entries, marks, links, schedule, reading, writing } = journalFile;
  // Answers that an earlier process could not write here are added to their steps. The rescue file is kept until that
  // succeeds.
  if (trouble === null) {
    takeRescued(path, (all) => writing(() => all.forEach((one) => void keepAnswer(journalFile, one))));
  }
  const reads = entryReads(journalFile);
  return {
    ...entryWrites(journalFile, sending),
    takeOver: takeOver(journalFile),
    ...reads,
    ...unannouncedEntries(journalFile),
    partsOf: async (plan) => reads.knownParts(plan),
    newest: async () => reading(() => entries.lastId(), null),
    due: async () => reading(() => schedule.due(), []),
    nextDue: async () => reading(() => schedule.next(), null),
    attempts: async (id) => reading(() => schedule.attempts(id), 0),
    async schedule(id, after, attempts) {
      writing(() => {
        const columns = entries.find(id)?.columns ?? null;
        if (columns !== null && isOver(columns)) schedule.remove(id);
        else schedule.set(id, after, attempts);
      });
    },
    claim: async (id, lease) => writing(() => schedule.claim(id, lease)),
    settleDamaged: settleDamaged(journalFile),
    async mark(keys, mark) {
      writing(() => keys.forEach((key) => void marks.add(key, mark)));
    },
    link: async (request) => writing(() => links.add(request)),
    instant: async () => options.clock.instant(),
    author: osUser(),
    health: journalFile.health,
    outOfDate: () => null,
    storeWait: () => null,
    revision: journalFile.revision,
    refresh: async () => undefined,
    dispose() {
      sending.stop();
      if (database.isOpen) database.close();
    },
  };
}
