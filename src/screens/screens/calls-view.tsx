import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Call } from '../../model/call.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { airBelowVendorHealth, listHeight, vendorHealthHeight } from '../../state/layout.ts';
import { visibleRows } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { CallsScreen } from '../../state/today-screens.ts';
import { filterParts } from '../parts/filter-line.tsx';
import type { Theme, Tone } from '../parts/theme.ts';
import { useTheme } from '../parts/theme.ts';
import { aboutPart, inForms, nameOf, titleRanks } from '../parts/title-line.ts';
import type { Column } from '../table/columns.ts';
import { noMatch } from '../table/empty-list.ts';
import { ListView } from '../table/list-view.tsx';
import { Line } from '../table/table.tsx';
import { clockOf, inUtc } from '../text/dates.ts';
import { clipMiddle } from '../text/fit.ts';
import { count, unknown } from '../text/numbers.ts';
import { VendorHealthView } from './vendor-health-view.tsx';

/** The health of each vendor, and every call of this run, the latest first. */
export function CallsView({
  screen,
  state,
}: {
  readonly screen: CallsScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const height = vendorHealthHeight(state, screen);
  const filter = filterParts(state, null);
  return (
    <Box flexDirection="column">
      <VendorHealthView vendorHealth={screen.vendorHealth} height={height} state={state} />
      {airBelowVendorHealth(state) === 0 ? null : <Line text="" />}
      <ListView
        state={state}
        list={screen.list}
        data={visibleRows(screen.list, listHeight(state))}
        columns={callColumns(theme)}
        rowKey={rowId.calls}
        title={[
          nameOf('Calls'),
          inForms(titleRanks.count, [{ text: ` ${count(screen.list.total)}` }]),
          ...(screen.failedOnly
            ? [
                inForms(
                  titleRanks.warning,
                  [{ text: '   failed calls only; f shows all', tone: 'warn' }],
                  [{ text: '   failed only', tone: 'warn' }],
                ),
              ]
            : filter.length > 0
              ? []
              : [aboutPart('since the start, without secrets')]),
          ...filter,
        ]}
        empty={
          screen.filter.length > 0
            ? noMatch(screen, state)
            : screen.failedOnly
              ? ['No calls have failed.', 'Press f to show all calls; Esc goes back.']
              : ['No vendor has been called yet.', 'Press r on a list to call them; Esc goes back.']
        }
      />
    </Box>
  );
}

function callColumns(theme: Theme): readonly Column<Call>[] {
  const title = inUtc('AT');
  return [
    { id: 'at', title, rank: 1, min: title.length, value: ({ at }) => clockOf(at), tone: () => 'dim' },
    { id: 'connection', title: 'CONNECTION', rank: 2, min: 12, grow: 3, max: 18, value: (call) => call.connection },
    { id: 'method', title: 'METHOD', rank: 1, min: 6, value: (call) => call.method },
    { id: 'path', title: 'PATH', rank: 0, min: 20, good: 36, grow: 4, value: (call) => call.path, short: shortPath },
    { id: 'status', title: 'STATUS', rank: 1, min: 6, value: (call) => statusText(call, theme), tone: statusTone },
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
      rank: 5,
      min: 6,
      align: 'right',
      value: ({ limitLeft }) => count(limitLeft),
      tone: () => 'dim',
    },
    {
      id: 'correlation',
      title: 'CORRELATION ID',
      rank: 6,
      min: 14,
      grow: 1,
      max: 38,
      value: ({ correlationId }) => correlationId ?? unknown,
      tone: () => 'dim',
    },
  ];
}

function shortPath({ path }: Call, width: number): string {
  return clipMiddle(path, width);
}

function statusText({ status }: Call, { marks }: Theme): string {
  if (status === null) return `${marks.bad} none`;
  return `${status < 400 ? marks.good : marks.bad} ${status}`;
}

function statusTone({ status }: Call): Tone {
  if (status === null || status >= 400) return status === 429 ? 'warn' : 'bad';
  return 'good';
}
