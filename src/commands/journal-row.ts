import type { JournalEntry } from '../model/journal-entry.ts';
import type { Column, Row } from './reply.ts';

/** A journal entry as the contract's JSON has it, key by key. */
export function journalJson(entry: JournalEntry): object {
  const { id, at, ref, account, verb, sentence, state, reason, before, after, vendor, by, basis, corrects } = entry;
  return { id, at, ref, account, verb, sentence, state, reason, before, after, vendor, by, basis, corrects };
}

export const journalColumns: readonly Column[] = (
  ['at', 'state', 'sentence', 'ref', 'reason', 'by', 'id', 'verb'] as const
).map((id) => ({ id, title: id, align: 'left', hidden: id === 'verb' }));

export function journalRow(entry: JournalEntry): Row {
  const { at, state, sentence, ref, reason, by, id, verb } = entry;
  return { json: journalJson(entry), cells: [at, state, sentence, ref, reason, by, id, verb] };
}
