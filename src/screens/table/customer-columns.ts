import { moneyText } from '../../model/money.ts';
import { printable } from '../../model/printable.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { CustomerRow, CustomerScreen } from '../../state/customer-screen.ts';
import { changeLabel } from '../../state/plan-words.ts';
import { itemLabel, itemReason } from '../../today/today-words.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { ago, dayOf, inUtc, shortTimeOf } from '../text/dates.ts';
import { count, unknown } from '../text/numbers.ts';
import type { Column } from './columns.ts';
import { journalColumns } from './journal-columns.ts';
import { requestColumns, requestsReadAlike } from './request-columns.ts';
import { statusTones } from './subscription-columns.ts';

type RowOf<Kind extends CustomerRow['kind']> = Extract<CustomerRow, { readonly kind: Kind }>;

/** The columns of a tab. Every row of it is of one kind. */
export function customerColumns(
  { tab, list }: Pick<CustomerScreen, 'tab' | 'list'>,
  { now }: Pick<ConsoleState, 'now'>,
  theme: Theme,
): readonly Column<CustomerRow>[] {
  const { marks } = theme;
  switch (tab) {
    case 'addons':
      return addonColumns(now, theme).map((column) => through(column, (row) => (row.kind === 'addon' ? row : null)));
    case 'requests': {
      const rows = list.rows.flatMap((row) => (row.kind === 'request' ? [row.row] : []));
      return requestColumns(now, marks, null, requestsReadAlike(rows)).map((column) =>
        through(column, (row) => (row.kind === 'request' ? row.row : null)),
      );
    }
    case 'deadlines':
      return deadlineColumns(now, theme).map((column) => through(column, (row) => (row.kind === 'item' ? row : null)));
    case 'changes':
      return changeColumns(now, theme).map((column) => through(column, (row) => (row.kind === 'change' ? row : null)));
    case 'journal': {
      const rows = list.rows.flatMap((row) => (row.kind === 'entry' ? [row.entry] : []));
      return journalColumns(now, marks, null, rows).map((column) =>
        through(column, (row) => (row.kind === 'entry' ? row.entry : null)),
      );
    }
  }
}

/** The same column for the rows of a tab. */
function through<Of>(column: Column<Of>, of: (row: CustomerRow) => Of | null): Column<CustomerRow> {
  const { value, needed, short, tone, ...rest } = column;
  return {
    ...rest,
    value: (row) => given(of(row), value, ''),
    ...(needed === undefined ? {} : { needed: (row) => given(of(row), needed, '') }),
    ...(short === undefined ? {} : { short: (row, width) => given(of(row), (each) => short(each, width), '') }),
    ...(tone === undefined ? {} : { tone: (row) => given<Of, Tone>(of(row), tone, 'plain') }),
  };
}

function given<Of, Result>(each: Of | null, then: (each: Of) => Result, otherwise: Result): Result {
  return each === null ? otherwise : then(each);
}

function addonColumns(now: number, { marks }: Theme): readonly Column<RowOf<'addon'>>[] {
  return [
    { id: 'name', title: 'ADD-ON', rank: 0, min: 18, good: 28, grow: 3, max: 60, value: ({ addon }) => addon.name },
    {
      ...{ id: 'status', title: 'STATUS', rank: 1, min: 11, tone: ({ addon }) => statusTones[addon.status] },
      value: ({ addon }) => `${marks.status[addon.status]} ${addon.status}`,
    },
    { id: 'seats', title: 'SEATS', rank: 1, min: 6, align: 'right', value: ({ addon }) => count(addon.quantity) },
    { id: 'of', title: 'OF', rank: 2, min: 14, good: 18, grow: 2, max: 44, value: ofText },
    {
      id: 'ends',
      title: inUtc('ENDS'),
      rank: 5,
      min: 11,
      value: ({ addon }) => dayOf(addon.endsAt),
      tone: () => 'dim',
    },
    {
      id: 'id',
      title: 'ID',
      rank: 4,
      min: 10,
      grow: 1,
      max: 40,
      value: ({ addon }) => printable(addon.id),
      tone: () => 'dim',
    },
    { id: 'read', title: 'READ', rank: 3, min: 10, value: ({ addon }) => readText(addon, now), tone: () => 'dim' },
  ];
}

/** An add-on that is a subscription of its own belongs to none that the row names. */
function ofText({ addon }: RowOf<'addon'>): string {
  return addon.ref.endsWith(`/${addon.id}`) ? '' : addon.of;
}

function readText({ readAt, isOutdated }: RowOf<'addon'>['addon'], now: number): string {
  return isOutdated ? 'before write' : ago(readAt, now);
}

function deadlineColumns(now: number, { marks }: Theme): readonly Column<RowOf<'item'>>[] {
  const urgencyTones: Readonly<Record<string, Tone>> = { now: 'bad', soon: 'warn', later: 'plain' };
  return [
    {
      ...{ id: 'due', title: 'DUE', rank: 0, min: 13, tone: ({ item }) => urgencyTones[item.urgency] ?? 'plain' },
      value: ({ item }) => itemLabel(item, marks.name),
    },
    { id: 'name', title: 'SUBSCRIPTION', rank: 0, min: 18, good: 24, grow: 2, max: 44, value: itemName },
    {
      id: 'why',
      title: 'WHAT',
      rank: 1,
      min: 20,
      good: 24,
      grow: 3,
      max: 80,
      value: ({ item }) => itemReason(item, { now }),
      short: ({ item }) => item.brief,
    },
    { id: 'seats', title: 'SEATS', rank: 2, min: 6, align: 'right', value: ({ item }) => count(item.seats) },
    {
      ...{ id: 'money', title: 'MONEY', rank: 3, min: 12, align: 'right' },
      value: ({ item }) => item.money.map(moneyText).join(' + ') || unknown,
    },
    {
      id: 'who',
      title: 'WHO',
      rank: 6,
      min: 8,
      max: 14,
      value: ({ item }) => item.marks.owner ?? '',
      tone: () => 'dim',
    },
  ];
}

function itemName({ item }: RowOf<'item'>): string {
  return item.name ?? item.ref ?? item.connection;
}

function changeColumns(now: number, { marks }: Theme): readonly Column<RowOf<'change'>>[] {
  return [
    {
      ...{ id: 'when', title: inUtc('SEEN'), rank: 1, min: 13, tone: () => 'dim' },
      value: ({ change }) => shortTimeOf(change.seenAt, now),
    },
    {
      id: 'name',
      title: 'SUBSCRIPTION',
      rank: 0,
      min: 18,
      good: 26,
      grow: 2,
      max: 50,
      value: ({ change }) => change.name,
    },
    { id: 'field', title: 'FIELD', rank: 0, min: 10, max: 18, value: ({ change }) => changeLabel(change.field) },
    {
      ...{ id: 'change', title: 'CHANGE', rank: 0, min: 18, good: 24, grow: 3, max: 80 },
      value: ({ change }) => `${change.from ?? unknown} ${marks.arrow} ${change.to ?? unknown}`,
    },
    { id: 'by', title: 'BY', rank: 4, min: 10, max: 20, value: ({ change }) => change.by ?? '', tone: () => 'dim' },
  ];
}
