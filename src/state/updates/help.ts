import type { ConsoleState } from '../console-state.ts';
import { type TextLine, textLine } from '../text-line.ts';
import { closeOverlay } from './navigate.ts';

/** Looks for words in the help: from now on letters are typed. */
export function findInHelp(state: ConsoleState): ConsoleState {
  return typeInHelp(state, textLine());
}

export function typeInHelp(state: ConsoleState, find: TextLine): ConsoleState {
  return state.overlay?.kind === 'help' ? { ...state, overlay: { ...state.overlay, find, scroll: 0 } } : state;
}

/** Escape: the whole help again, then none. */
export function leaveHelp(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'help' || overlay.find === null) return closeOverlay(state);
  return { ...state, overlay: { ...overlay, find: null, scroll: 0 } };
}
