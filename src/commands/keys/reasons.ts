import { type ConsoleState, topScreen } from '../../state/console-state.ts';

/** Why a key can do nothing here and now; null where it can. */
export function offlineReason(state: ConsoleState): string | null {
  return state.offline ? 'The console is offline; o goes online.' : null;
}

export function emptyReason(state: ConsoleState): string | null {
  const screen = topScreen(state);
  return 'list' in screen && screen.list.total === 0 ? 'There is no row here.' : null;
}
