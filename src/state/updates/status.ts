import type { Fault } from '../../model/fault.ts';
import type { ConsoleState, Status } from '../console-state.ts';
import { terminalRows, tourLines } from '../tour.ts';
import { planDrawn } from './plan.ts';

/** A message in the status line, as the answer to a key. */
export function say(state: ConsoleState, text: string, tone: Status['tone'] = 'plain'): ConsoleState {
  return { ...state, status: { text, tone, fault: null, brief: true } };
}

export function sayFault(state: ConsoleState, fault: Fault): ConsoleState {
  return { ...state, status: { text: fault.message, tone: 'bad', fault, brief: false } };
}

/** A key was pressed: clears the answer to the last one; any other message keeps one line. */
export function forget(state: ConsoleState): ConsoleState {
  const { status } = state;
  if (status === null || status.isSeen) return state;
  return { ...state, status: status.brief ? null : { ...status, isSeen: true } };
}

export function toggleOffline(state: ConsoleState): ConsoleState {
  const offline = !state.offline;
  const text = offline ? 'Offline: nothing is read or sent. Press o to go online again.' : 'Online.';
  return say({ ...state, offline, isNetworkLost: false }, text);
}

/** The network is down: reports why, once. */
export function goOffline(state: ConsoleState, fault: Fault): ConsoleState {
  if (state.offline) return state;
  const text = `No vendor can be reached, so the console is offline; press o to go online again. ${fault.message}`;
  return { ...state, offline: true, isNetworkLost: true, status: { text, tone: 'warn', fault, brief: false } };
}

/** `rows` of the terminal: the tour takes some of them. */
export function resize(state: ConsoleState, columns: number, rows: number): ConsoleState {
  const tour = state.tour === null ? null : { ...state.tour, lines: tourLines(columns, rows) };
  const isSame = state.columns === columns && terminalRows(state) === rows && tour?.lines === state.tour?.lines;
  // The plan was visible at the old size only, and on a terminal that is too small it is not drawn at all.
  return isSame ? state : planDrawn({ ...state, columns, rows: rows - (tour?.lines ?? 0), tour }, false, 0);
}
