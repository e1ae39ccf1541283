import { printable } from '../../model/printable.ts';
import type { Request } from '../../model/request.ts';
import type { CachedSubscription, Status, Subscription } from '../../model/subscription.ts';
import type { SubscriptionsScreen } from '../../state/screen.ts';
import { columnIds } from '../../state/tables.ts';
import { hasLevel, isImplied, type Trail } from '../../state/trail.ts';
import { deadlineMoment, deadlineOf, localAndUtcText } from '../../today/deadline.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { ago, countdown, dayOf, elapsed, instantOf } from '../text/dates.ts';
import { clip } from '../text/fit.ts';
import { count, countIn, unknown } from '../text/numbers.ts';
import { priceText, renewalWord } from '../text/vendor-words.ts';
import { withColumn } from './alike.ts';
import { changeText } from './change-text.ts';
import type { Column } from './columns.ts';
import { columnsToShow, filteredColumns } from './columns-to-show.ts';

const day = 86_400_000;

export const statusTones: Readonly<Record<Status, Tone>> = {
  active: 'good',
  pending: 'accent',
  suspended: 'warn',
  cancelled: 'dim',
  expired: 'dim',
  error: 'bad',
  unknown: 'warn',
};

/**
 * The columns of a list of subscriptions. Where nobody chose, what the place already says is left out, and what the
 * list is asked about (`filteredColumns`) is there before what it is not.
 */
export function subscriptionColumns(
  { trail, sort, filter }: Pick<SubscriptionsScreen, 'trail' | 'sort' | 'filter'>,
  requests: readonly Request[],
  now: number,
  marks: Marks,
  chosen: readonly string[] | null = null,
  namesConnection = false,
): readonly Column<CachedSubscription>[] {
  const running = runningOn(requests);
  const asked = filteredColumns(sort, filter);
  const all = [
    ...words,
    ...dates(now),
    statusColumn(marks),
    seatsColumn(requests, running, marks),
    deadlineColumn(running, now, marks, asked.includes('deadline')),
  ];
  const shown = (columns: readonly Column<CachedSubscription>[]) =>
    namesConnection ? withColumn([name, ...columns], connection) : [name, ...columns];
  if (chosen !== null) return shown(columnsToShow('subscriptions', chosen, all));
  const usual = columnIds('subscriptions', null);
  const ids = [...usual, ...asked.filter((id) => !usual.includes(id))];
  const columns = ids.flatMap((id) => ranked(all, asked).find((column) => column.id === id) ?? []);
  return shown(columns.filter(({ id }) => asked.includes(id) || !saidByPlace(id, trail)));
}

const askedRank = 2;

/** What is asked about stays on narrow screens; where it would not have, the end date gives way to it. */
function ranked(
  columns: readonly Column<CachedSubscription>[],
  asked: readonly string[],
): readonly Column<CachedSubscription>[] {
  const lifted = columns.filter(({ id, rank }) => asked.includes(id) && rank > askedRank).map(({ id }) => id);
  return columns.map((column) => {
    if (lifted.includes(column.id)) return { ...column, rank: askedRank };
    return column.id === 'ends' && lifted.length > 0 && !asked.includes('ends') ? { ...column, rank: 5 } : column;
  });
}

function saidByPlace(id: string, trail: Trail): boolean {
  if (id === 'org') return hasLevel(trail, 'organization');
  if (id === 'service') return hasLevel(trail, 'service');
  return id === 'connection' && trail.length > 0;
}

const name: Column<CachedSubscription> = {
  id: 'name',
  title: 'NAME',
  rank: 0,
  min: 16,
  good: 25,
  grow: 3,
  max: 56,
  value: (row) => row.name,
};

const connection = wordy('connection', 'CONNECTION', 7, { min: 12, grow: 1, max: 20 }, (row) => row.connection);

/** What a row says in words of the vendor's. */
const words: readonly Column<CachedSubscription>[] = [
  wordy('org', 'ORGANIZATION', 3, { min: 14, good: 18, grow: 2, max: 36 }, (row) => row.organization?.name ?? null),
  connection,
  wordy('service', 'SERVICE', 5, { min: 12, grow: 2, max: 28 }, (row) =>
    row.services.map((each) => each.name).join(', '),
  ),
  wordy('product', 'PRODUCT', 6, { min: 16, grow: 2, max: 36 }, (row) => row.product?.name ?? null),
  wordy('billing', 'BILLING', 6, { min: 10 }, (row) => row.billing),
  wordy('term', 'TERM', 6, { min: 10 }, (row) => row.term),
  wordy('renewal', 'RENEWAL', 6, { min: 12 }, (row) => renewalWord(row.renewal)),
  wordy('vendor', 'VENDOR', 8, { min: 12 }, (row) => row.vendor),
  wordy('seller', 'SELLER', 8, { min: 14, grow: 1, max: 28 }, (row) => nameIn(row, row.seller)),
  wordy('reseller', 'RESELLER', 8, { min: 14, grow: 1, max: 28 }, (row) => nameIn(row, row.reseller)),
  wordy('id', 'ID', 8, { min: 14, grow: 1, max: 38 }, (row) => printable(row.id)),
  {
    id: 'price',
    title: 'PRICE',
    rank: 6,
    min: 16,
    align: 'right',
    value: (row) => priceText(row),
    short: () => '(details)',
  },
];

