import { parseFilter } from '../../model/filter-parse.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen } from '../console-state.ts';
import { subscriptionsScreen } from '../new-screens.ts';
import type { Menu, MenuEntry } from '../overlay.ts';
import { unknownInView } from '../saved-settings.ts';
import type { SavedView } from '../table-layout.ts';
import { layoutOf, subscriptionSort, unknownSorts, withLayout } from '../table-layout.ts';
import type { TextLine } from '../text-line.ts';
import { proposedLine } from '../text-line.ts';
import { push } from './navigate.ts';
import { fieldLabel } from './sort.ts';
import { say } from './status.ts';

/** The entry that saves; view names are never empty, so none collides with it. */
const saving = '';

export function openViews(state: ConsoleState): ConsoleState {
  return { ...state, overlay: viewsMenu(state) };
}

function viewsMenu(state: ConsoleState): Menu {
  const here = topScreen(state).kind === 'subscriptions';
  const save: MenuEntry = {
    id: saving,
    label: 'Save this list as a view',
    note: null,
    unavailable: here ? null : 'Only a list of subscriptions can be saved; press S to open one.',
  };
  const entries = [
    ...state.views.map(
      (view): MenuEntry => ({ id: view.name, label: view.name, note: saidOf(view), unavailable: null }),
    ),
    save,
  ];
  const title = state.views.length === 0 ? 'Saved views' : 'Saved views · Del deletes one';
  return { kind: 'menu', purpose: 'views', title, entries, cursor: entries[0]?.id ?? null, subject: null };
}

/** A view's scope, filter and sort order. */
function saidOf({ trail, filter, sort }: SavedView): string {
  const place = trail.filter((crumb) => !crumb.implied).map((crumb) => crumb.name);
  const order = sort.map((key) => `${fieldLabel(key.field)}${key.descending ? ' descending' : ''}`);
  return [
    place.length === 0 ? (trail[0]?.pin.connection ?? 'all connections') : place.join(' / '),
    filter === '' ? null : filter,
    order.length === 0 ? null : `by ${order.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Opens the view of a name, or prompts for a new one's name. */
export function chooseView(state: ConsoleState, name: string): ConsoleState {
  if (name === saving) return askName(state);
  const view = state.views.find((each) => each.name === name);
  if (view === undefined) return { ...state, overlay: null };
  const parsed = parseFilter(view.filter);
  const screen = {
    ...subscriptionsScreen(view.trail),
    filterText: parsed.ok ? view.filter : '',
    filter: parsed.ok ? parsed.filter : [],
    sort: subscriptionSort(view.sort),
  };
  const next = withLayout(push(state, screen), 'subscriptions', { columns: view.columns, sort: view.sort });
  const odd = unknownInView(view);
  return odd === null ? next : say(next, odd, 'warn');
}

function askName(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const proposal = screen.kind === 'subscriptions' ? screen.filterText || screen.trail.at(-1)?.name : undefined;
  return {
    ...state,
    overlay: {
      kind: 'prompt',
      purpose: 'view',
      title: 'Save this view',
      label: 'Name',
      line: proposedLine(proposal ?? ''),
      problem: null,
    },
  };
}

export function typePrompt(state: ConsoleState, line: TextLine): ConsoleState {
  return state.overlay?.kind === 'prompt' ? { ...state, overlay: { ...state.overlay, line, problem: null } } : state;
}

const longestName = 60;

/** Saves the list under the typed name; a view of that name is replaced. */
export function saveView(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  const screen = topScreen(state);
  if (overlay?.kind !== 'prompt' || screen.kind !== 'subscriptions') return state;
  const name = overlay.line.text.trim();
  if (name === '') return { ...state, overlay: { ...overlay, problem: 'Enter a name.' } };
  if (name.length > longestName) {
    return { ...state, overlay: { ...overlay, problem: `A name can have at most ${longestName} characters.` } };
  }
  const { columns, sort: saved } = layoutOf(state, 'subscriptions');
  const sort = [...screen.sort, ...unknownSorts('subscriptions', saved)];
  const view: SavedView = { name, trail: screen.trail, filter: screen.filterText, sort, columns };
  const views = [...state.views.filter((each) => each.name !== name), view].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'en'),
  );
  return say({ ...state, views, overlay: null }, `Saved as “${name}”; press v to open it.`, 'good');
}

/** Deletes the view under the cursor. */
export function forgetView(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  if (overlay?.kind !== 'menu' || overlay.purpose !== 'views' || overlay.cursor === saving) return state;
  const next = { ...state, views: state.views.filter((view) => view.name !== overlay.cursor) };
  return { ...next, overlay: viewsMenu(next) };
}
