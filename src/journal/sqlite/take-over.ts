import { isOfHere, processKey } from '../../system/process-mark.ts';
import { withOwner } from '../entry-changes.ts';
import type { JournalWriter } from '../journal.ts';
import type { JournalFile } from './journal-file.ts';

/** See `JournalWriter.takeOver`. */
export function takeOver(journalFile: JournalFile): JournalWriter['takeOver'] {
  const { entries, heartbeats, owner, reading, change } = journalFile;
  /** Whose end this process did not get to write yet. */
  const taken = new Set<string>();
  return async (id) => {
    if (taken.has(id)) return true;
    const found = reading(() => entries.find(id)?.columns ?? null, null);
    if (found === null) return false;
    const by = found.body.owner;
    // Mostly it lives, and here: then no other process has to wait.
    if (processKey(by) === processKey(owner) || (isOfHere(by) && heartbeats.mayLive(by))) return false;
    const changed = change(id, (columns) => {
      if (heartbeats.watch(columns.body.owner)) return null;
      return withOwner(columns, owner, { isDead: isOfHere(columns.body.owner) })?.columns ?? null;
    });
    if (changed !== null) taken.add(id);
    return changed !== null;
  };
}
