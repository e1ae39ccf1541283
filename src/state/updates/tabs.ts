import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { tabsOf } from '../screen.ts';

/** Opens the next or previous tab, wrapping around. */
export function turnTab(state: ConsoleState, by: 1 | -1): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'subscription') return state;
  const count = tabsOf(screen).length;
  return showTab(state, (screen.tab + by + count) % count);
}

/** Opens a tab by its number, from 0; an unknown number changes nothing. */
export function showTab(state: ConsoleState, tab: number): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'subscription' || tab >= tabsOf(screen).length || tab === screen.tab) return state;
  return { ...withTop(state, { ...screen, tab, filterText: '', scroll: 0 }), contentRows: 0 };
}
