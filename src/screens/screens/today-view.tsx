import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { isLow } from '../../state/layout.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { screenOfColumns } from '../../state/list-name.ts';
import { rowId } from '../../state/row-id.ts';
import type { TodayLine } from '../../state/today-lines.ts';
import type { TodayScreen } from '../../state/today-screens.ts';
import type { PieceLine } from '../parts/fields.ts';
import { useTheme } from '../parts/theme.ts';
import { noMatch } from '../table/empty-list.ts';
import { todayColumns } from '../table/today-columns.ts';
import { visible } from '../text/cells.ts';
import { wrapInto } from '../text/wrap.ts';
import { DetailList } from './detail-list.tsx';
import { lineSentences } from './today-sentences.ts';
import { todayTitleParts } from './today-title.ts';

/** What needs a person: one line a group, the most urgent first. */
export function TodayView({
  screen,
  state,
}: {
  readonly screen: TodayScreen;
  readonly state: ConsoleState;
}): ReactNode {
  const theme = useTheme();
  const row = rowUnderCursor(screen.list, rowId.today);
  return (
    <DetailList
      state={state}
      list={screen.list}
      columns={todayColumns({ view: screen.view, lines: linesOfColumns(screen, state) }, state.columns, theme)}
      rowKey={rowId.today}
      title={todayTitleParts(screen, state)}
      empty={emptyLines(screen, state)}
      detail={row === null ? [] : detailOf(lineSentences(row, screen, state.now), state)}
    />
  );
}

/** While a filter is typed also the lines before it, so that no column moves. */
function linesOfColumns({ lines }: TodayScreen, state: ConsoleState): readonly TodayLine[] {
  const laidOut = screenOfColumns(state);
  return laidOut.kind === 'today' && laidOut.lines !== lines ? [...laidOut.lines, ...lines] : lines;
}

function emptyLines(screen: TodayScreen, state: ConsoleState): readonly string[] {
  const { view, found } = screen;
  if (found === null) return ['Looking up what needs attention…'];
  if (view.filterText !== '') return noMatch(screen, state);
  if (view.owner !== null) return ['You took none of the items.', 'm shows everything again.'];
  return ['Nothing needs attention, according to the cache and the journal.', 'Esc goes back; r refreshes.'];
}

/** The reason, then what others said of it, so that few lines show that they have it, then the next step as words that can be copied. */
function detailOf(sentences: readonly string[], state: ConsoleState): readonly PieceLine[] {
  const room = state.columns - 6;
  const most = isLow(state) ? 1 : 2;
  return sentences.flatMap((sentence, index) =>
    wrapInto(index === 0 ? most : 2, visible(sentence), room).map(
      (text): PieceLine => [index === 0 ? { text } : { text, tone: 'dim' }],
    ),
  );
}
