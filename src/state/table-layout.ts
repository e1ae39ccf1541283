import { fieldNamed, isSortField } from '../model/field-names.ts';
import { levelFieldNamed } from '../model/level-fields.ts';
import type { LevelSort, Screen, SubscriptionsScreen } from './screen.ts';
import type { FilterKind } from './screen-filter.ts';
import type { TableName } from './tables.ts';
import { tableOf } from './tables.ts';
import type { Trail } from './trail.ts';

/** The saved layout of a table. */
export interface TableLayout {
  /** Column ids in display order; null: the default ones. */
  readonly columns: readonly string[] | null;
  /** The most important first. */
  readonly sort: readonly SortKey[];
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

export type TableLayouts = Readonly<Partial<Record<TableName, TableLayout>>>;

/** Holds the saved layout of each table. */
interface WithLayouts {
  readonly looks: TableLayouts;
}

/** A saved view: scope, filter and layout of a list of subscriptions. */
export interface SavedView extends TableLayout {
  readonly name: string;
  readonly trail: Trail;
  readonly filter: string;
}

/**
 * The console's saved state for the next start. It contains no vendor rows and no secrets, but names of screens, filter
 * texts and REFs.
 */
export interface Remembered {
  readonly looks: TableLayouts;
  readonly views: readonly SavedView[];
  /** What was chosen in the palette, the latest first. */
  readonly recent: readonly string[];
  readonly filters: UsedFilters;
}

/** Filters that were kept, by the kind of list, the latest first. */
export type UsedFilters = Readonly<Partial<Record<FilterKind, readonly string[]>>>;

export const nothingRemembered: Remembered = { looks: {}, views: [], recent: [], filters: {} };

export const mostFilters = 30;

export function withFilterUsed<State extends Pick<Remembered, 'filters'>>(
  state: State,
  kind: FilterKind,
  text: string,
): State {
  const others = (state.filters[kind] ?? []).filter((each) => each !== text);
  return { ...state, filters: { ...state.filters, [kind]: [text, ...others].slice(0, mostFilters) } };
}

const standard: TableLayout = { columns: null, sort: [] };

export function layoutOf({ looks }: WithLayouts, table: TableName): TableLayout {
  return looks[table] ?? standard;
}

/** The chosen columns of a screen's table, or null. */
export function chosenColumns(state: WithLayouts, screen: Screen): readonly string[] | null {
  const table = tableOf(screen);
  return table === null ? null : layoutOf(state, table).columns;
}

export function withLayout<State extends WithLayouts>(
  state: State,
  table: TableName,
  change: Partial<TableLayout>,
): State {
  return { ...state, looks: { ...state.looks, [table]: { ...layoutOf(state, table), ...change } } };
}

/** A new screen, sorted as its table was last. A screen with its own sort order keeps it. */
export function withStoredSort(state: WithLayouts, screen: Screen): Screen {
  if (screen.kind === 'level' && screen.sort === null) {
    const [first] = layoutOf(state, screen.level).sort.flatMap((key) => levelSort(key) ?? []);
    return first === undefined ? screen : { ...screen, sort: first };
  }
  if (screen.kind === 'subscriptions' && screen.sort.length === 0) {
    return { ...screen, sort: subscriptionSort(layoutOf(state, 'subscriptions').sort) };
  }
  return screen;
}

function levelSort({ field, descending }: SortKey): LevelSort | null {
  const known = levelFieldNamed(field);
  return known === null ? null : { field: known, descending };
}

/** Orders that this version does not know: they stay in the file whatever else a person sorts by. */
export function unknownSorts(table: TableName, keys: readonly SortKey[]): readonly SortKey[] {
  return keys.filter((key) =>
    table === 'subscriptions' ? subscriptionSort([key]).length === 0 : levelSort(key) === null,
  );
}

/** Only existing fields: a saved order may come from another version (saved-settings.ts). */
export function subscriptionSort(keys: readonly SortKey[]): SubscriptionsScreen['sort'] {
  return keys.flatMap(({ field, descending }) => {
    const known = fieldNamed(field);
    return known === null || !isSortField(known) ? [] : [{ field: known.id, descending }];
  });
}
