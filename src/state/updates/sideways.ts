import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { clamp } from '../list.ts';
import { tabOf } from '../screen.ts';

/** Of both tables: when, who tells of it or the customer, what, from and to, by whom. */
const timelineColumns = 5;
const cellsAtOnce = 20;

/** Scrolls a wide table: by columns where it has some, else by cells. */
export function scrollSideways(state: ConsoleState, by: 1 | -1): ConsoleState {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'subscription': {
      if (tabOf(screen).kind !== 'timeline') return state;
      return withTop(state, { ...screen, hiddenColumns: clamp(screen.hiddenColumns + by, timelineColumns - 1) });
    }
    case 'changes':
      return withTop(state, { ...screen, hiddenColumns: clamp(screen.hiddenColumns + by, timelineColumns - 1) });
    case 'reply': {
      const longest = screen.lines.reduce((most, line) => Math.max(most, line.length), 0);
      const most = Math.max(0, longest - state.columns + 4);
      return withTop(state, { ...screen, hiddenCells: clamp(screen.hiddenCells + by * cellsAtOnce, most) });
    }
    default:
      return state;
  }
}
