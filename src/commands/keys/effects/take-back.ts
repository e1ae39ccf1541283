import type { JournalState } from '../../../model/journal-entry.ts';
import type { RequestState } from '../../../model/request.ts';
import { type ConsoleState, topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { rowId } from '../../../state/row-id.ts';
import { say } from '../../../state/updates/status.ts';
import { wayBackNow, whyNotBack } from '../../../writes/way-back.ts';
import { offlineReason, readOnlyReason } from '../reasons.ts';
import type { Using } from './deps.ts';
import { planWriteRequest } from './plan-request.ts';

/** A write that was sent, and how it stands. */
interface SentWrite {
  readonly id: string;
  readonly state: JournalState;
}

/** Why the write whose result is shown, or that is under the cursor, is not taken back now, or null. */
export function whyNotTakenBack(state: ConsoleState): string | null {
  const { overlay } = state;
  if (overlay?.kind === 'result') {
    const { wayBack, outcome } = overlay.result;
    if (wayBack === undefined) return 'There is nothing to take back.';
    if (wayBack.kind === 'none') return wayBack.why;
    return (outcome === 'done' ? null : whyNotBack('sent')) ?? whyNotNow(state);
  }
  const sent = sentOn(state);
  if (sent === null) return 'Put the cursor on a write that was sent.';
  return whyNotBack(sent.state) ?? whyNotNow(state);
}

function whyNotNow(state: ConsoleState): string | null {
  return readOnlyReason(state) ?? offlineReason(state);
}

/** Opens the plan of what takes the write back. */
export function takeBack(store: ConsoleStore, deps: Using<'clock' | 'journal' | 'writes'>): void {
  const { overlay } = store.getState();
  const shown = overlay?.kind === 'result' ? overlay.result.wayBack : undefined;
  const sent = overlay === null ? sentOn(store.getState()) : null;
  const record = sent === null ? null : deps.context.journal.record(sent.id);
  const wayBack = shown ?? (record === null ? null : wayBackNow(record));
  if (wayBack?.kind === 'offered') void planWriteRequest(store, deps, wayBack.writeRequest, null);
  else if (wayBack !== null) store.update((state) => say(state, `It cannot be taken back: ${wayBack.why}`, 'warn'));
}

function sentOn(state: ConsoleState): SentWrite | null {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'entry':
      return screen.entry;
    case 'journal':
      return rowUnderCursor(screen.list, rowId.journal);
    case 'requests': {
      const row = rowUnderCursor(screen.list, rowId.requests);
      return row === null ? null : { id: row.request.id, state: stateOf[row.request.state] };
    }
    default:
      return null;
  }
}

/** How the journal calls the state of a request. */
const stateOf: Readonly<Record<RequestState, JournalState>> = {
  pending: 'sent',
  running: 'sent',
  done: 'done',
  failed: 'refused',
  unknown: 'unknown',
};
