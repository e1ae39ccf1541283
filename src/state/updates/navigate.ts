import type { ConsoleState } from '../console-state.ts';
import type { Screen, Stack } from '../screen.ts';
import { withStoredSort } from '../table-layout.ts';
import { clearFilter } from './filter.ts';

/** Maximum depth of the screen stack. */
const deepest = 20;

export function push(state: ConsoleState, screen: Screen): ConsoleState {
  const stack = [...withRoom(state.stack), withStoredSort(state, screen)];
  return { ...state, stack, overlay: null, status: null, contentRows: 0 };
}

/** Over the maximum the lowest screen is dropped, unless it is a bulk plan, which may exist nowhere else. */
function withRoom(stack: Stack): Stack {
  if (stack.length < deepest) return stack;
  const lowest = stack.findIndex((sheet, at) => at > 0 && sheet.kind !== 'bulk');
  return lowest === -1 ? stack : stack.toSpliced(lowest, 1);
}

/** Opens a screen that exists only once: screens above an open one are closed. */
export function pushOnce(state: ConsoleState, screen: Screen): ConsoleState {
  const open = state.stack.findIndex((other) => other.kind === screen.kind);
  return push(open === -1 ? state : { ...state, stack: state.stack.slice(0, open) }, screen);
}

/**
 * Escape: closes an overlay, else clears an active filter, else closes the screen. At the top level it does nothing.
 */
export function back(state: ConsoleState): ConsoleState {
  if (state.overlay !== null) return closeOverlay(state);
  const unfiltered = clearFilter(state);
  if (unfiltered !== state) return unfiltered;
  if (state.stack.length === 1) return state;
  return { ...state, stack: state.stack.slice(0, -1), status: null, contentRows: 0 };
}

export function closeOverlay(state: ConsoleState): ConsoleState {
  return state.overlay === null ? state : { ...state, overlay: null };
}
