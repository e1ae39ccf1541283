import type { ConsoleState } from '../../state/console-state.ts';
import type { TodayScreen } from '../../state/today-screens.ts';
import { groupNouns, todayTitle } from '../../today/today-words.ts';
import { filterPieces } from '../parts/filter-line.tsx';
import type { Piece } from '../parts/line-pieces.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';

/** The line above Today: the counts, the filter, and how it is grouped and sorted. */
export function todayTitlePieces({ found, view }: TodayScreen, state: ConsoleState): readonly Piece[] {
  const title: Piece = { text: 'Today', tone: 'bold' };
  if (found === null) return [title];
  if (state.overlay?.kind === 'filter') return [title, ...filterPieces(state, null)];
  const [one] = groupNouns[view.grouping];
  const parts: readonly Piece[] = [
    title,
    ...(view.filterText === ''
      ? []
      : [
          { text: '   filter: ', tone: 'warn' as const },
          { text: clip(visible(view.filterText), 30), tone: 'bold' as const },
        ]),
    { text: `   ${todayTitle(found, state.now)}`, tone: 'warn' },
    ...(view.owner === null ? [] : [{ text: '   mine', tone: 'warn' as const }]),
    { text: `   by ${one}, ${view.sort}`, tone: 'dim' },
  ];
  // The filter stays; the rest is left out from the end.
  const room = state.columns - 14;
  let used = 0;
  return parts.filter(({ text }) => {
    used += widthOf(text);
    return used <= room;
  });
}
