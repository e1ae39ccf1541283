import type { JournalStep } from '../journal/journal.ts';
import type { Fault } from '../model/fault.ts';
import type { SortField } from '../model/field-names.ts';
import type { Filter, LevelFilter, ListFilter } from '../model/filter.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import type { LevelNode } from '../model/scope.ts';
import type { Addon, CachedSubscription, DetailSection, HistoryEntry } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import type { Level } from '../model/vendor.ts';
import type { Verdict } from '../model/verdict.ts';
import type { LevelQuery } from '../query/cache-reader.ts';
import type { TimelineLine } from '../today/merged-timeline.ts';
import type { Attributed } from '../today/who-changed.ts';
import type { wayBackNow } from '../writes/way-back.ts';
import type { CustomerFrame, CustomerScreen } from './customer-screen.ts';
import type { List } from './list.ts';
import type { MarkTotals } from './mark-totals.ts';
import type { BulkScreen, CallsScreen, ChartsScreen, TodayScreen } from './today-screens.ts';
import type { Trail } from './trail.ts';

/** One screen on the stack. Going back shows the one below as it was left. */
export type Screen =
  | LevelScreen
  | SubscriptionsScreen
  | SubscriptionScreen
  | CustomerScreen
  | RequestsScreen
  | JournalScreen
  | EntryScreen
  | TodayScreen
  | CallsScreen
  | ChartsScreen
  | BulkScreen
  | ChangesScreen
  | ReplyScreen;

/** The screens in the order in which they were opened; the last one is visible. */
export type Stack = readonly Screen[];

export type LevelSort = NonNullable<LevelQuery['sort']>;

export interface LevelScreen {
  readonly kind: 'level';
  readonly level: Level;
  readonly trail: Trail;
  /** As in a list of subscriptions. */
  readonly filterText: string;
  readonly filter: LevelFilter;
  readonly sort: LevelSort | null;
  readonly list: List<LevelNode>;
  /** Rows without the filter. */
  readonly unfiltered: number | null;
}

export interface SubscriptionsScreen {
  readonly kind: 'subscriptions';
  readonly trail: Trail;
  /** Of a customer's first tab: only its rows are listed. */
  readonly frame: CustomerFrame | null;
  /** As typed, and parsed; while the text is invalid, the last valid filter remains. */
  readonly filterText: string;
  readonly filter: Filter;
  /** The most important first. */
  readonly sort: readonly { readonly field: SortField; readonly descending: boolean }[];
  readonly list: List<CachedSubscription>;
  /** Rows without the filter. */
  readonly unfiltered: number | null;
  /** Subscriptions with and without the filter: fewer than rows if several connections show the same one. */
  readonly subscriptions: { readonly shown: number; readonly all: number };
  /** Rows that the filter leaves out or the order puts last because a date of theirs cannot be read. */
  readonly unplaced: number;
  /** Refs. */
  readonly marks: ReadonlySet<string>;
  /** What the marked rows are together; null until the projector has computed it. */
  readonly marked: Marked | null;
}

interface Marked {
  /** What it was computed from. */
  readonly of: ReadonlySet<string>;
  readonly filter: Filter;
  readonly revision: number;
  /** By ref. Read once a revision: there may be thousands. */
  readonly rows: ReadonlyMap<string, CachedSubscription>;
  readonly totals: MarkTotals;
  /** Refs of those that do not match the filter. */
  readonly outside: ReadonlySet<string>;
}

export interface SubscriptionScreen {
  readonly kind: 'subscription';
  readonly trail: Trail;
  /** As typed: for the timeline a filter, elsewhere only lines of the open tab that contain it. */
  readonly filterText: string;
  readonly ref: string;
  /** Null once it is no longer in the cache. */
  readonly subscription: CachedSubscription | null;
  readonly raw: JsonObject | null;
  readonly stamp: string | null;
  readonly tab: number;
  readonly scroll: number;
  readonly addons: Load<readonly Addon[]>;
  readonly history: Load<readonly HistoryEntry[]>;
  readonly details: Load<readonly DetailSection[]>;
  readonly entries: readonly JournalEntry[];
  /** Changes between syncs, with their author. */
  readonly changes: readonly Attributed[];
  /** The vendor's history, the changes and the journal by time, filtered by `timelineFilter`. */
  readonly timeline: List<TimelineLine>;
  readonly timelineFilter: ListFilter;
  /** Columns that are scrolled out of sight at the left of the timeline. */
  readonly hiddenColumns: number;
}

