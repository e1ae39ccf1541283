import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { isLow } from '../../state/layout.ts';
import { rowUnderCursor } from '../../state/list.ts';
import { rowId } from '../../state/row-id.ts';
import type { TodayScreen } from '../../state/today-screens.ts';
import type { PieceLine } from '../parts/fields.ts';
import { useTheme } from '../parts/theme.ts';
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
      columns={todayColumns(screen, state.columns, theme)}
      rowKey={rowId.today}
      title={todayTitleParts(screen, state)}
      empty={emptyLines(screen)}
      detail={row === null ? [] : detailOf(lineSentences(row, screen, state.now), state)}
    />
  );
}

function emptyLines({ view, found }: TodayScreen): readonly string[] {
  if (found === null) return ['Looking up what needs attention…'];
  if (view.filterText !== '') return ['No item matches the filter.', 'Esc clears it.'];
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
