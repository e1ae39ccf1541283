import type { ConsoleState } from '../console-state.ts';
import { clamp } from '../list.ts';
import type { PaletteLine } from '../overlay.ts';
import type { TextLine } from '../text-line.ts';
import { textLine } from '../text-line.ts';

export function openPalette(state: ConsoleState): ConsoleState {
  return { ...state, overlay: { kind: 'palette', line: textLine(), picked: 0 } };
}

export function typePalette(state: ConsoleState, line: TextLine): ConsoleState {
  return changed(state, (palette) => ({ ...palette, line, picked: 0 }));
}

/** Moves among the `count` suggestions on screen. */
export function pickSuggestion(state: ConsoleState, by: number, count: number): ConsoleState {
  return changed(state, (palette) => ({ ...palette, picked: clamp(palette.picked + by, count - 1) }));
}

function changed(state: ConsoleState, change: (palette: PaletteLine) => PaletteLine): ConsoleState {
  return state.overlay?.kind === 'palette' ? { ...state, overlay: change(state.overlay) } : state;
}
