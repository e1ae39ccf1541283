import type { Request } from '../../model/request.ts';
import type { Status, Subscription } from '../../model/subscription.ts';
import type { Trail } from '../../state/trail.ts';
import { hasLevel, isImplied } from '../../state/trail.ts';
import type { Column } from '../parts/columns.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { ago, countdown, dayOf, elapsed, instantOf } from '../text/dates.ts';
import { clip } from '../text/fit.ts';
import { count, countIn, unknown } from '../text/numbers.ts';
import { priceText, renewalWord } from '../text/vendor-words.ts';
import { changeText } from './change-text.ts';
import { chosenColumns } from './chosen-columns.ts';

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

/** The columns of a list of subscriptions: where nobody chose, what the place already says is left out. */
export function subscriptionColumns(
  trail: Trail,
  requests: readonly Request[],
  now: number,
  marks: Marks,
  chosen: readonly string[] | null = null,
): readonly Column<Subscription>[] {
  const running = new Map(requests.map((request) => [request.ref, request]));
  const columns = chosenColumns('subscriptions', chosen, [
    ...words,
    ...dates(now),
    statusColumn(marks),
    seatsColumn(running, marks),
    deadlineColumn(running, now, marks),
  ]);
  return [name, ...(chosen === null ? columns.filter((column) => !saidByPlace(column.id, trail)) : columns)];
}

function saidByPlace(id: string, trail: Trail): boolean {
  if (id === 'org') return hasLevel(trail, 'organization');
  if (id === 'service') return hasLevel(trail, 'service');
  return id === 'connection' && trail.length > 0;
}

const name: Column<Subscription> = {
  id: 'name',
  title: 'NAME',
  rank: 0,
  min: 16,
  good: 25,
  grow: 3,
  max: 56,
  value: (row) => row.name,
};

/** What a row says in words of the vendor's. */
const words: readonly Column<Subscription>[] = [
  wordy('org', 'ORGANIZATION', 3, { min: 14, good: 18, grow: 2, max: 36 }, (row) => row.organization?.name ?? null),
  wordy('connection', 'CONNECTION', 7, { min: 12, grow: 1, max: 20 }, (row) => row.connection),
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
  wordy('id', 'ID', 8, { min: 14, grow: 1, max: 38 }, (row) => row.id),
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
  size: Pick<Column<Subscription>, 'min' | 'good' | 'grow' | 'max'>,
  text: (row: Subscription) => string | null,
): Column<Subscription> {
  const value = (row: Subscription) => text(row) || unknown;
  return { id, title, rank, ...size, value, tone: () => (id === 'org' ? 'plain' : 'dim') };
}

/** An implied seller or reseller has no name of its own. */
function nameIn(row: Subscription, node: Subscription['seller']): string | null {
  return node === null || isImplied(node.id, row.connection) ? null : node.name;
}

function dates(now: number): readonly Column<Subscription>[] {
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

function statusColumn(marks: Marks): Column<Subscription> {
  return {
    id: 'status',
    title: 'STATUS',
    rank: 1,
    min: 11,
    value: (row) => `${marks.status[row.status]} ${row.status}`,
    tone: (row) => statusTones[row.status],
  };
}

/** As wide as the running changes need, so that neither of their numbers is ever short of a digit. */
function seatsColumn(running: ReadonlyMap<string, Request>, marks: Marks): Column<Subscription> {
  const changes = [...running.values()].map((one) => changeText(one.from, one.to, marks.arrow).length);
  return {
    id: 'seats',
    title: 'SEATS',
    rank: 1,
    min: Math.min(21, Math.max(7, ...changes)),
    align: 'right',
    value: (row) => seats(row, running.get(row.ref), marks),
    short: (row, width) => {
      const change = running.get(row.ref);
      return change?.to === undefined || change.to === null
        ? countIn(row.quantity, width)
        : changeText(change.from ?? row.quantity, change.to, marks.arrow, width);
    },
    tone: (row) => (running.has(row.ref) ? 'accent' : 'plain'),
  };
}

function deadlineColumn(running: ReadonlyMap<string, Request>, now: number, marks: Marks): Column<Subscription> {
  return {
    id: 'deadline',
    title: 'DEADLINE',
    rank: 4,
    min: 15,
    good: 20,
    value: (row) => deadline(row, running.get(row.ref), now, marks),
    short: (row, width) => clip(deadline(row, running.get(row.ref), now, marks).replace('cancel free', 'free'), width),
    tone: (row) => (running.has(row.ref) ? 'accent' : 'warn'),
  };
}

/** The seats; while a request runs the old number and the wished one, never the new one alone. */
export function seats(row: Subscription, running: Request | undefined, marks: Marks): string {
  if (running === undefined || running.to === null) return count(row.quantity);
  return changeText(running.from ?? row.quantity, running.to, marks.arrow);
}

function deadline(row: Subscription, running: Request | undefined, now: number, marks: Marks): string {
  if (running !== undefined) return `${marks.running} running ${elapsed(running.startedAt, now)}`;
  if (row.status === 'cancelled' || row.status === 'expired') return '';
  const left = countdown(row.cancellableUntil, now);
  return left === null ? '' : `cancel free ${left}`;
}

function endTone(row: Subscription, now: number): Tone {
  const ends = instantOf(row.endsAt);
  if (ends === null || row.status === 'cancelled' || row.status === 'expired') return 'dim';
  return ends - now < 30 * day ? 'warn' : 'plain';
}
