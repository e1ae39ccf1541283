import type { Cost } from '../model/cost.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { Missing } from '../today/connection-items.ts';
import { isoText } from '../today/deadline.ts';
import type { Group } from '../today/groups.ts';
import type { Item } from '../today/item.ts';
import { isSnoozed } from '../today/today.ts';
import type { Column, Row } from './reply.ts';

/** A journal entry in JSON, key by key. */
export function journalJson(entry: JournalEntry): object {
  const { id, at, ref, account, verb, sentence, state, reason, before, after, vendor, by, basis, corrects } = entry;
  return { id, at, ref, account, verb, sentence, state, reason, before, after, vendor, by, basis, corrects };
}

export const journalColumns: readonly Column[] = (
  ['at', 'state', 'sentence', 'ref', 'reason', 'by', 'id', 'verb'] as const
).map((id) => ({ id, title: id, align: 'left', isDate: id === 'at', hidden: id === 'verb' }));

export function journalRow(entry: JournalEntry): Row {
  const { at, state, sentence, ref, reason, by, id, verb } = entry;
  return { json: journalJson(entry), cells: [at, state, sentence, ref, reason, by, id, verb] };
}

/** A request in JSON, key by key. */
export function requestJson(request: Request): object {
  const { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt } = request;
  return { id, ref, state, vendorState, vendorRequestId, from, to, startedAt, checkedAt, nextCheckAt };
}

function costJson({ currency, amount, period, kind, covers }: Cost): object {
  return { currency, amount, period, kind, covers };
}

/** An item of `today` and `handover` in JSON, key by key. */
export function itemJson(item: Item, now: number): object {
  const { key, kind, deadline, urgency, ref, connection, name, organization, journalId } = item;
  const { seats, money, why, next, marks } = item;
  return {
    ...{ key, kind, due: deadline === null ? null : isoText(deadline), urgency, ref, connection, name },
    ...{ organization: organization?.name ?? null, journalId, count: 1, seats, money: money.map(costJson), why },
    next: next === null ? null : { words: next.words, key: next.key },
    ...{ owner: marks.owner, note: marks.note?.text ?? null },
    snoozedUntil: isSnoozed(marks.snoozedUntil, now) ? marks.snoozedUntil : null,
  };
}

export function groupJson({ name, items, due, count, seats, money }: Group, now: number): object {
  return {
    ...{ group: name, items: items.map((item) => itemJson(item, now)), due: due === null ? null : isoText(due) },
    ...{ count, seats, money: money.map(costJson) },
  };
}

/** One column per JSON key, but four for money. */
export const itemColumns: readonly Column[] = (
  ['key', 'kind', 'due', 'urgency', 'ref', 'connection', 'name', 'organization', 'journalId', 'count', 'seats'] as const
)
  .map((id): Column => {
    return { id, title: id, align: id === 'count' || id === 'seats' ? 'right' : 'left', isDate: id === 'due' };
  })
  .concat(
    (['amount', 'currency', 'period', 'covers', 'why', 'next', 'owner', 'note', 'snoozedUntil'] as const).map((id) => ({
      ...{ id, title: id, align: id === 'amount' ? 'right' : 'left', isDate: id === 'snoozedUntil' },
    })),
  );

export function itemRow(item: Item, now: number): Row {
  const { key, kind, deadline, urgency, ref, connection, name, organization, journalId } = item;
  const { seats, money, why, next, marks } = item;
  const [price] = money;
  return {
    json: itemJson(item, now),
    cells: [
      ...[key, kind, deadline === null ? null : isoText(deadline), urgency, ref, connection, name],
      ...[organization?.name ?? null, journalId, '1', seats === null ? null : String(seats)],
      ...[
        price?.amount ?? null,
        price?.currency ?? null,
        price?.period ?? null,
        price?.covers ?? null,
        why,
        next?.words ?? null,
        marks.owner,
      ],
      ...[marks.note?.text ?? null, isSnoozed(marks.snoozedUntil, now) ? marks.snoozedUntil : null],
    ],
  };
}

export function missingJson({ connection, message, next }: Missing): object {
  return { connection, message, next };
}
