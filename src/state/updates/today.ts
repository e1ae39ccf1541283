import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { callsScreen, chartsScreen, todayScreen } from '../today-screens.ts';
import { pushOnce } from './navigate.ts';

export function openToday(state: ConsoleState): ConsoleState {
  return pushOnce(state, todayScreen());
}

export function openCalls(state: ConsoleState): ConsoleState {
  return pushOnce(state, callsScreen());
}

/** Charts of the list on screen, with its filter. */
export function openCharts(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level':
    case 'subscription':
      return pushOnce(state, chartsScreen(screen.trail, '', []));
    case 'subscriptions':
      return pushOnce(state, chartsScreen(screen.trail, screen.filterText, screen.filter));
    default:
      return state;
  }
}

/** Switches to the next measure: seats, subscriptions, and each kind of money. */
export function nextMeasure(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'pictures' ? withTop(state, { ...screen, measure: screen.measure + 1 }) : state;
}

/** Toggles between failed calls and all calls. */
export function toggleFailedOnly(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'calls' ? withTop(state, { ...screen, failedOnly: !screen.failedOnly }) : state;
}
