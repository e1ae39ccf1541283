import { fieldNamed, offeredSorts } from '../../model/field-names.ts';
import { levelFieldNamed, levelFieldNames, levelFields } from '../../model/level-fields.ts';
import type { ConsoleState } from '../console-state.ts';
import { topScreen, withTop } from '../console-state.ts';
import type { Menu, MenuEntry } from '../overlay.ts';
import type { Screen } from '../screen.ts';
import type { SortKey } from '../table-layout.ts';
import { layoutOf, subscriptionSort, unknownSorts, withLayout } from '../table-layout.ts';
import type { TableName } from '../tables.ts';
import { say } from './status.ts';

/** A field's display name. */
export function fieldLabel(field: string): string {
  return fieldNamed(field)?.names.label ?? field;
}

/** The display name of a screen's sort order. */
export function sortLabel({ kind }: Pick<Screen, 'kind'>, field: string): string {
  if (kind === 'subscriptions') return fieldLabel(field);
  const known = levelFieldNamed(field);
  return known === null ? field : levelFields[known].label;
}

/** Opens the sort menu on the active field. */
export function openSort(state: ConsoleState): ConsoleState {
  const screen = topScreen(state);
  const keys = sortKeys(screen);
  if (keys === null) return state;
  return { ...state, overlay: sortMenu(screen, keys, keys[0]?.field ?? 'name') };
}

function sortMenu(screen: Screen, keys: readonly SortKey[], cursor: string): Menu {
  const offered: readonly string[] = screen.kind === 'level' ? levelFieldNames : offeredSorts;
  // An order that is not offered, of a saved view, can be changed and removed too.
  const fields = [...offered, ...keys.map(({ field }) => field).filter((field) => !offered.includes(field))];
  const entries = fields.map((field): MenuEntry => {
    const at = keys.findIndex((key) => key.field === field);
    return { id: field, label: sortLabel(screen, field), note: noteOf(keys, at), unavailable: null };
  });
  const title = screen.kind === 'level' ? 'Sort by' : 'Sort by · Space sorts by several';
  return { kind: 'menu', purpose: 'sort', title, entries, cursor, subject: null };
}

function noteOf(keys: readonly SortKey[], at: number): string | null {
  const key = keys[at];
  if (key === undefined) return null;
  const way = key.descending ? 'descending' : 'ascending';
  return keys.length === 1 ? way : `${at + 1}. ${way}`;
}

/** A screen's sort fields, the most important first; null if it cannot be sorted. */
export function sortKeys(screen: Screen): readonly SortKey[] | null {
  if (screen.kind === 'subscriptions') return screen.sort;
  if (screen.kind !== 'level') return null;
  return screen.sort === null ? [] : [screen.sort];
}

/** Sorts by one field alone; the active one is reversed. */
export function sortBy(state: ConsoleState, field: string): ConsoleState {
  const [first] = sortKeys(topScreen(state)) ?? [];
  const descending = first?.field === field && !first.descending;
  return withHint(sorted({ ...state, overlay: null }, [{ field, descending }]), { field, descending });
}

/** Ascending dates begin in the past: says how to see upcoming ones, unless the filter already hides past dates. */
function withHint(state: ConsoleState, { field, descending }: SortKey): ConsoleState {
  const screen = topScreen(state);
  if (descending || screen.kind !== 'subscriptions' || (field !== 'cancel' && field !== 'ends')) return state;
  if (screen.filter.some((term) => term.kind === 'date' && term.field === field)) return state;
  return say(state, `Past dates come first; / ${field}<90d shows the next 90 days only.`);
}

/** Adds a sort field; an active one is reversed, then removed. The menu stays open. */
export function alsoSortBy(state: ConsoleState): ConsoleState {
  const { overlay } = state;
  const screen = topScreen(state);
  if (overlay?.kind !== 'menu' || overlay.purpose !== 'sort' || overlay.cursor === null) return state;
  if (screen.kind !== 'subscriptions') return sortBy(state, overlay.cursor);
  const field = overlay.cursor;
  const there = screen.sort.find((key) => key.field === field);
  const next = sorted(state, turned(screen.sort, field, there?.descending ?? null));
  const after = topScreen(next);
  return { ...next, overlay: sortMenu(after, sortKeys(after) ?? [], field) };
}

function turned(keys: readonly SortKey[], field: string, descending: boolean | null): readonly SortKey[] {
  if (descending === null) return [...keys, { field, descending: false }];
  if (descending) return keys.filter((key) => key.field !== field);
  return keys.map((key) => (key.field === field ? { ...key, descending: true } : key));
}

/** Sorts the screen, and remembers the order. */
function sorted(state: ConsoleState, keys: readonly SortKey[]): ConsoleState {
  const screen = topScreen(state);
  if (screen.kind === 'subscriptions') {
    const sort = subscriptionSort(keys);
    return withSort(withTop(state, { ...screen, sort }), 'subscriptions', sort);
  }
  if (screen.kind !== 'level') return state;
  const [key] = keys;
  const field = levelFieldNamed(key?.field ?? '');
  if (key === undefined || field === null) return state;
  const sort = { field, descending: key.descending };
  return withSort(withTop(state, { ...screen, sort }), screen.level, [sort]);
}

function withSort(state: ConsoleState, table: TableName, sort: readonly SortKey[]): ConsoleState {
  return withLayout(state, table, { sort: [...sort, ...unknownSorts(table, layoutOf(state, table).sort)] });
}
