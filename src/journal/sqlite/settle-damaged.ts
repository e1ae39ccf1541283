import { readId } from '../id.ts';
import type { JournalWriter } from '../journal.ts';
import { damagedEntry, type EntryBody } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';

const end = 'The entry was damaged; a person checked the outcome at the vendor and recorded it.';

/** See `JournalWriter.settleDamaged`. The wreck stays in the file for inspection. */
export function settleDamaged(journalFile: JournalFile): JournalWriter['settleDamaged'] {
  const { entries, steps, verdicts, schedule, database, owner } = journalFile;
  return async (typed, { state, by, at }) => {
    if (journalFile.damaged().length === 0) return false;
    const wasDamaged = journalFile.writing(() => {
      // A flipped byte in the id itself may have made an id that normal parsing rejects.
      const id = journalFile.damaged().includes(typed) ? typed : readId(typed);
      const found = entries.find(id);
      const [lostSteps, lostVerdicts] = [steps.wrecked(id), verdicts.wrecked(id)];
      const lostEntry = found !== null && found.columns === null ? found.row : null;
      if (lostEntry === null && lostSteps.length + lostVerdicts.length === 0) return false;
      const keep = database.prepare('INSERT INTO wreck (entry, at, by, row) VALUES (?, ?, ?, ?)');
      for (const row of [lostEntry, ...lostSteps, ...lostVerdicts])
        if (row !== null) keep.run(id, at, by, JSON.stringify(row));
      steps.drop(id, lostSteps);
      verdicts.drop(id, lostVerdicts);
      if (found === null) return true;
      const { verb, sentence, before, after } = damagedEntry(found.row, null);
      const facts = { verb, sentence, before, after, by, reason: null, target: null, steps: 0, atOnce: false };
      const lost: EntryBody = { ...facts, at, owner, end, vendor: null, closedAt: at };
      const [connection, target] = [String(found.row.connection), String(found.row.target)];
      const account = typeof found.row.account === 'string' ? found.row.account : null;
      const kept = found.columns ?? { id, connection, target, account, body: lost, request: null };
      verdicts.add({ ...kept, state: found.columns?.state ?? 'sent' }, { state, at, basis: 'person', by, reason: end });
      entries.replace({ ...kept, state, body: { ...kept.body, end, closedAt: at, basis: 'person' } });
      schedule.remove(id);
      return true;
    });
    journalFile.recheck();
    return wasDamaged;
  };
}
