import { isOver } from '../../model/journal-entry.ts';
import type { PlanPart, TriedPart } from '../journal.ts';
import { damagedEntry, type EntryColumns, entryOf } from './entry-row.ts';
import type { JournalFile } from './journal-file.ts';

/** What was tried of a plan file, by row: the last try of each. Throws what SQLite throws. */
export function partsOf(journalFile: JournalFile, plan: string): ReadonlyMap<number, TriedPart> {
  const tried = new Map<number, TriedPart>();
  for (const columns of entriesOfPlan(journalFile, plan)) {
    const { part } = columns.body;
    if (part === undefined) continue;
    tried.set(part.row, { entry: entryOf(columns), left: hasLeft(journalFile, columns.id) });
  }
  return tried;
}

/** The try of this row that may have reached the vendor, or still may, or null. Asked inside the transaction of an intent. */
export function earlierTry(journalFile: JournalFile, { plan, row }: PlanPart): TriedPart | null {
  const tried = partsOf(journalFile, plan).get(row);
  if (tried !== undefined && (tried.left || !isOver(tried.entry))) return tried;
  // Nobody can say which row of the plan a damaged entry was.
  const damaged = rowsOfPlan(journalFile, plan).find(({ columns }) => columns === null);
  return damaged === undefined ? null : { entry: damagedEntry(damaged.row, null), left: true };
}

function entriesOfPlan(journalFile: JournalFile, plan: string): readonly EntryColumns[] {
  return rowsOfPlan(journalFile, plan).flatMap(({ columns }) => (columns?.body.part?.plan === plan ? [columns] : []));
}

function rowsOfPlan({ entries }: JournalFile, plan: string) {
  // Looked for in the text first: reading every entry of the journal for each row of a plan would take minutes.
  const needle = `"part":${JSON.stringify({ plan }).slice(0, -1)}`;
  return [...entries.select('WHERE instr(body, ?) > 0 ORDER BY id', [needle])];
}

/** Whether any step may have reached the vendor: only one that was kept as unsent has not. */
function hasLeft({ steps }: JournalFile, id: string): boolean {
  return steps.of(id).some(({ answer }) => answer?.outcome !== 'unsent');
}
