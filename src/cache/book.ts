import type { NodeFact, Page, Reading } from '../api/vendor.ts';
import type { AccountKey } from '../model/account.ts';
import type { Fault } from '../model/fault.ts';
import type { Filter } from '../model/filter.ts';
import type { Counts, LevelNode, Pin, Place } from '../model/place.ts';
import type { CachedSubscription, PriceKind } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { Level, VendorId } from '../model/vendor.ts';

/** The reading side of the cache: every screen and every list is a query for the window it shows. Synchronous. */
export interface Book {
  levelWindow(query: LevelQuery): Window<LevelNode>;
  subscriptionWindow(query: SubscriptionQuery): SubscriptionWindow;
  /** Rows before this one in the query's order; null when it is not among them. Keeps a cursor on its row. */
  positionOf(query: SubscriptionQuery, ref: string): number | null;
  levelPositionOf(query: LevelQuery, pin: Pin): number | null;
  /** Every row of a query, in order and as new as can be, without holding them all: for lists and export. */
  eachSubscription(query: Omit<SubscriptionQuery, 'offset' | 'limit'>): Iterable<CachedSubscription>;
  /** This and what follows counts a subscription once, through however many connections it is seen. */
  totals(query: Pick<SubscriptionQuery, 'place' | 'filter' | 'search' | 'connections'>): Counts;
  /** Sums of the main price (list, or the first there is), one line a currency and kind of price, exact. */
  money(query: Pick<SubscriptionQuery, 'place' | 'filter' | 'search' | 'connections'>): readonly MoneyTotal[];
  /** How a query's rows share out over products, statuses or stretches of time. Kept while the cache stands still. */
  shares(query: Pick<SubscriptionQuery, 'place' | 'filter' | 'search' | 'connections'>, by: ShareBy): readonly Share[];
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
  raw(connection: string, id: string): JsonObject | null;
  node(pin: Pin): LevelNode | null;
  /** One per connection known to the cache, whether or not it ever synced. */
  freshness(connection: string): Freshness;
  /** Grows whenever anyone, in any process, committed to the cache; one that holds still tells of others after `catchUp`. */
  revision(): number;
  /** For a book that holds still: what other threads and processes wrote counts from the next answer on. */
  catchUp(): void;
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

/** `amount` is a decimal in the currency's own unit; `currency` null where the vendor names none. */
export interface MoneyTotal {
  readonly kind: PriceKind;
  readonly currency: string | null;
  readonly amount: string;
  readonly subscriptions: number;
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

export type ChangeQuery =
  | { readonly connection: string; readonly id: string }
  /** ISO 8601 UTC; null: all connections. */
  | { readonly since: string; readonly connections: readonly string[] | null };

/**
 * A field, by its name in the JSON, that two readings of a subscription gave differently. Field `subscription` with
 * `to: 'here'` is a subscription that appeared after the first complete pass, with `to: null` one that disappeared.
 */
export interface Change {
  readonly ref: string;
  readonly connection: string;
  readonly id: string;
  readonly name: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  /** When Subdeck saw it, ISO 8601 UTC. */
  readonly seenAt: string;
}

export interface LevelQuery {
  readonly level: Level;
  readonly place: Place;
  /** Null: all connections. */
  readonly connections: readonly string[] | null;
  readonly search: string | null;
  readonly sort: {
    readonly field: 'name' | 'connection' | 'organizations' | 'services' | 'subscriptions' | 'seats' | 'endingSoon';
    readonly descending: boolean;
  } | null;
  readonly offset: number;
  readonly limit: number;
}

export interface SubscriptionQuery {
  readonly place: Place;
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
  readonly offset: number;
  readonly limit: number;
}

export const sortFields = [
  'name',
  'status',
  'vendor',
  'connection',
  'reseller',
  'org',
  'service',
  'product',
  'id',
  'qty',
  'ends',
  'starts',
  'cancel',
  'renewal',
  'billing',
  'term',
  'price',
] as const;
export type SortField = (typeof sortFields)[number];

/** Two axes: how old the rows are, and what is going on. A failed refresh keeps the old rows. */
export interface Freshness {
  /** When the last complete pass ended, ISO; null: never. */
  readonly readAt: string | null;
  readonly rows: number;
  readonly lastFault: Fault | null;
  /** An interrupted pass that can be taken up again. */
  readonly resumable: boolean;
}

/**
 * The writing side: what api said, remembered. One transaction a call. `keepPage` throws a `FaultError` when the file
 * takes no writes; the others do what they can and leave the reason in `notice`.
 */
export interface BookWriter {
  beginPass(pass: { readonly connection: string; readonly vendor: VendorId; readonly within: Pin | null }): Pass;
  /** One row read by itself (before a plan, after a request settled). `null`: the vendor has no such subscription any more. */
  keep(connection: string, id: string, reading: Reading | null): void;
  /** Why a connection could not even be asked; its rows stay. */
  noteFault(connection: string, fault: Fault): void;
  /** Tells the cache which connections exist, with their titles and implied levels, so that their levels can be walked. */
  declareConnections(connections: readonly DeclaredConnection[]): void;
  forget(connection: string): void;
  purge(): void;
  /**
   * Makes the indexes behind search and sorting tight again, one slice of a few milliseconds a call. False: nothing is
   * left to do. Windows are right without it, only slower. `between-pages` leaves out what the next page would undo.
   */
  tidy(when?: 'idle' | 'between-pages'): boolean;
  /**
   * For a program that is about to be stopped: no thread of it is in the middle of a write then, which would keep all
   * other programs from writing.
   */
  letWritesEnd(): void;
}

export interface DeclaredConnection {
  readonly name: string;
  readonly title: string;
  readonly vendor: VendorId;
  readonly impliedLevels: readonly Level[];
  /** Rows of connections of one account are the same subscription where their ids are equal. */
  readonly account: AccountKey | null;
}

export interface Pass {
  /** Where an earlier pass over the same scope stopped, or null. */
  readonly resume: string | null;
  /** What another thread needs to keep this pass's pages; null where only this one can, or nobody any more. */
  readonly mark: PassMark | null;
  keepPage(page: Page): void;
  /** Marks gone what a complete pass did not see, and only then. */
  finish(outcome: PassOutcome): void;
  /** Another thread's file took no writes: does with it, and throws, what `keepPage` would have. */
  refuse(trouble: Trouble): never;
}

export interface PassOutcome {
  readonly complete: boolean;
  readonly fault: Fault | null;
}

/** A pass that was begun, as plain data. */
export interface PassMark {
  readonly id: number;
  /** In milliseconds: a pass of the same id in a file that another program began anew is another one. */
  readonly started: number;
  readonly connection: string;
  readonly within: Pin | null;
  /** A complete pass went before: an appearance is a change worth telling. */
  readonly isNews: boolean;
  /** Counts the files that stood at the cache's path: a damaged one is set aside and another begun. */
  readonly file: number;
}

/** Why a file takes no writes: it is damaged, or what `whyNoWrites` says. */
export type Trouble = { readonly damaged: true } | { readonly damaged: false; readonly why: string };

export type { NodeFact, Page, Reading };
