import { isTakenBack } from '../../writes/bulk/bulk-run.ts';
import { type ConsoleState, topScreen, withTop } from '../console-state.ts';
import { rowUnderCursor } from '../list.ts';
import { rowId } from '../row-id.ts';
import type { BulkLine, BulkScreen } from '../today-screens.ts';
import { say } from './status.ts';

/** What says that a row was, or may have been, sent: it stays in its plan. */
const sent: readonly string[] = ['done', 'accepted', 'refused', 'unknown'];

/** Why the row under the cursor cannot be dropped now, or null. */
export function whyNotDropped(state: ConsoleState): string | null {
  const found = atCursor(state);
  if (found === null) return 'There are no rows here.';
  if (found.screen.running) return 'The plan is running.';
  return found.line.end !== null && sent.includes(found.line.end.outcome) ? 'This row has been sent.' : null;
}

/** Drops the row under the cursor from the plan, or puts it back. A plan that was saved has to be saved again. */
export function toggleDropped(state: ConsoleState): ConsoleState {
  const found = atCursor(state);
  if (found === null) return state;
  const { screen, line } = found;
  const { row, target } = line.row;
  const dropped = new Set(screen.dropped);
  if (!dropped.delete(row)) dropped.add(row);
  const name = `Row ${row}${target === null ? '' : ` (${target.name})`}`;
  const said = dropped.has(row) ? `${name} is dropped; Space puts it back.` : `${name} is in the plan again.`;
  return say(withTop(state, { ...screen, dropped, path: null }), said);
}

/** Why nothing of the plan is taken back now, or null. */
export function whyNotTakenBack(state: ConsoleState): string | null {
  const screen = topScreen(state);
  if (screen.kind !== 'bulk' || screen.since === null) return 'The plan has not run.';
  if (screen.running) return 'The plan is running.';
  const done = screen.ends.filter(isTakenBack);
  if (done.length === 0) return 'No row is done.';
  if (done.some(({ wayBack }) => wayBack?.kind === 'offered')) return null;
  const [why = 'Nothing takes these rows back.'] = done.flatMap(({ wayBack }) =>
    wayBack?.kind === 'none' ? [wayBack.why] : [],
  );
  return why;
}

function atCursor(state: ConsoleState): { readonly screen: BulkScreen; readonly line: BulkLine } | null {
  const screen = topScreen(state);
  const line = screen.kind === 'bulk' ? rowUnderCursor(screen.list, rowId.bulk) : null;
  return screen.kind === 'bulk' && line !== null ? { screen, line } : null;
}