function wordy(
  id: string,
  title: string,
  rank: number,
  size: Pick<Column<CachedSubscription>, 'min' | 'good' | 'grow' | 'max'>,
  text: (row: Subscription) => string | null,
): Column<CachedSubscription> {
  const value = (row: Subscription) => text(row) || unknown;
  return { id, title, rank, ...size, value, tone: () => (id === 'org' ? 'plain' : 'dim') };
}

/** An implied seller or reseller has no name of its own. */
function nameIn(row: Subscription, node: Subscription['seller']): string | null {
  return node === null || isImplied(node.id, row.connection) ? null : node.name;
}

function dates(now: number): readonly Column<CachedSubscription>[] {
  return [
    {
      id: 'ends',
      title: 'ENDS',
      rank: 2,
      min: 11,
      value: (row) => dayOf(row.endsAt),
      tone: (row) => endTone(row, now),
    },
    { id: 'starts', title: 'STARTED', rank: 6, min: 11, value: (row) => dayOf(row.startsAt), tone: () => 'dim' },
    { id: 'read', title: 'READ', rank: 8, min: 11, value: (row) => ago(row.readAt, now), tone: () => 'dim' },
  ];
}

function statusColumn(marks: Marks): Column<CachedSubscription> {
  return {
    id: 'status',
    title: 'STATUS',
    rank: 1,
    min: 11,
    value: (row) => `${marks.status[row.status]} ${row.status}`,
    tone: (row) => statusTones[row.status],
  };
}

type Running = (row: CachedSubscription) => Request | undefined;

/** The request that the vendor works on, through whatever connection it was sent. */
export function runningOn(requests: readonly Request[]): Running {
  const byRef = new Map(requests.map((request) => [request.ref, request]));
  return ({ ref, sameAs }) => byRef.get([ref, ...sameAs].find((each) => byRef.has(each)) ?? ref);
}

/** As wide as the running changes need, so that neither of their numbers is ever short of a digit. */
function seatsColumn(requests: readonly Request[], running: Running, marks: Marks): Column<CachedSubscription> {
  const changes = requests.map((one) => changeText(one.from, one.to, marks.arrow).length);
  return {
    id: 'seats',
    title: 'SEATS',
    rank: 1,
    min: Math.min(21, Math.max(7, ...changes)),
    align: 'right',
    value: (row) => seats(row, running(row), marks),
    short: (row, width) => {
      const change = running(row);
      return change?.to === undefined || change.to === null
        ? countIn(row.quantity, width)
        : changeText(change.from ?? row.quantity, change.to, marks.arrow, width);
    },
    tone: (row) => (running(row) !== undefined ? 'accent' : 'plain'),
  };
}

function deadlineColumn(running: Running, now: number, marks: Marks, asked: boolean): Column<CachedSubscription> {
  return {
    id: 'deadline',
    title: 'DEADLINE',
    rank: 4,
    min: 15,
    good: asked ? 38 : 20,
    grow: 4,
    max: 56,
    value: (row) => deadline(row, running(row), now, marks)[0].text,
    short: (row, width) => {
      const said = deadline(row, running(row), now, marks);
      const fitting = said.find(({ from, text }) => from <= width && text.length <= width);
      return clip((fitting ?? said[0]).text, width);
    },
    tone: (row) => {
      if (running(row) !== undefined) return 'accent';
      return countdown(row.cancellableUntil, now) === null ? 'dim' : 'warn';
    },
  };
}

/** The seats; while a request runs the old number and the requested one, never the new one alone. */
export function seats(row: Subscription, running: Request | undefined, marks: Marks): string {
  if (running === undefined || running.to === null) return count(row.quantity);
  return changeText(running.from ?? row.quantity, running.to, marks.arrow);
}

/** What a deadline says in how many cells: the more there are, the more, so that the lines of a column are alike. */
interface Wording {
  readonly from: number;
  readonly text: string;
}

function deadline(
  row: Subscription,
  running: Request | undefined,
  now: number,
  marks: Marks,
): readonly [Wording, ...Wording[]] {
  if (running !== undefined) return [{ from: 0, text: `${marks.running} running ${elapsed(running.startedAt, now)}` }];
  const written = row.status === 'cancelled' || row.status === 'expired' ? null : row.cancellableUntil;
  const left = countdown(written, now);
  const until = deadlineOf(written, { now });
  if (until === null) return [{ from: 0, text: '' }];
  if (left === null) return [{ from: 0, text: 'passed' }];
  const clocks = localAndUtcText(until, { now });
  return [
    { from: 54, text: `cancel free ${left}, until ${deadlineMoment(until, { now })}` },
    { from: 42, text: `free ${left} · ${clocks}` },
    { from: 36, text: `${left} · ${clocks}` },
    { from: 20, text: `cancel free ${left}` },
    { from: 15, text: `free ${left}` },
    { from: 0, text: left },
  ];
}

function endTone(row: Subscription, now: number): Tone {
  const ends = instantOf(row.endsAt);
  if (ends === null || row.status === 'cancelled' || row.status === 'expired') return 'dim';
  return ends - now < 30 * day ? 'warn' : 'plain';
}
