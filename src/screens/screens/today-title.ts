import type { ConsoleState } from '../../state/console-state.ts';
import type { TodayScreen } from '../../state/today-screens.ts';
import { groupNouns, todayTitle } from '../../today/today-words.ts';
import { caretPieces } from '../parts/caret.ts';
import type { Piece } from '../parts/line-pieces.ts';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';

/** The line above Today: the counts, the filter, and how it is grouped and sorted. */
export function todayTitlePieces({ found, view }: TodayScreen, state: ConsoleState): readonly Piece[] {
  const title: Piece = { text: 'Today', tone: 'bold' };
  if (found === null) return [title];
  const { overlay } = state;
  if (overlay?.kind === 'filter') {
    const typed = caretPieces(overlay.line, Math.max(10, state.columns - 50));
    const { problem } = overlay;
    const wrong: readonly Piece[] =
      problem === null ? [] : [{ text: `   at ${problem.position + 1}: ${problem.message}`, tone: 'bad' }];
    return [title, { text: '   / ', tone: 'accent' }, ...typed, ...wrong];
  }
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
