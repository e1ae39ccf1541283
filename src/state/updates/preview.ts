import type { ConsoleState } from '../console-state.ts';
import { leastForPane, paneOf } from '../layout.ts';

/** Moves the keys into the pane beside the list, or back. */
export function focusPreview(state: ConsoleState, isFocused: boolean): ConsoleState {
  return paneOf(state) === null ? state : { ...state, preview: { ...state.preview, isFocused } };
}

/** Shows the pane beside lists, or gives them the whole width. */
export function togglePreview(state: ConsoleState): ConsoleState {
  return { ...state, preview: { ...state.preview, isOn: !state.preview.isOn, isFocused: false } };
}

/** Why there is no pane here; null: there is one. */
export function whyNoPreview(state: ConsoleState): string | null {
  if (paneOf(state) !== null) return null;
  return state.columns < leastForPane
    ? `Beside a list its rows are shown from ${leastForPane} columns on; this terminal has ${state.columns}.`
    : 'Press P to show the row beside the list.';
}
