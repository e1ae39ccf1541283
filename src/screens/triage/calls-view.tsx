import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Call, Weather } from '../../model/call.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { listHeight } from '../../state/layout.ts';
import { visibleRows } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { CallsScreen } from '../../state/triage-screens.ts';
import { ListView } from '../lists/list-view.tsx';
import type { Column } from '../parts/columns.ts';
import type { PieceLine } from '../parts/fields.ts';
import { spread } from '../parts/spread.ts';
import { Line } from '../parts/table.tsx';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { countdown, elapsed, timeOf } from '../text/dates.ts';
import { fitTo } from '../text/fit.ts';
import { count, counted, unknown } from '../text/numbers.ts';

/** The weather of each vendor, and every call of this run, the latest first. */
export function CallsView({
  screen,
  state,
}: {
  readonly screen: CallsScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  return (
    <Box flexDirection="column">
      {screen.weather.map((weather) => (
        <Line
          key={weather.connection}
          text={` ${spread(theme, state.columns - 2, weatherLine(weather, state, theme))}`}
        />
      ))}
      <Line text="" />
      <ListView
        state={state}
        list={screen.list}
        data={visibleRows(screen.list, listHeight(state))}
        columns={callColumns(state.now, theme)}
        rowKey={rowId.calls}
        title={[
          { text: 'Calls', tone: 'bold' },
          { text: ` ${count(screen.list.total)}` },
          { text: '   what was asked of the vendors since the start; secrets are never kept', tone: 'dim' },
        ]}
        empty={['No vendor was called yet.', 'Esc goes back.']}
      />
    </Box>
  );
}

/** One vendor in one line: how quick, how many errors, what is left, and what it waits for. */
function weatherLine(weather: Weather, state: Pick<ConsoleState, 'now'>, theme: Theme): PieceLine {
  const { connection, calls, errors, median, limitLeft, tokenEndsAt, waitsUntil, waitsFor } = weather;
  const mark = calls === 0 ? theme.marks.dot : errors === 0 ? theme.marks.good : theme.marks.warn;
  const tone: Tone = calls === 0 ? 'dim' : errors === 0 ? 'good' : 'warn';
  const token = tokenEndsAt === null ? null : (countdown(tokenEndsAt, state.now) ?? 'run out');
  const parts = [
    calls === 0 ? 'not called yet' : counted(calls, 'call'),
    median === null ? null : `usually ${Math.round(median)} ms`,
    errors === 0 ? null : counted(errors, 'error'),
    limitLeft === null ? null : `${count(limitLeft)} calls left`,
    token === null ? null : `token ${token === 'run out' ? token : `for ${token}`}`,
  ].filter((part) => part !== null);
  const wait =
    waitsUntil === null
      ? ''
      : `   waits ${elapsed(new Date(state.now).toISOString(), Date.parse(waitsUntil))}: ${waitsFor === 'throttled' ? 'the vendor asked for it' : 'no answer came'}`;
  return [
    { text: `${mark} `, tone },
    { text: fitTo(connection, 18), tone: 'plain' },
    { text: ` ${parts.join(' · ')}`, tone: 'dim' },
    { text: wait, tone: 'warn' },
  ];
}

function callColumns(now: number, theme: Theme): readonly Column<Call>[] {
  return [
    { id: 'at', title: 'AT', rank: 1, min: 8, value: ({ at }) => secondsOf(at, now), tone: () => 'dim' },
    { id: 'connection', title: 'CONNECTION', rank: 2, min: 12, good: 18, max: 20, value: (call) => call.connection },
    { id: 'method', title: 'METHOD', rank: 1, min: 6, value: (call) => call.method },
    { id: 'path', title: 'PATH', rank: 0, min: 20, grow: 4, value: (call) => call.path },
    { id: 'status', title: 'STATUS', rank: 1, min: 8, value: (call) => statusText(call, theme), tone: statusTone },
    {
      id: 'time',
      title: 'MS',
      rank: 2,
      min: 6,
      align: 'right',
      value: ({ milliseconds }) => count(Math.round(milliseconds)),
    },
    {
      id: 'left',
      title: 'LEFT',
      rank: 4,
      min: 6,
      align: 'right',
      value: ({ limitLeft }) => count(limitLeft),
      tone: () => 'dim',
    },
    {
      id: 'correlation',
      title: 'CORRELATION ID',
      rank: 5,
      min: 14,
      grow: 1,
      max: 38,
      value: ({ correlationId }) => correlationId ?? unknown,
      tone: () => 'dim',
    },
  ];
}

function secondsOf(at: string, now: number): string {
  const seconds = String(new Date(at).getSeconds()).padStart(2, '0');
  return `${timeOf(at, now).slice(-5)}:${seconds}`;
}

function statusText({ status }: Call, { marks }: Theme): string {
  if (status === null) return `${marks.bad} none`;
  return `${status < 400 ? marks.good : marks.bad} ${status}`;
}

function statusTone({ status }: Call): Tone {
  if (status === null || status >= 400) return status === 429 ? 'warn' : 'bad';
  return 'good';
}
