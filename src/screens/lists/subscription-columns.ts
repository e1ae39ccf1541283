import type { Request } from '../../model/request.ts';
import type { Status, Subscription } from '../../model/subscription.ts';
import type { Trail } from '../../state/trail.ts';
import { hasLevel } from '../../state/trail.ts';
import type { Column } from '../parts/columns.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { countdown, dayOf, elapsed, instantOf } from '../text/dates.ts';
import { count, unknown } from '../text/numbers.ts';

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

/** The columns of a list of subscriptions: what the place already says is left out. */
export function subscriptionColumns(
  trail: Trail,
  requests: readonly Request[],
  now: number,
  marks: Marks,
): readonly Column<Subscription>[] {
  const running = new Map(requests.map((request) => [request.ref, request]));
  const columns: (Column<Subscription> | false)[] = [
    { title: 'NAME', rank: 0, min: 16, grow: 3, max: 48, value: (row) => row.name },
    !hasLevel(trail, 'organization') && organization,
    trail.length === 0 && connection,
    !hasLevel(trail, 'service') && service,
    {
      title: 'STATUS',
      rank: 1,
      min: 11,
      value: (row) => `${marks.status[row.status]} ${row.status}`,
      tone: (row) => statusTones[row.status],
    },
    {
      title: 'SEATS',
      rank: 1,
      min: 9,
      align: 'right',
      value: (row) => seats(row, running.get(row.ref), marks),
      tone: (row) => (running.has(row.ref) ? 'accent' : 'plain'),
    },
    { title: 'ENDS', rank: 2, min: 11, value: (row) => dayOf(row.endsAt), tone: (row) => endTone(row, now) },
    {
      title: 'DEADLINE',
      rank: 4,
      min: 14,
      value: (row) => deadline(row, running.get(row.ref), now, marks),
      tone: (row) => (running.has(row.ref) ? 'accent' : 'warn'),
    },
  ];
  return columns.filter((column) => column !== false);
}

const organization: Column<Subscription> = {
  title: 'ORGANIZATION',
  rank: 3,
  min: 14,
  grow: 2,
  max: 32,
  value: (row) => row.organization?.name ?? unknown,
};

const connection: Column<Subscription> = {
  title: 'CONNECTION',
  rank: 6,
  min: 12,
  grow: 1,
  max: 20,
  value: (row) => row.connection,
  tone: () => 'dim',
};

const service: Column<Subscription> = {
  title: 'SERVICE',
  rank: 5,
  min: 12,
  grow: 2,
  max: 28,
  value: (row) => row.services.map((each) => each.name).join(', ') || unknown,
  tone: () => 'dim',
};

/** The seats; while a request runs the old number and the wished one, never the new one alone. */
export function seats(row: Subscription, running: Request | undefined, marks: Marks): string {
  if (running === undefined || running.to === null) return count(row.quantity);
  return `${count(running.from ?? row.quantity)}${marks.arrow} ${count(running.to)}`;
}

function deadline(row: Subscription, running: Request | undefined, now: number, marks: Marks): string {
  if (running !== undefined) return `${marks.running} running ${elapsed(running.startedAt, now)}`;
  if (row.status === 'cancelled' || row.status === 'expired') return '';
  const left = countdown(row.cancellableUntil, now);
  return left === null ? '' : `free ${left}`;
}

function endTone(row: Subscription, now: number): Tone {
  const ends = instantOf(row.endsAt);
  if (ends === null || row.status === 'cancelled' || row.status === 'expired') return 'dim';
  return ends - now < 30 * day ? 'warn' : 'plain';
}
