import type { JournalEntry } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { Missing } from '../today/connection-items.ts';
import type { Item } from '../today/item.ts';
import type { Column, Row } from './reply.ts';

/** A journal entry in JSON, key by key. */
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

/** A request in JSON, key by key. */
export function requestJson(request: Request): object {
  const { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt } = request;
  return { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt };
}

/** An item of `today` and `handover` in JSON, key by key. */
export function itemJson(item: Item): object {
  const { kind, urgency, connection, ref, organization, name, why, deadline, next, cost, journalId } = item;
  return { kind, urgency, connection, ref, organization, name, why, deadline, next, cost, journalId };
}

export function missingJson({ connection, message, next }: Missing): object {
  return { connection, message, next };
}
