import type { ReactNode } from 'react';
import { leftText } from '../../model/calendar.ts';
import type { VendorHealth, WaitReason } from '../../model/call.ts';
import { farText, type SyncProgress } from '../../model/sync-progress.ts';
import { rateText } from '../../model/wait-text.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import type { Column } from '../table/columns.ts';
import { Line, Table } from '../table/table.tsx';
import { countdown, elapsed } from '../text/dates.ts';
import { count, counted, countIn, unknown } from '../text/numbers.ts';

interface VendorHealthProps {
  readonly vendorHealth: readonly VendorHealth[];
  /** Lines below the heads. */
  readonly height: number;
  readonly state: ConsoleState;
}

/** One line a vendor: latency, errors, remaining calls, token expiry, and what it reads or waits for. */
export function VendorHealthView({ vendorHealth, height, state }: VendorHealthProps): ReactNode {
  const theme = useTheme();
  const all = vendorHealth.length <= height;
  const shown = all ? vendorHealth : worstFirst(vendorHealth).slice(0, height - 1);
  const left = vendorHealth.length - shown.length;
  return (
    <>
      <Table
        list="vendor health"
        data={shown}
        columns={vendorHealthColumns(state, theme)}
        width={state.columns}
        height={shown.length}
        rowKey={({ connection }) => connection}
        cursor={null}
      />
      {all ? null : <Line text={`   ${theme.paint('dim', `and ${counted(left, 'connection')} more without calls`)}`} />}
    </>
  );
}

function worstFirst(vendorHealth: readonly VendorHealth[]): readonly VendorHealth[] {
  return vendorHealth.toSorted((one, other) => gravity(other) - gravity(one));
}

function gravity({ waitsUntil, errors }: VendorHealth): number {
  return waitsUntil === null ? errors : Number.MAX_SAFE_INTEGER;
}

/** The columns of the vendor health; colours repeat what the words say. */
export function vendorHealthColumns(
  { now, connections }: Pick<ConsoleState, 'now' | 'connections'>,
  theme: Theme,
): readonly Column<VendorHealth>[] {
  const dim = () => 'dim' as const;
  const progressOf = ({ connection }: VendorHealth) =>
    connections.find(({ name }) => name === connection)?.sync ?? null;
  return [
    { id: 'mark', title: '', rank: 0, min: 1, value: (vendorHealth) => markOf(vendorHealth, theme), tone: toneOf },
    { id: 'connection', title: 'VENDOR', rank: 0, min: 18, value: ({ connection }) => connection },
    { id: 'calls', title: 'CALLS', rank: 3, min: 5, align: 'right', value: ({ calls }) => count(calls) },
    { id: 'usual', title: 'USUALLY', rank: 1, min: 8, align: 'right', value: usually },
    {
      id: 'errors',
      title: 'ERRORS',
      rank: 1,
      min: 6,
      align: 'right',
      value: ({ errors }) => count(errors),
      tone: ({ errors }) => (errors === 0 ? 'dim' : 'warn'),
    },
    {
      id: 'left',
      title: 'LEFT',
      rank: 2,
      min: 5,
      align: 'right',
      value: ({ limitLeft }) => count(limitLeft),
      short: ({ limitLeft }, width) => countIn(limitLeft, width),
      tone: dim,
    },
    {
      id: 'token',
      title: 'TOKEN FOR',
      rank: 1,
      min: 11,
      value: (vendorHealth) => tokenOf(vendorHealth, now),
      tone: dim,
    },
    {
      id: 'now',
      title: 'NOW',
      rank: 2,
      min: 15,
      grow: 1,
      max: 44,
      value: (vendorHealth) => waitOf(vendorHealth, now) ?? readingOf(progressOf(vendorHealth)),
      tone: ({ waitsUntil }) => (waitsUntil === null ? 'dim' : 'warn'),
    },
  ];
}

function markOf({ calls, errors, waitsUntil }: VendorHealth, { marks }: Theme): string {
  if (calls === 0) return marks.dot;
  return errors === 0 && waitsUntil === null ? marks.good : marks.warn;
}

function toneOf({ calls, errors, waitsUntil }: VendorHealth): Tone {
  if (calls === 0) return 'dim';
  return errors === 0 && waitsUntil === null ? 'good' : 'warn';
}

function usually({ median }: VendorHealth): string {
  return median === null ? unknown : `${count(Math.round(median))} ms`;
}

function tokenOf({ tokenEndsAt }: VendorHealth, now: number): string {
  return tokenEndsAt === null ? unknown : (countdown(tokenEndsAt, now) ?? 'run out');
}

function waitOf({ waitsUntil, waitsFor, waitsLimit }: VendorHealth, now: number): string | null {
  if (waitsUntil === null || waitsFor === null) return null;
  const why = waitsFor === 'limit' && waitsLimit !== null ? `limit of ${rateText(waitsLimit)}` : waitNames[waitsFor];
  return `waits ${elapsed(new Date(now).toISOString(), Date.parse(waitsUntil))}, ${why}`;
}

const waitNames: Readonly<Record<WaitReason, string>> = {
  limit: "the vendor's limit",
  throttled: 'throttled',
  'no-answer': 'no answer',
};

function readingOf(progress: SyncProgress | null): string {
  if (progress === null) return '';
  const { calls, left } = progress;
  return `${farText(progress)}, ${counted(calls, 'call')}${left === null ? '' : `, ${leftText(left)} left`}`;
}
