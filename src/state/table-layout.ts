import { fieldNamed, isSortField } from '../model/field-names.ts';
import { levelFieldNamed } from '../model/level-fields.ts';
import type { LevelSort, Screen, SubscriptionsScreen } from './screen.ts';
import type { TableName } from './tables.ts';
import { tableOf } from './tables.ts';
import type { Trail } from './trail.ts';

/** How a table was left, so that it looks so again at its next opening. */
export interface TableLayout {
  /** Column ids in the order to show; null: the standard ones. */
  readonly columns: readonly string[] | null;
  /** The most important first. */
  readonly sort: readonly SortKey[];
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

export type TableLayouts = Readonly<Partial<Record<TableName, TableLayout>>>;

/** Whoever keeps how each table was left. */
interface WithLayouts {
  readonly looks: TableLayouts;
}

/** A list of subscriptions that was given a name: where it looks, what it lets through, and how it looks. */
export interface SavedView extends TableLayout {
  readonly name: string;
  readonly trail: Trail;
  readonly filter: string;
}

/**
 * What one console leaves for the next: no row of any vendor and no secret is in it, but names of places, texts of filters
 * and REFs are.
 */
export interface Remembered {
  readonly looks: TableLayouts;
  readonly views: readonly SavedView[];
  /** What was taken in the palette, the latest first. */
  readonly recent: readonly string[];
}

export const nothingRemembered: Remembered = { looks: {}, views: [], recent: [] };

const standard: TableLayout = { columns: null, sort: [] };

export function layoutOf({ looks }: WithLayouts, table: TableName): TableLayout {
  return looks[table] ?? standard;
}

/** The columns somebody chose for the table on a screen, or null. */
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

/** A screen that is about to open, sorted as its table was left. One that comes with an order of its own keeps it. */
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

/** Only fields that exist: a remembered order may come from another version (saved-settings.ts). */
export function subscriptionSort(keys: readonly SortKey[]): SubscriptionsScreen['sort'] {
  return keys.flatMap(({ field, descending }) => {
    const known = fieldNamed(field);
    return known === null || !isSortField(known) ? [] : [{ field: known.id, descending }];
  });
}
