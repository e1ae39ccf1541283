import type { ConsoleState } from '../../state/console-state.ts';

/** Reasons that several commands share. */
export function offlineReason(state: ConsoleState): string | null {
  return state.offline ? 'The console is offline; o goes online.' : null;
}
