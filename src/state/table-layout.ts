import type { SortField } from '../query/cache-reader.ts';
import type { LevelSort, Screen, SubscriptionsScreen } from './screen.ts';
import type { TableName } from './tables.ts';
import { tableOf } from './tables.ts';
import type { Trail } from './trail.ts';

/** How a table was left, so that it looks so again at its next opening. */
export interface Look {
  /** Column ids in the order to show; null: the standard ones. */
  readonly columns: readonly string[] | null;
  /** The most important first. */
  readonly sort: readonly SortKey[];
}

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

export type Looks = Readonly<Partial<Record<TableName, Look>>>;

/** Whoever keeps how each table was left. */
interface Looking {
  readonly looks: Looks;
}

/** A list of subscriptions that was given a name: where it looks, what it lets through, and how it looks. */
export interface SavedView extends Look {
  readonly name: string;
  readonly trail: Trail;
  readonly filter: string;
}

/**
 * What one console leaves for the next: no row of any vendor and no secret is in it, but names of places, texts of filters
 * and REFs are.
 */
export interface Remembered {
  readonly looks: Looks;
  readonly views: readonly SavedView[];
  /** What was taken in the box for anything, the latest first. */
  readonly recent: readonly string[];
}

export const nothingRemembered: Remembered = { looks: {}, views: [], recent: [] };

const standard: Look = { columns: null, sort: [] };

export function lookOf({ looks }: Looking, table: TableName): Look {
  return looks[table] ?? standard;
}

/** The columns somebody chose for the table on a screen, or null. */
export function chosenOf(state: Looking, screen: Screen): readonly string[] | null {
  const table = tableOf(screen);
  return table === null ? null : lookOf(state, table).columns;
}

export function withLook<State extends Looking>(state: State, table: TableName, change: Partial<Look>): State {
  return { ...state, looks: { ...state.looks, [table]: { ...lookOf(state, table), ...change } } };
}

/** A screen that is about to open, sorted as its table was left. One that comes with an order of its own keeps it. */
export function asLeft(state: Looking, screen: Screen): Screen {
  if (screen.kind === 'level' && screen.sort === null) {
    const [first] = lookOf(state, screen.level).sort;
    return first === undefined ? screen : { ...screen, sort: levelSort(first) };
  }
  if (screen.kind === 'subscriptions' && screen.sort.length === 0) {
    return { ...screen, sort: subscriptionSort(lookOf(state, 'subscriptions').sort) };
  }
  return screen;
}

export const levelSortFields = [
  'name',
  'connection',
  'organizations',
  'services',
  'subscriptions',
  'seats',
  'endingSoon',
] as const satisfies readonly LevelSort['field'][];

export const subscriptionSortFields: readonly SortField[] = [
  'name',
  'status',
  'org',
  'service',
  'product',
  'qty',
  'ends',
  'cancel',
  'starts',
  'renewal',
  'billing',
  'term',
  'price',
  'reseller',
  'connection',
  'vendor',
  'id',
];

function levelSort({ field, descending }: SortKey): LevelSort | null {
  const known = levelSortFields.find((name) => name === field);
  return known === undefined ? null : { field: known, descending };
}

/** Only fields that exist: a remembered order may come from another version. */
export function subscriptionSort(keys: readonly SortKey[]): SubscriptionsScreen['sort'] {
  return keys.flatMap(({ field, descending }) => {
    const known = subscriptionSortFields.find((name) => name === field);
    return known === undefined ? [] : [{ field: known, descending }];
  });
}
