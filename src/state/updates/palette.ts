import type { ConsoleState } from '../console-state.ts';
import { clamp } from '../list.ts';
import type { PaletteLine } from '../overlay.ts';
import type { TextLine } from '../text-line.ts';
import { textLine } from '../text-line.ts';

/** Only this much of a pasted text is searched. */
const longestTicket = 100_000;
export const mostRecent = 12;

export function openPalette(state: ConsoleState): ConsoleState {
  return openPaletteWith(state, '');
}

export function openPaletteWith(state: ConsoleState, text: string): ConsoleState {
  const unable = state.overlay?.kind === 'palette' ? state.overlay.unable : {};
  const fresh = { kind: 'palette', ticket: null, picked: 0, hits: [], asked: null, searching: null } as const;
  return { ...state, overlay: { ...fresh, line: textLine(text), unable } };
}

/** What the vendor of this screen does not support. */
export function knowUnable(state: ConsoleState, unable: PaletteLine['unable']): ConsoleState {
  return changed(state, (palette) => ({ ...palette, unable }));
}

export function typePalette(state: ConsoleState, line: TextLine): ConsoleState {
  return changed(state, (palette) => ({ ...palette, line, ticket: null, picked: 0 }));
}

/** A pasted text of several lines: searched for ids and names, and never run as a command. */
export function pastePalette(state: ConsoleState, text: string): ConsoleState {
  const ticket = text.slice(0, longestTicket).toWellFormed();
  return changed(state, (palette) => ({ ...palette, line: textLine(), ticket, picked: 0 }));
}

/** Moves among `count` suggestions. */
export function pickSuggestion(state: ConsoleState, by: number, count: number): ConsoleState {
  return changed(state, (palette) => ({ ...palette, picked: clamp(palette.picked + by, Math.max(0, count - 1)) }));
}

/** Remembers a choice, so that it comes first the next time. */
export function remembered(state: ConsoleState, text: string): ConsoleState {
  return { ...state, recent: [text, ...state.recent.filter((each) => each !== text)].slice(0, mostRecent) };
}

function changed(state: ConsoleState, change: (palette: PaletteLine) => PaletteLine): ConsoleState {
  return state.overlay?.kind === 'palette' ? { ...state, overlay: change(state.overlay) } : state;
}
