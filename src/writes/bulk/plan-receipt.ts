import type { JournalReader } from '../../journal/journal.ts';
import type { JournalEntry } from '../../model/journal-entry.ts';
import { markdownCode, markdownText } from '../../model/markdown.ts';
import { stateWords } from '../receipt.ts';

/** A row of a bulk plan that was tried. */
export interface TriedRow {
  readonly row: number;
  readonly entry: JournalEntry;
}

/** Markdown for a ticket: one receipt for all rows of a bulk plan that were tried. Vendor text is escaped. */
export function planReceipt(journal: Pick<JournalReader, 'record'>, plan: string, tried: readonly TriedRow[]): string {
  const rows = tried.toSorted((one, other) => one.row - other.row);
  const entries = rows.map(({ entry }) => entry);
  const purposes = entries.map(({ id }) => journal.record(id)?.purpose ?? null);
  const [first = '', ...later] = entries.map(({ at }) => at).toSorted();
  const facts: readonly (readonly [string, string])[] = [
    ['Outcome', markdownText(outcomeText(entries))],
    ...distinct(purposes.filter((purpose) => purpose !== null)).map(
      (reason) => ['Reason', markdownText(reason)] as const,
    ),
    ...distinct(entries.map(({ by }) => by)).map((by) => ['Requested by', markdownText(by)] as const),
    ['Requested at', later.length === 0 ? first : `${first} to ${later.at(-1)}`],
    ['Plan', markdownCode(plan)],
  ];
  return [
    `### Plan of ${tried.length} ${tried.length === 1 ? 'change' : 'changes'}`,
    '',
    ...facts.map(([label, value]) => `- **${label}:** ${value}`),
    '',
    ...rows.map(({ row, entry }, nth) => rowLine(row, entry, purposes[nth] ?? null)),
    '',
  ].join('\n');
}

/** `12 done, 1 refused`. */
export function outcomeText(entries: readonly JournalEntry[]): string {
  return [...Map.groupBy(entries, ({ state }) => state)]
    .map(([state, alike]) => `${alike.length} ${stateWords[state]}`)
    .join(', ');
}

/** The explanation of an entry without an end of its own is the reason that was given. */
function rowLine(row: number, { sentence, ref, state, reason, id }: JournalEntry, purpose: string | null): string {
  const why = reason === null || reason === purpose ? '' : `: ${markdownText(reason)}`;
  const outcome = `${markdownText(stateWords[state])}${why}`;
  return `- **Row ${row}:** ${markdownText(sentence)} ${markdownCode(ref)}, journal ${markdownCode(id)}: ${outcome}`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
