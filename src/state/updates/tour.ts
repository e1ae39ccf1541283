import type { ConsoleState } from '../console-state.ts';
import { terminalRows, tourStepOf } from '../tour.ts';
import { isRead, tourSteps } from '../tour-steps.ts';
import { pastePalette } from './palette.ts';
import { resize, say } from './status.ts';

/** Starts the tour, or leaves it. What is on screen stays as it is. */
export function toggleTour(state: ConsoleState): ConsoleState {
  const rows = terminalRows(state);
  if (state.tour !== null) return resize({ ...state, rows, tour: null }, state.columns, rows);
  const started = resize({ ...state, tour: { passed: 0, lines: 0 } }, state.columns, rows);
  return started.tour?.lines === 0 ? say(started, 'The tour needs a larger terminal.', 'warn') : started;
}

/** The tour after any change: steps that stay done are kept, and the ticket is pasted into a palette that opens for it. */
export function guided(before: ConsoleState, after: ConsoleState): ConsoleState {
  const step = tourStepOf(after);
  if (step === null || after.tour === null || after === before) return after;
  const lasting = tourSteps.slice(0, step).findLastIndex(({ lasts }) => lasts) + 1;
  const kept = lasting > after.tour.passed ? { ...after, tour: { ...after.tour, passed: lasting } } : after;
  return isOpenedForTicket(before, after, step) ? pastePalette(kept, after.ticket?.text ?? '') : kept;
}

/** The step after the one that waits for the palette. */
const findingStep = 1;

/** Also the palette that was opened before the ticket's subscription was read. */
function isOpenedForTicket(before: ConsoleState, after: ConsoleState, step: number): boolean {
  const { overlay, ticket } = after;
  if (step !== findingStep || overlay?.kind !== 'palette' || overlay.line.text !== '' || ticket === null) return false;
  return isRead(after, ticket) && (before.overlay?.kind !== 'palette' || !isRead(before, ticket));
}
