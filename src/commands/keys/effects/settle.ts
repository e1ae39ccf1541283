import type { JournalEntry } from '../../../model/journal-entry.ts';
import { happened } from '../../../model/verdict.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import type { Overlay } from '../../../state/overlay.ts';
import { rowId } from '../../../state/row-id.ts';
import { say } from '../../../state/updates/status.ts';
import type { Using } from './deps.ts';
import { faultOf } from './reported.ts';
import { showWait } from './wait-overlay.ts';

/** The open journal entry, or the one under the cursor. */
export function entryOf(state: ConsoleState): JournalEntry | null {
  const screen = topScreen(state);
  if (screen.kind === 'entry') return screen.entry;
  if (screen.kind === 'today') {
    const line = rowUnderCursor(screen.list, rowId.today);
    return line?.kind === 'item' ? line.entry : null;
  }
  return screen.kind === 'journal' ? rowUnderCursor(screen.list, rowId.journal) : null;
}

/**
 * Asks the vendor for the outcome of an unknown write. If that proves nothing, a person may say it; a settled entry can
 * be corrected.
 */
export function settle(store: ConsoleStore, deps: Using<'writes' | 'clock'>): void {
  const entry = entryOf(store.getState());
  if (entry === null) return;
  if (happened(entry.state) !== null) {
    store.update((state) => ({
      ...state,
      overlay: whatBecame('Correct the outcome? Earlier verdicts are kept', entry),
    }));
    return;
  }
  void showWait(store, deps, 'Checking the outcome at the vendor…', async (signal) => {
    const { state, reason } = await deps.context.writes.settle(entry.id, signal);
    if (state !== 'unknown' && state !== 'needs-person') {
      return (before) => say({ ...before, overlay: null }, `Settled: ${reason ?? state}.`, 'good');
    }
    return whatBecame('What was the outcome? The vendor’s data does not show it', entry);
  });
}

function whatBecame(title: string, { state }: JournalEntry): Overlay {
  const said = happened(state);
  const already = 'the journal already has this outcome.';
  return {
    kind: 'menu',
    purpose: 'settle',
    title,
    entries: [
      {
        id: 'open',
        label: said === null ? 'I do not know: leave it unknown' : 'Leave it as it is',
        note: null,
        unavailable: null,
      },
      { id: 'applied', label: 'I checked: it was applied', note: null, unavailable: said === true ? already : null },
      {
        id: 'not-applied',
        label: 'I checked: it was not applied',
        note: null,
        unavailable: said === false ? already : null,
      },
    ],
    cursor: 'open',
    subject: null,
  };
}

/** Handles the choice in that menu. */
export function settleByPerson(store: ConsoleStore, { context }: Using<'writes'>, answer: string): void {
  const entry = entryOf(store.getState());
  store.update((state) => ({ ...state, overlay: null }));
  if (entry === null || (answer !== 'applied' && answer !== 'not-applied')) return;
  context.writes.settleByPerson(entry.id, answer).then(
    () => store.update((state) => say(state, 'Settled: your answer is recorded.', 'good')),
    (error: unknown) => store.update((state) => say(state, faultOf(error).message, 'bad')),
  );
}
