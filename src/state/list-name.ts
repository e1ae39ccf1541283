import { type ConsoleState, topScreen } from './console-state.ts';
import { frameOf } from './customer-screen.ts';
import { addressOf } from './history.ts';
import type { Screen } from './screen.ts';

/** The screen that columns are laid out for: while a filter is typed the one before it, so that no column moves meanwhile. */
export function screenOfColumns(state: ConsoleState): Screen {
  return state.overlay?.kind === 'filter' ? state.overlay.before.screen : topScreen(state);
}

/** Identifies the list on a screen with its filter and order, whatever its cursor: what its columns need. */
export function listName(state: ConsoleState): string {
  const screen = screenOfColumns(state);
  const tab = 'tab' in screen ? screen.tab : '';
  const filter = 'filterText' in screen ? screen.filterText : screen.kind === 'today' ? screen.view.filterText : '';
  const sort = 'sort' in screen ? screen.sort : [];
  return JSON.stringify([addressOf(screen), tab, frameOf(screen)?.customer?.name ?? '', filter, sort]);
}
