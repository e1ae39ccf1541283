import type { ConsoleState } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { offlineReason } from '../reasons.ts';
import type { Using } from './deps.ts';
import { planWriteRequest } from './plan-request.ts';

/** Why the write whose result is shown is not taken back now, or null. */
export function whyNotTakenBack(state: ConsoleState): string | null {
  const result = state.overlay?.kind === 'result' ? state.overlay.result : null;
  if (result?.wayBack === undefined) return 'There is nothing to take back.';
  if (result.wayBack.kind === 'none') return result.wayBack.why;
  if (result.outcome !== 'done') return 'It is not done yet.';
  return offlineReason(state);
}

/** Opens the plan of what takes the write back. */
export function takeBack(store: ConsoleStore, deps: Using<'clock' | 'writes'>): void {
  const { overlay } = store.getState();
  const wayBack = overlay?.kind === 'result' ? overlay.result.wayBack : undefined;
  if (wayBack?.kind === 'offered') void planWriteRequest(store, deps, wayBack.writeRequest, null);
}
