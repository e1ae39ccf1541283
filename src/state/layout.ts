import { wrapWords } from '../model/wrap-words.ts';
import { bulkMoney } from './bulk-words.ts';
import type { ConnectionView, ConsoleState } from './console-state.ts';
import { topScreen } from './console-state.ts';
import { type CustomerFrame, frameOf, framePins } from './customer-screen.ts';
import type { Screen } from './screen.ts';
import type { BulkScreen, CallsScreen } from './today-screens.ts';
import { connectionOf } from './trail.ts';

/** Below this the console reports that the terminal is too small. */
export const smallest = { columns: 60, rows: 16 };

/** From this width on the record of the row under the cursor is shown beside a list. */
export const leastForPane = 160;

/** Of a list beside a pane: as much as a list has on a usual wide terminal without one. */
const leastBesidePane = 120;

/** The lists that have a pane: a plan is reviewed over the whole width. */
const listsWithPane: ReadonlySet<Screen['kind']> = new Set([
  'level',
  'subscriptions',
  'customer',
  'requests',
  'journal',
  'today',
  'calls',
  'changes',
]);

/** Columns of a list and of the pane beside it, and the rows of both. */
export interface Pane {
  readonly list: number;
  readonly width: number;
  readonly rows: number;
}

/** Null: there is none, and the list has the whole width. */
export function paneOf(state: Pick<ConsoleState, 'columns' | 'rows' | 'preview' | 'stack'>): Pane | null {
  const { columns, rows, preview } = state;
  const screen = state.stack.at(-1);
  if (!preview.isOn || columns < leastForPane || screen === undefined || !listsWithPane.has(screen.kind)) return null;
  const list = Math.max(leastBesidePane, Math.floor((columns * 2) / 3));
  return { list, width: columns - list, rows: rows - linesAround };
}

/** Breadcrumbs, status line and footer. */
const linesAround = 3;

/** Columns of the work area: of the list, if a pane stands beside it. */
export function workColumns(state: Pick<ConsoleState, 'columns' | 'rows' | 'preview' | 'stack'>): number {
  return paneOf(state)?.list ?? state.columns;
}

/** The state as a list sees it that has a pane beside it. */
export function besidePane(state: ConsoleState, { list }: Pane): ConsoleState {
  return { ...state, columns: list, preview: { ...state.preview, isOn: false } };
}

/** Lines of the pane's text that are visible: without its title and the line below that. */
export function previewHeight({ rows }: Pane): number {
  return Math.max(1, rows - 2);
}

/** Rows of a list: the screen minus breadcrumbs, title, column heads, status line and footer. */
export function listHeight(state: ConsoleState): number {
  const chrome = 5 + troubleHeight(state) + bannerLines(state).length + linesBeside(state) + filterHelpHeight(state);
  return Math.max(1, state.rows - chrome);
}

/** Rows of the selected item's full text below a list, including the rule above it. */
export function detailHeight(state: ConsoleState): number {
  const usual = isLow(state) ? 4 : 5;
  const screen = topScreen(state);
  if (screen.kind !== 'bulk') return usual;
  const lines = usual + referenceHeight(screen, state.columns) + (bulkMoney(screen) === null ? 0 : 1);
  return Math.max(usual, Math.min(lines, state.rows - 8));
}

/** Lines for the longest reference of a plan: references are never truncated, since a person compares them. */
function referenceHeight({ plan }: BulkScreen, columns: number): number {
  const longest = plan.rows.reduce((most, { ref }) => Math.max(most, ref.length + ref.replace(/[ -~]/g, '').length), 1);
  return Math.ceil(longest / (columns - 6));
}

/** On a screen this low, the selected item's text omits what the list shows. */
export function isLow({ rows }: Pick<ConsoleState, 'rows'>): boolean {
  return rows < 22;
}

/** Where the timeline's lines are from, and how old that is. */
export const linesAboveTimeline = 2;

/** Rows that a list loses to what is beside it. */
function linesBeside(state: ConsoleState): number {
  const screen = topScreen(state);
  if (screen.kind === 'subscription') return linesAboveTimeline;
  return screen.kind === 'today' || screen.kind === 'bulk' ? detailHeight(state) : linesAboveList(state);
}

/**
 * Rows between the breadcrumbs and the title of a list: above the calls the vendor health with its heads, and a blank
 * line if there is room; above a customer's lists its tabs, and what is suggested.
 */