/**
 * Read from a vendor on demand. `not-kept`: the console is offline, and nothing was read before. `no`: not supported by the
 * vendor or the connection, with the reason.
 */
export type Load<Value> =
  | { readonly kind: 'idle' | 'not-kept' }
  | { readonly kind: 'loading'; readonly since: number }
  | ReadyLoad<Value>
  | { readonly kind: 'no'; readonly reason: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

/** What the vendor said at `at` (milliseconds): a moment ago, or as it was kept. */
export interface ReadyLoad<Value> {
  readonly kind: 'ready';
  readonly value: Value;
  readonly at: number;
  /** A write was sent for the subscription since. */
  readonly isOutdated: boolean;
  /** Another connection of the account, where it was read through one; else null. */
  readonly through: string | null;
  /** Whether the vendor was asked since this is shown; a fault: it could not be read. */
  readonly asked: 'not-yet' | 'running' | 'done' | Fault;
}

export interface RequestRow {
  readonly request: Request;
  /** Null if the subscription is not in the cache. */
  readonly name: string | null;
  readonly organization: string | null;
}

export interface RequestsScreen {
  readonly kind: 'requests';
  readonly filterText: string;
  readonly filter: ListFilter;
  readonly list: List<RequestRow>;
}

export interface JournalScreen {
  readonly kind: 'journal';
  readonly filterText: string;
  readonly filter: ListFilter;
  readonly list: List<JournalEntry>;
}

export interface EntryScreen {
  readonly kind: 'entry';
  readonly filterText: string;
  readonly id: string;
  readonly entry: JournalEntry;
  /** The reason that was given for it. */
  readonly purpose: string | null;
  readonly steps: readonly JournalStep[];
  readonly verdicts: readonly Verdict[];
  /** Null: the entry is damaged. */
  readonly wayBack: ReturnType<typeof wayBackNow> | null;
  readonly stamp: string | null;
  readonly scroll: number;
}

/** What changed between syncs, of many subscriptions. */
export interface ChangesScreen {
  readonly kind: 'changes';
  /** ISO 8601 UTC, and as a person wrote it. */
  readonly since: { readonly at: string; readonly text: string };
  /** Null: all. */
  readonly connections: readonly string[] | null;
  readonly filterText: string;
  readonly filter: ListFilter;
  readonly list: List<TimelineLine>;
  /** The latest ones, without the filter; null until they were read. */
  readonly found: readonly TimelineLine[] | null;
  readonly stamp: string | null;
  /** Columns that are scrolled out of sight at the left. */
  readonly hiddenColumns: number;
}

/** The output of a palette command. */
export interface ReplyScreen {
  readonly kind: 'reply';
  readonly filterText: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** The lines are data, no sentences. */
  readonly isData: boolean;
  readonly faults: readonly Fault[];
  readonly scroll: number;
  /** Cells that are scrolled out of sight at the left. */
  readonly hiddenCells: number;
}

export type Tab =
  | { readonly kind: 'overview' | 'addons' | 'timeline' | 'details' | 'journal' | 'raw' }
  | { readonly kind: 'section'; readonly index: number };

/** The tabs of a subscription; the result of `details` replaces the tab that requests it. */
export function tabsOf(screen: SubscriptionScreen): readonly Tab[] {
  const sections: readonly Tab[] =
    screen.details.kind === 'ready' && screen.details.value.length > 0
      ? screen.details.value.map((_, index) => ({ kind: 'section', index }))
      : [{ kind: 'details' }];
  return [
    { kind: 'overview' },
    { kind: 'addons' },
    { kind: 'timeline' },
    ...sections,
    { kind: 'journal' },
    { kind: 'raw' },
  ];
}

export function tabOf(screen: SubscriptionScreen): Tab {
  return tabsOf(screen)[screen.tab] ?? { kind: 'overview' };
}

/** The list with a cursor on a screen; null: it has none. */
export function listOn(screen: Screen): List<unknown> | null {
  if (screen.kind === 'subscription') return tabOf(screen).kind === 'timeline' ? screen.timeline : null;
  return 'list' in screen ? screen.list : null;
}

/** The screen with a changed list of its own rows. */
export function withListOn(screen: Screen, list: List<unknown>): Screen {
  if (screen.kind === 'subscription') return { ...screen, timeline: list as SubscriptionScreen['timeline'] };
  return 'list' in screen ? ({ ...screen, list } as Screen) : screen;
}
