import type { ConsoleStore } from '../../state/console-store.ts';

/** Reasons that several commands share. */
export function offlineReason(console: ConsoleStore): string | null {
  return console.getState().offline ? 'The console is offline; o goes online.' : null;
}