export function linesAboveList(state: ConsoleState): number {
  const screen = topScreen(state);
  if (screen.kind === 'calls') return vendorHealthHeight(state, screen) + 1 + airBelowVendorHealth(state);
  const frame = frameOf(screen);
  return frame === null ? 0 : customerLines(frame);
}

/** The tabs, and a line for organizations of the same name or domain. */
function customerLines({ customer }: CustomerFrame): number {
  return (customer?.suggestion ?? null) === null ? 1 : 2;
}

export function airBelowVendorHealth({ rows }: Pick<ConsoleState, 'rows'>): number {
  return rows < 20 ? 0 : 1;
}

/** Calls that stay visible however many vendors there are. */
const leastCalls = 3;

/** Lines of the vendor health: one a connection, as long as some calls remain visible. */
export function vendorHealthHeight({ rows }: Pick<ConsoleState, 'rows'>, { vendorHealth }: CallsScreen): number {
  return Math.min(vendorHealth.length, Math.max(1, rows - 6 - leastCalls));
}

/** Rows of text: the screen minus breadcrumbs, title or tabs, a blank line, status line and footer. */
export function textHeight(state: ConsoleState): number {
  return Math.max(1, state.rows - 5 - filterHelpHeight(state));
}

/** Lines below the rows while a filter is typed. */
function filterHelpHeight(state: ConsoleState): number {
  return state.overlay?.kind === 'filter' ? filterProblemLines(state).length + 1 : 0;
}

/** What is wrong with the typed filter, or why there is none, in whole lines. */
export function filterProblemLines(state: ConsoleState): readonly string[] {
  const { overlay } = state;
  if (overlay?.kind !== 'filter') return [];
  const { cannot, problem } = overlay;
  const text = cannot ?? (problem === null ? null : `at ${problem.position + 1}: ${problem.message}`);
  return text === null ? [] : wrapWords(text, workColumns(state) - 2, mostCells);
}

/** What is not ASCII counts as two cells. */
const mostCells = (text: string): number => text.length + text.replace(/[ -~]/g, '').length;

/** Lines of the help that are visible at once. */
export function helpHeight({ rows, overlay }: Pick<ConsoleState, 'rows' | 'overlay'>): number {
  const typed = overlay?.kind === 'help' && overlay.find !== null ? 2 : 0;
  return Math.max(3, rows - 6 - typed);
}

/** The banner is shown in full above the first screen; later its first words are in the status line. */
export function bannerIsWhole({ past }: Pick<ConsoleState, 'past'>): boolean {
  return past.length === 0;
}

/** The banner, wrapped at spaces. */
export function bannerLines(state: ConsoleState): readonly string[] {
  const { banner } = state;
  if (banner === null || !bannerIsWhole(state)) return [];
  return wrapWords(banner, workColumns(state) - 2, mostCells);
}

const mostTroubled = 3;

/** Connections of this screen whose last refresh failed; each has a line of its own. */
export function troubled(state: ConsoleState): readonly ConnectionView[] {
  const screen = topScreen(state);
  const frame = frameOf(screen);
  if (frame !== null) {
    const own = framePins(frame).map(({ connection }) => connection);
    return state.connections
      .filter((view) => own.includes(view.name) && view.freshness.lastFault !== null && view.sync === null)
      .slice(0, mostTroubled);
  }
  if (screen.kind !== 'level' && screen.kind !== 'subscriptions') return [];
  const connection = connectionOf(screen.trail);
  return state.connections
    .filter((view) => view.freshness.lastFault !== null && view.sync === null)
    .filter((view) => connection === null || view.name === connection)
    .slice(0, mostTroubled);
}

/** The parts of a fault line beside the sentences: its mark, and the key that retries. */
const besideTrouble = 20;

/** Whether the next step of a failed connection needs a second line. */
export function nextStandsBelow({ name, freshness }: ConnectionView, columns: number): boolean {
  const { message = '', next = '' } = freshness.lastFault ?? {};
  return name.length + message.length + next.length + besideTrouble > columns;
}

function troubleHeight(state: ConsoleState): number {
  return troubled(state).reduce((sum, view) => sum + (nextStandsBelow(view, workColumns(state)) ? 2 : 1), 0);
}
