import type { DateField, SortField } from '../model/field-names.ts';
import type { Filter, LevelFilter } from '../model/filter.ts';
import type { LevelField } from '../model/level-fields.ts';
import type { Counts, LevelNode, Pin, Scope } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { Level } from '../model/vendor.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { Change, ChangeQuery } from '../store/changes.ts';
import type { Freshness } from '../store/connections-table.ts';
import type { MoneyTotal } from '../store/money.ts';

export type { Change, Freshness };

/** Both sides of the cache. Only `sync` and what reads single rows anew use the writing one. */
export type Cache = CacheReader & CacheWriter;

/** The reading side of the cache: every screen and every list is a query for the window it shows. Synchronous. */
export interface CacheReader {
  levelWindow(query: LevelQuery): Window<LevelNode>;
  subscriptionWindow(query: SubscriptionQuery): SubscriptionWindow;
  /** Rows before this one in the query's order; null when it is not among them. Keeps a cursor on its row. */
  positionOf(query: SubscriptionQuery, ref: string): number | null;
  levelPositionOf(query: LevelQuery, pin: Pin): number | null;
  /** Every row of a query, in order and as new as can be, without holding them all: for lists and export. */
  eachSubscription(query: Omit<SubscriptionQuery, 'offset' | 'limit'>): Iterable<CachedSubscription>;
  /** This and what follows counts a subscription once, through however many connections it is seen. */
  totals(query: Pick<SubscriptionQuery, 'scope' | 'filter' | 'search' | 'connections'>): Counts;
  /** Sums of the main price (list, or the first there is), one line a currency and kind of price, exact. */
  money(query: Pick<SubscriptionQuery, 'scope' | 'filter' | 'search' | 'connections'>): readonly MoneyTotal[];
  /** How a query's rows share out over products, statuses or stretches of time. Kept while the cache stands still. */
  shares(query: Pick<SubscriptionQuery, 'scope' | 'filter' | 'search' | 'connections'>, by: ShareBy): readonly Share[];
  /** Goes on counting a window whose total is not `counted` yet, for about so many milliseconds. */
  count(
    query: SubscriptionQuery,
    budgetMilliseconds: number,
  ): Pick<SubscriptionWindow, 'total' | 'counted' | 'subscriptions'>;
  /**
   * Loads, one slice of some milliseconds a call, what the first filter, sort or level would wait for; false: all is there.
   * For a console's idle moments.
   */
  warm(): boolean;
  /** What differed between readings, the latest first. */
  changes(query: ChangeQuery): readonly Change[];
  subscription(connection: string, id: string): CachedSubscription | null;
  /** In any connection, whatever the case of the letters and with or without dashes. Looks at every id. */
  subscriptionsSpelled(id: string): readonly CachedSubscription[];
  raw(connection: string, id: string): JsonObject | null;
  node(pin: Pin): LevelNode | null;
  /** One per connection known to the cache, whether or not it ever synced. */
  freshness(connection: string): Freshness;
  /**
   * Grows whenever anyone, in any process, committed to the cache; one that holds still tells of others after
   * `refreshSnapshot`.
   */
  revision(): number;
  /** For a cache that holds still: what other threads and processes wrote counts from the next answer on. */
  refreshSnapshot(): void;
  /** One sentence on what the cache could not do (set aside as damaged, held in memory only, disk full, …), or null. */
  readonly notice: string | null;
  close(): void;
}

export interface SubscriptionWindow extends Window<CachedSubscription> {
  /** How many subscriptions its `total` rows are: fewer where several connections show the same one. */
  readonly subscriptions: number;
}

export interface Window<Row> {
  readonly rows: readonly Row[];
  readonly offset: number;
  /** Rows of the query. While `counted` is false it may still fall a little: every row in `rows` is right all the same. */
  readonly total: number;
  readonly counted: boolean;
}

/** `product` and `status`: the most seats first. `ends`: by the end date, between ascending edges in milliseconds, in their order. */
export type ShareBy =
  | { readonly kind: 'product' | 'status' }
  | { readonly kind: 'ends'; readonly edges: readonly number[] };

export interface Share {
  /** The product's name or the status; null where a row has no product, and for stretches of time. */
  readonly name: string | null;
  readonly subscriptions: number;
  readonly seats: number;
  /** As `money` sums it. */
  readonly money: readonly MoneyTotal[];
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
  readonly connections: readonly string[] | null;
  readonly filter: Filter;
  readonly search: string | null;
  /**
   * The first counts most; null is last in both directions; rows left equal are in the order of their names. Two things of
   * one name (two organizations, two subscriptions) are not equal: they stay apart.
   */
  readonly sort: readonly { readonly field: SortField; readonly descending: boolean }[];
  /** One row a subscription: of several that match, that of the first connection (docs/several-connections.md). */
  readonly distinct?: boolean;
  /** Only rows that have texts in these fields which are no dates. Absent: any. */
  readonly unreadable?: readonly DateField[];
  readonly offset: number;
  readonly limit: number;
}
