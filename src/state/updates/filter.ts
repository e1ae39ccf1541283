import { parseFilter, parseLevelFilter } from '../../model/filter-parse.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import type { FilterLine } from '../overlay.ts';
import type { LevelScreen, SubscriptionsScreen } from '../screen.ts';
import type { TextLine } from '../text-line.ts';
import { textLine } from '../text-line.ts';

/** Opens the filter line with the active filter. */
export function openFilter(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'level' && screen.kind !== 'subscriptions' && screen.kind !== 'today') return state;
  const text = screen.kind === 'today' ? screen.view.filterText : screen.filterText;
  const overlay: FilterLine = {
    kind: 'filter',
    line: textLine(text),
    problem: null,
    before: { text, cursor: screen.list.cursor },
  };
  return { ...state, overlay };
}

/** Applies the filter while it is typed; while the text is invalid, the last valid filter remains. */
export function typeFilter(state: ConsoleState, line: TextLine): ConsoleState {
  const { overlay } = state;
  const screen = topScreen(state);
  if (overlay?.kind !== 'filter') return state;
  if (screen.kind === 'level') {
    const parsed = parseLevelFilter(line.text);
    if (!parsed.ok) {
      const problem = { message: parsed.message, position: parsed.position };
      return { ...state, overlay: { ...overlay, line, problem } };
    }
    const next = { ...screen, filterText: line.text.trim(), filter: parsed.filter };
    return { ...withTop(state, next), overlay: { ...overlay, line, problem: null } };
  }
  if (screen.kind !== 'subscriptions' && screen.kind !== 'today') return state;
  const parsed = parseFilter(line.text);
  if (!parsed.ok) {
    const problem = { message: parsed.message, position: parsed.position };
    return { ...state, overlay: { ...overlay, line, problem } };
  }
  const given = { filterText: line.text.trim(), filter: parsed.filter };
  const next = screen.kind === 'today' ? { ...screen, view: { ...screen.view, ...given } } : { ...screen, ...given };
  return { ...withTop(state, next), overlay: { ...overlay, line, problem: null } };
}

/** Keeps the filter. An invalid text stays open for correction. */
export function keepFilter(state: ConsoleState): ConsoleState {
  if (state.overlay?.kind !== 'filter' || state.overlay.problem !== null) return state;
  return { ...state, overlay: null };
}

/** Restores the filter and the cursor from before the line was opened. */
export function dropFilter(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return state;
  const { text, cursor } = overlay.before;
  const old = { ...typeFilter(state, textLine(text)), overlay: null };
  const screen = topScreen(old);
  if (screen.kind === 'level') return withTop(old, { ...screen, list: { ...screen.list, cursor } });
  if (screen.kind === 'subscriptions') return withTop(old, { ...screen, list: { ...screen.list, cursor } });
  if (screen.kind === 'today') return withTop(old, { ...screen, list: { ...screen.list, cursor } });
  return old;
}

export function withoutFilter<Filtered extends LevelScreen | SubscriptionsScreen>(screen: Filtered): Filtered {
  return { ...screen, filterText: '', filter: [] };
}
