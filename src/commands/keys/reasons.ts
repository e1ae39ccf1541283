import { type ConsoleState, topScreen } from '../../state/console-state.ts';
import { listOn } from '../../state/screen.ts';

/** Why a key is unavailable now; null if it is available. */
export function offlineReason(state: ConsoleState): string | null {
  return state.offline ? 'The console is offline; press o to go online.' : null;
}

export function emptyReason(state: ConsoleState): string | null {
  return listOn(topScreen(state))?.total === 0 ? 'There are no rows here.' : null;
}
