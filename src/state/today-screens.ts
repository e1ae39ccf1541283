import type { Call, VendorHealth } from '../model/call.ts';
import type { Filter, ListFilter } from '../model/filter.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { Share } from '../query/cache-reader.ts';
import type { Week } from '../today/charts/renewal-calendar.ts';
import type { Today } from '../today/today.ts';
import type { RowEnd, RunEnd } from '../writes/bulk/bulk-run.ts';
import type { BulkPlan, BulkRow } from '../writes/bulk/plan-file.ts';
import type { CustomerFrame } from './customer-screen.ts';
import type { List } from './list.ts';
import { emptyList } from './list.ts';
import {
  type FoldLine,
  type GroupLine,
  type ItemLine,
  type TodayLine,
  type TodayView,
  usualView,
} from './today-lines.ts';
import type { Trail } from './trail.ts';

/** A line of Today; an item with its subscription and journal entry if they exist. */
export type TodayRow =
  | GroupLine
  | FoldLine
  | (ItemLine & { readonly row: CachedSubscription | null; readonly entry: JournalEntry | null });

/** What Today holds, and what it was read from. */
export interface FoundToday {
  readonly found: Today;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Revisions. */
  readonly journal: number;
  readonly cache: number;
  readonly proposals: number;
  /** Items that a person must decide or fix within 24 hours. */
  readonly urgent: number;
}

export interface TodayScreen {
  readonly kind: 'today';
  readonly list: List<TodayRow>;
  readonly view: TodayView;
  /** Every line, for the widths of the columns. */
  readonly lines: readonly TodayLine[];
  /** With the marks of this moment. Null until it was looked up. */
  readonly found: Today | null;
  /** Identifies what `found` was made of. */
  readonly stamp: string | null;
}

export interface CallsScreen {
  readonly kind: 'calls';
  readonly filterText: string;
  readonly filter: ListFilter;
  readonly list: List<Call>;
  readonly failedOnly: boolean;
  /** One a connection. */
  readonly vendorHealth: readonly VendorHealth[];
}

/** The data of a chart. */
export interface Charts {
  readonly weeks: readonly Week[];
  readonly statuses: readonly Share[];
  readonly products: readonly Share[];
}

/** Charts of the subscriptions of a scope and a filter. */
export interface ChartsScreen {
  readonly kind: 'charts';
  readonly trail: Trail;
  /** Of a customer: only its rows are counted. */
  readonly frame: CustomerFrame | null;
  readonly filterText: string;
  readonly filter: Filter;
  /** Index of the measure, from 0; it wraps around. */
  readonly measure: number;
  readonly charts: Charts | null;
  readonly stamp: string | null;
  /** The id of the bar under the cursor; null: the first one. */
  readonly bar: string | null;
}

/** A row of a bulk plan, with its outcome. */
export interface BulkLine {
  readonly row: BulkRow;
  readonly isDropped: boolean;
  readonly end: RowEnd | null;
}

export interface BulkScreen {
  readonly kind: 'bulk';
  /** As it was made, with the rows that were dropped since: `keptPlan` is what is saved and sent. */
  readonly plan: BulkPlan;
  /** The numbers of the rows that a person dropped. */
  readonly dropped: ReadonlySet<number>;
  /** Rows that could not be planned, one sentence each. */
  readonly leftOut: readonly string[];
  /** Refs of rows that the filter of the list hid when the plan was made. */
  readonly outside: ReadonlySet<string>;
  /** The plan's file; null: not saved yet. */
  readonly path: string | null;
  readonly list: List<BulkLine>;
  readonly ends: readonly RowEnd[];
  readonly running: boolean;
  /** Milliseconds since the epoch; null: never run. */
  readonly since: number | null;
  /** Why the last run stopped early. */
  readonly stopped: RunEnd['stopped'];
}

export function todayScreen(): TodayScreen {
  return { kind: 'today', list: emptyList(), view: usualView, lines: [], found: null, stamp: null };
}

export function callsScreen(): CallsScreen {
  return { kind: 'calls', filterText: '', filter: [], list: emptyList(), failedOnly: false, vendorHealth: [] };
}

export function chartsScreen(
  { trail, frame }: Pick<ChartsScreen, 'trail' | 'frame'>,
  filterText: string,
  filter: Filter,
): ChartsScreen {
  return { kind: 'charts', trail, frame, filterText, filter, measure: 0, charts: null, stamp: null, bar: null };
}

/** The plan without the rows that were dropped. */
export function keptPlan({ plan, dropped }: Pick<BulkScreen, 'plan' | 'dropped'>): BulkPlan {
  if (dropped.size === 0) return plan;
  const known = keptPlans.get(dropped);
  if (known?.of === plan) return known.kept;
  const kept = { ...plan, rows: plan.rows.filter(({ row }) => !dropped.has(row)) };
  keptPlans.set(dropped, { of: plan, kept });
  return kept;
}

/** Every frame asks for it. */
const keptPlans = new WeakMap<BulkScreen['dropped'], { readonly of: BulkPlan; readonly kept: BulkPlan }>();

export function bulkScreen(plan: BulkPlan, { leftOut, outside }: Pick<BulkScreen, 'leftOut' | 'outside'>): BulkScreen {
  const list = emptyList<BulkLine>();
  const rest = { list, ends: [], running: false, since: null, stopped: null } as const;
  return { kind: 'bulk', plan, dropped: new Set(), leftOut, outside, path: null, ...rest };
}
