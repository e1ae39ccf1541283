import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import type { FilterLine } from '../overlay.ts';
import { listOn, withListOn } from '../screen.ts';
import { filtered, filterKindOf, filterTextOf, whyNoFilter } from '../screen-filter.ts';
import { withFilterUsed } from '../table-layout.ts';
import type { TextLine } from '../text-line.ts';
import { textLine } from '../text-line.ts';

/** Opens the filter line with the active filter; where there is none to set, the line says so and takes what is typed. */
export function openFilter(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const text = filterTextOf(screen);
  const overlay: FilterLine = {
    kind: 'filter',
    cannot: filterKindOf(screen) === null ? whyNoFilter(screen) : null,
    line: textLine(text),
    typed: textLine(text),
    problem: null,
    completions: null,
    picked: null,
    past: 0,
    before: { text, cursor: listOn(screen)?.cursor ?? null, screen },
  };
  return { ...state, overlay };
}

/** Applies the filter while it is typed; while the text is invalid, the last valid filter remains. */
export function typeFilter(state: ConsoleState, line: TextLine): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return state;
  return applied(state, { ...overlay, line, typed: line, picked: null, past: 0 });
}

function applied(state: ConsoleState, overlay: FilterLine): ConsoleState {
  const found = filtered(topScreen(state), overlay.line.text);
  if (found.ok) return { ...withTop(state, found.screen), overlay: { ...overlay, problem: null } };
  return { ...state, overlay: { ...overlay, problem: { message: found.message, position: found.position } } };
}

/** Tab: the next (or previous) of what the word at the caret may become; the only one counts as typed. */
export function completeFilter(state: ConsoleState, by: 1 | -1): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter' || overlay.completions === null) return state;
  if (overlay.past > 0) return typeFilter(state, overlay.line);
  const { typed, picked, completions } = overlay;
  const { texts } = completions;
  const next = picked === null ? (by === 1 ? 0 : texts.length - 1) : (picked + by + texts.length) % texts.length;
  const text = texts[next];
  if (text === undefined) return state;
  const start = typed.text.slice(0, completions.from) + text;
  const line = { ...textLine(start + typed.text.slice(typed.caret)), caret: start.length };
  if (texts.length === 1) return typeFilter(state, line);
  return applied(state, { ...overlay, line, picked: next });
}

/** An earlier filter of this kind of list (1), or a later one (−1), and at last what was typed. */
export function recallFilter(state: ConsoleState, by: 1 | -1): ConsoleState {
  const { overlay } = state;
  const kind = filterKindOf(topScreen(state));
  if (overlay?.kind !== 'filter' || kind === null) return state;
  const earlier = (state.filters[kind] ?? []).filter((text) => text !== overlay.before.text);
  const past = Math.max(0, Math.min(earlier.length, overlay.past + by));
  if (past === overlay.past) return state;
  const line = past === 0 ? overlay.typed : textLine(earlier[past - 1]);
  return applied(state, { ...overlay, line, picked: null, past });
}

/** Keeps the filter. An invalid text stays open for correction. */
export function keepFilter(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter' || overlay.problem !== null) return state;
  const kind = filterKindOf(topScreen(state));
  const text = overlay.line.text.trim();
  const closed = { ...state, overlay: null };
  return kind === null || text === '' ? closed : withFilterUsed(closed, kind, text);
}

/** Restores the filter and the cursor from before the line was opened. */
export function dropFilter(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return state;
  const { text, cursor } = overlay.before;
  const old = { ...typeFilter(state, textLine(text)), overlay: null };
  const screen = topScreen(old);
  const list = listOn(screen);
  return list === null ? old : withTop(old, withListOn(screen, { ...list, cursor }));
}

/** The state without the active filter; the same state if there is none. */
export function clearFilter(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  if (filterTextOf(screen) === '') return state;
  const found = filtered(screen, '');
  return found.ok ? withTop(state, found.screen) : state;
}
