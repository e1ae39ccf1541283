import type { ReactNode } from 'react';
import type { Weather } from '../../model/call.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import type { Column } from '../table/columns.ts';
import { Line, Table } from '../table/table.tsx';
import { countdown, elapsed } from '../text/dates.ts';
import { count, counted, countIn, unknown } from '../text/numbers.ts';

interface WeatherProps {
  readonly weather: readonly Weather[];
  /** Lines below the heads. */
  readonly height: number;
  readonly state: ConsoleState;
}

/** One line a vendor: how quick, how many errors, what is left, when its token ends, and what it waits for. */
export function WeatherView({ weather, height, state }: WeatherProps): ReactNode {
  const theme = useTheme();
  const all = weather.length <= height;
  const shown = all ? weather : worstFirst(weather).slice(0, height - 1);
  const left = weather.length - shown.length;
  return (
    <>
      <Table
        data={shown}
        columns={weatherColumns(state.now, theme)}
        width={state.columns}
        height={shown.length}
        rowKey={({ connection }) => connection}
        cursor={null}
      />
      {all ? null : <Line text={`   ${theme.paint('dim', `and ${counted(left, 'connection')} more, as quiet`)}`} />}
    </>
  );
}

function worstFirst(weather: readonly Weather[]): readonly Weather[] {
  return weather.toSorted((one, other) => gravity(other) - gravity(one));
}

function gravity({ waitsUntil, errors }: Weather): number {
  return waitsUntil === null ? errors : Number.MAX_SAFE_INTEGER;
}

/** The columns of the weather; the marks repeat in colour what the words say. */
export function weatherColumns(now: number, theme: Theme): readonly Column<Weather>[] {
  const dim = () => 'dim' as const;
  return [
    { id: 'mark', title: '', rank: 0, min: 1, value: (weather) => markOf(weather, theme), tone: toneOf },
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
    { id: 'token', title: 'TOKEN FOR', rank: 1, min: 11, value: (weather) => tokenOf(weather, now), tone: dim },
    {
      id: 'waits',
      title: 'WAITS',
      rank: 2,
      min: 15,
      value: (weather) => waitOf(weather, now),
      tone: () => 'warn',
    },
  ];
}

function markOf({ calls, errors, waitsUntil }: Weather, { marks }: Theme): string {
  if (calls === 0) return marks.dot;
  return errors === 0 && waitsUntil === null ? marks.good : marks.warn;
}

function toneOf({ calls, errors, waitsUntil }: Weather): Tone {
  if (calls === 0) return 'dim';
  return errors === 0 && waitsUntil === null ? 'good' : 'warn';
}

function usually({ median }: Weather): string {
  return median === null ? unknown : `${count(Math.round(median))} ms`;
}

function tokenOf({ tokenEndsAt }: Weather, now: number): string {
  return tokenEndsAt === null ? unknown : (countdown(tokenEndsAt, now) ?? 'run out');
}

function waitOf({ waitsUntil, waitsFor }: Weather, now: number): string {
  if (waitsUntil === null) return '';
  const why = waitsFor === 'throttled' ? 'throttled' : 'no answer';
  return `${elapsed(new Date(now).toISOString(), Date.parse(waitsUntil))}, ${why}`;
}
