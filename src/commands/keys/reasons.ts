import { type ConsoleState, topScreen } from '../../state/console-state.ts';
import { listOn } from '../../state/screen.ts';

/** Why a key is unavailable now; null if it is available. */
export function offlineReason(state: ConsoleState): string | null {
  return state.offline ? 'The console is offline; press o to go online.' : null;
}

/** The same for what sends a write. */
export function readOnlyReason({ readOnly }: ConsoleState): string | null {
  if (readOnly === false) return null;
  return readOnly === true ? 'Read-only: nothing is sent.' : readOnly.message;
}

export function emptyReason(state: ConsoleState): string | null {
  return listOn(topScreen(state))?.total === 0 ? 'There are no rows here.' : null;
}
