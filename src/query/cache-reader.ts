import type { CostSum } from '../model/cost.ts';
import type { DateField, FilterField, SortField } from '../model/field-names.ts';
import type { Filter, LevelFilter } from '../model/filter.ts';
import type { LevelField } from '../model/level-fields.ts';
import type { Counts, LevelNode, Pin, Scope } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { Level } from '../model/vendor.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { Change, ChangeQuery } from '../store/changes.ts';
import type { Freshness } from '../store/connections-table.ts';
import type { AnswerAge, AnswerKey, StoredAnswer } from '../store/stored-answers.ts';
import type { NodeName } from './node-names.ts';
import type { PriceBases } from './sum-costs.ts';

export type { Change, Freshness };

/** Both sides of the cache. Only `sync` and refreshes of single rows use the writing side. */
export type Cache = CacheReader & CacheWriter;

/** The reading side of the cache: every screen and list queries the window it shows. Synchronous. */
export interface CacheReader {
  levelWindow(query: LevelQuery): Window<LevelNode>;
  subscriptionWindow(query: SubscriptionQuery): SubscriptionWindow;
  /** Number of rows before this one in the query's order; null if it does not match. Keeps a cursor on its row. */
  positionOf(query: SubscriptionQuery, ref: string): number | null;
  levelPositionOf(query: LevelQuery, pin: Pin): number | null;
  /** Every row of a query, in order and up to date, without holding them all: for lists and export. */
  eachSubscription(query: Omit<SubscriptionQuery, 'offset' | 'limit'>): Iterable<CachedSubscription>;
  /** This and the following methods count a subscription once, through however many connections it is seen. */
  totals(query: NarrowQuery): Counts;
  /** Exact sums of what the rows of a query cost. */
  costs(query: NarrowQuery, bases: PriceBases): readonly CostSum[];
  /** The shares of a query's rows by product, status or period, in slices of some milliseconds. Cached while the cache is unchanged. */
  shares(query: NarrowQuery, by: ShareBy, bases: PriceBases): Generator<undefined, readonly Share[]>;
  /** Continues counting a window whose total is not `counted` yet, for about this many milliseconds. */
  count(
    query: SubscriptionQuery,
    budgetMilliseconds: number,
  ): Pick<SubscriptionWindow, 'total' | 'counted' | 'subscriptions'>;
  /**
   * Preloads, one slice of some milliseconds a call, what the first filter, sort or level needs; false: all is loaded.
   * For a console's idle time.
   */
  warm(): boolean;
  /** Changes between syncs, the latest first. */
  changes(query: ChangeQuery): readonly Change[];
  subscription(connection: string, id: string): CachedSubscription | null;
  /** In any connection, whatever the case of the letters and with or without dashes. Looks at every id. */
  subscriptionsSpelled(id: string): readonly CachedSubscription[];
  /** Values of a field that begin with a text, some of them: what a filter may be completed with. */
  valuesBeginning(field: FilterField, begin: string, most: number): readonly string[];
  raw(connection: string, id: string): JsonObject | null;
  /** What a read of one thing gave last; null: nothing is kept of it. `kept-answers.ts` knows the types. */
  answer(key: AnswerKey): StoredAnswer | null;
  /** Of one subscription, by what was read. */
  answerAges(connection: string, id: string): ReadonlyMap<string, AnswerAge>;
  node(pin: Pin): LevelNode | null;
  /** Names of sellers, resellers and organizations behind a code, up to `most`, as the file has them now: for an index of names. */
  nodeNames(after: number, most: number): readonly NodeName[];
  /** Another one whenever such a name came or changed. */
  namesRevision(): number;
  /** One per connection known to the cache, whether or not it was ever synced. */
  freshness(connection: string): Freshness;
  /** Increases whenever any process committed to the cache; a snapshot sees other writers after `refreshSnapshot`. */
  revision(): number;
  /** For a snapshot: include what other threads and processes wrote from the next answer on. */
  refreshSnapshot(): void;
  /** One sentence on a fault of the cache (set aside as damaged, in memory only, disk full, …), or null. */
  readonly notice: string | null;
  close(): void;
}

/** Which rows are counted and summed. */
export type NarrowQuery = Pick<SubscriptionQuery, 'scope' | 'anyOf' | 'filter' | 'search' | 'connections'>;

export interface SubscriptionWindow extends Window<CachedSubscription> {
  /** The number of subscriptions among `total` rows: fewer if several connections show the same one. */
  readonly subscriptions: number;
}

export interface Window<Row> {
  readonly rows: readonly Row[];
  readonly offset: number;
  /** Rows of the query. While `counted` is false it may still decrease; every row in `rows` matches. */
  readonly total: number;
  readonly counted: boolean;
}

/**
 * `product` and `status`: the most seats first. `ends`: by the end date, in the periods between ascending edges
 * (milliseconds).
 */
export type ShareBy =
  | { readonly kind: 'product' | 'status' }
  | { readonly kind: 'ends'; readonly edges: readonly number[] };

export interface Share {
  /** The product's name or the status; null for rows without a product, and for periods. */
  readonly name: string | null;
  readonly subscriptions: number;
  readonly seats: number;
  /** As `costs` sums it. */
  readonly money: readonly CostSum[];
}

export interface LevelQuery {
  readonly level: Level;
  readonly scope: Scope;
  /** Null: all connections. */
  readonly connections: readonly string[] | null;
  readonly search: string | null;
  /** None: every row. */
  readonly filter?: LevelFilter;
  readonly sort: { readonly field: LevelField; readonly descending: boolean } | null;
  readonly offset: number;
  readonly limit: number;
}

export interface SubscriptionQuery {
  readonly scope: Scope;
  /** Only rows below at least one of these nodes; none of them: no row. Absent: any. */
  readonly anyOf?: readonly Pin[];
  readonly connections: readonly string[] | null;
  readonly filter: Filter;
  readonly search: string | null;
  /**
   * The first key is the most significant; null sorts last in both directions; equal rows are sorted by name. Two
   * things with one name (organizations, subscriptions) are not equal: they stay separate.
   */
  readonly sort: readonly { readonly field: SortField; readonly descending: boolean }[];
  /** One row a subscription: of several matching ones, that of the first connection (docs/several-connections.md). */
  readonly distinct?: boolean;
  /** Only rows that have texts in these fields which are no dates. Absent: any. */
  readonly unreadable?: readonly DateField[];
  readonly offset: number;
  readonly limit: number;
}
