import { groupings, todaySorts } from '../../today/groups.ts';
import { rowsOfBar, selectedBar, turnedWeek } from '../chart-bars.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import { rowUnderCursor } from '../list.ts';
import { rowId } from '../row-id.ts';
import { type TodayView, usualView } from '../today-lines.ts';
import { callsScreen, chartsScreen, todayScreen } from '../today-screens.ts';
import { push, pushOnce } from './navigate.ts';
import { say } from './status.ts';

export function openToday(state: ConsoleState): ConsoleState {
  return pushOnce(state, todayScreen());
}

function withView(state: ConsoleState, change: (view: TodayView) => Partial<TodayView>): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind !== 'today') return state;
  return withTop(state, { ...screen, view: { ...screen.view, ...change(screen.view) } });
}

/** Unfolds or folds the line under the cursor; the same state where it is an item. */
export function toggleFold(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const line = screen.kind === 'today' ? rowUnderCursor(screen.list, rowId.today) : null;
  if (line === null || line.kind === 'item') return state;
  return withView(state, ({ opened }) => {
    const others = [...opened].filter((id) => id !== line.id);
    return { opened: new Set(line.isOpen ? others : [...others, line.id]) };
  });
}

/** By customer, connection, kind, owner, and from the start again. */
export function nextGrouping(state: ConsoleState): ConsoleState {
  return withView(state, ({ grouping }) => ({ grouping: after(groupings, grouping), opened: usualView.opened }));
}

export function nextTodaySort(state: ConsoleState): ConsoleState {
  return withView(state, ({ sort }) => ({ sort: after(todaySorts, sort) }));
}

function after<Value>(values: readonly Value[], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length] ?? value;
}

/** Also what is snoozed or done, or not. */
export function toggleResting(state: ConsoleState): ConsoleState {
  const next = withView(state, ({ isRestingShown }) => ({ isRestingShown: !isRestingShown }));
  const screen = topScreen(next);
  const isShown = screen.kind === 'today' && screen.view.isRestingShown;
  return say(
    next,
    isShown ? 'What is snoozed or done is shown too; D puts it back.' : 'What is snoozed or done is hidden.',
  );
}

/** Only what a person took, or everything. */
export function toggleMine(state: ConsoleState, me: string): ConsoleState {
  return withView(state, ({ owner }) => ({ owner: owner === null ? me : null }));
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
      return pushOnce(state, chartsScreen({ trail: screen.trail, frame: null }, '', []));
    case 'subscriptions':
      return pushOnce(state, chartsScreen(screen, screen.filterText, screen.filter));
    default:
      return state;
  }
}

/** The next or previous week of the calendar. */
export function turnWeek(state: ConsoleState, by: 1 | -1): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'charts' ? withTop(state, { ...screen, bar: turnedWeek(screen, by) }) : state;
}

/** Lists the rows of the bar under the cursor. */
export function openBar(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const bar = screen.kind === 'charts' ? selectedBar(screen) : null;
  const rows = screen.kind === 'charts' && bar !== null ? rowsOfBar(screen, bar) : null;
  return rows === null ? state : push(state, rows);
}

/** Why the bar under the cursor does not open; null: it does. */
export function whyNoBar(state: ConsoleState): string | null {
  const screen = topScreen(state);
  if (screen.kind !== 'charts') return null;
  const bar = selectedBar(screen);
  if (bar === null) return 'There are no bars here.';
  return bar.terms === null ? 'No filter finds subscriptions without a product.' : null;
}

/** Switches to the next measure: seats, subscriptions, and each kind of money. */
export function nextMeasure(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'charts' ? withTop(state, { ...screen, measure: screen.measure + 1 }) : state;
}

/** Toggles between failed calls and all calls. */
export function toggleFailedOnly(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'calls' ? withTop(state, { ...screen, failedOnly: !screen.failedOnly }) : state;
}
