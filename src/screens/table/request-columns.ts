import { endOf } from '../../model/date-text.ts';
import { printable } from '../../model/printable.ts';
import type { RequestState } from '../../model/request.ts';
import type { RequestRow } from '../../state/screen.ts';
import type { Marks, Tone } from '../parts/theme.ts';
import { ago, elapsed } from '../text/dates.ts';
import { unknown } from '../text/numbers.ts';
import { readAlike, withColumn } from './alike.ts';
import { changeText } from './change-text.ts';
import type { Column } from './columns.ts';
import { columnsToShow } from './columns-to-show.ts';

const tones: Readonly<Record<RequestState, Tone>> = {
  pending: 'accent',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  unknown: 'warn',
};

function isOpen(state: RequestState): boolean {
  return state === 'pending' || state === 'running';
}

export function requestColumns(
  now: number,
  marks: Marks,
  chosen: readonly string[] | null = null,
  areAlike = false,
): readonly Column<RequestRow>[] {
  const mark: Readonly<Record<RequestState, string>> = {
    pending: marks.running,
    running: marks.running,
    done: marks.good,
    failed: marks.bad,
    unknown: marks.question,
  };
  const name: Column<RequestRow> = {
    id: 'name',
    title: 'SUBSCRIPTION',
    rank: 0,
    min: 16,
    good: 24,
    grow: 3,
    max: 44,
    value: nameOf,
  };
  const columns: readonly Column<RequestRow>[] = [
    {
      id: 'state',
      title: 'STATE',
      rank: 1,
      min: 10,
      value: ({ request }) => `${mark[request.state]} ${request.state}`,
      tone: ({ request }) => tones[request.state],
    },
    {
      id: 'org',
      title: 'ORGANIZATION',
      rank: 4,
      min: 14,
      grow: 2,
      max: 32,
      value: (row) => row.organization ?? unknown,
    },
    {
      id: 'seats',
      title: 'SEATS',
      rank: 2,
      min: 15,
      align: 'right',
      value: ({ request }) => changeText(request.from, request.to, marks.arrow),
      short: ({ request }, width) => changeText(request.from, request.to, marks.arrow, width),
    },
    { id: 'time', title: 'TIME', rank: 3, min: 13, value: (row) => runningTime(row, now) },
    { id: 'look', title: 'NEXT CHECK', rank: 5, min: 10, value: (row) => nextLook(row, now), tone: () => 'dim' },
    {
      id: 'vendor',
      title: 'VENDOR SAYS',
      rank: 6,
      min: 14,
      grow: 1,
      max: 24,
      value: (row) => row.request.vendorState ?? unknown,
    },
  ];
  const shown = [name, ...columnsToShow('requests', chosen, [...columns, ref])];
  return areAlike ? withColumn(shown, ref) : shown;
}

/** Whether two requests for different subscriptions say the same. */
export function requestsReadAlike(rows: readonly RequestRow[]): boolean {
  return readAlike(rows, (row) => `${nameOf(row)}\n${row.organization ?? ''}`, refOf);
}

const nameOf = (row: RequestRow) => row.name ?? row.request.ref;
const refOf = ({ request }: RequestRow) => printable(request.ref);
const ref: Column<RequestRow> = {
  id: 'ref',
  title: 'REF',
  rank: 7,
  min: 14,
  grow: 1,
  max: 60,
  value: refOf,
  tone: () => 'dim',
};

function runningTime({ request }: RequestRow, now: number): string {
  return isOpen(request.state) ? elapsed(request.startedAt, now) : ago(request.checkedAt ?? request.startedAt, now);
}

function nextLook({ request }: RequestRow, now: number): string {
  if (!isOpen(request.state)) return '';
  const at = endOf(request.nextCheckAt);
  if (at === null) return unknown;
  const seconds = Math.ceil((at - now) / 1000);
  return seconds <= 0 ? 'looking' : seconds < 100 ? `in ${seconds} s` : `in ${Math.ceil(seconds / 60)} min`;
}
