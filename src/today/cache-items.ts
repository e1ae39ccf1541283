import { endOf } from '../model/date-text.ts';
import type { Filter, Term } from '../model/filter.ts';
import { parseReference } from '../model/reference.ts';
import { shellWord } from '../model/shell-word.ts';
import type { CachedSubscription, Subscription } from '../model/subscription.ts';
import type { CacheReader, SubscriptionQuery } from '../query/cache-reader.ts';
import { deadlineOf, type Reader } from './deadline.ts';
import {
  atMost,
  day,
  type FindingItems,
  type FoundItem,
  type ItemKind,
  seats,
  type Urgency,
  urgencyOf,
  who,
} from './item.ts';
import { type DeadlineRulesOf, type ItemNext, nextOf, step } from './next-step.ts';

export type RowsOf = Pick<CacheReader, 'subscriptionWindow'>;
export type ChangedRowsOf = RowsOf & Pick<CacheReader, 'changes'>;

/** The range: `days` ahead, at most `limit` items of each kind; what is due within 24 hours is never left out. */
export interface DeadlineQuery extends Reader {
  readonly connections: readonly string[];
  readonly days: 2 | 7 | 30 | 60 | 90;
  readonly limit: number;
  readonly rulesOf: DeadlineRulesOf;
}

type DateField = 'ends' | 'cancel';
type Sayings = Pick<FoundItem, 'why' | 'brief' | 'next' | 'advice' | 'state'> & {
  /** Its maximum urgency, however near its date. */
  readonly most: Urgency;
};

const status = (text: string, negated = false): Term => ({ kind: 'equals', field: 'status', text, negated });
const trial = (negated: boolean): Term => ({ kind: 'is', what: 'trial', negated });
const within = (field: DateField, comparison: '<' | '>=', days: number): Term => ({
  ...{ kind: 'date', field, comparison, when: { kind: 'days', days }, negated: false },
});
/** Leaves out rows of which nothing runs out any more. */
export const living: Filter = [status('cancelled', true), status('expired', true)];
/** Rows that ended up to this many days ago and are still active are included. */
const daysAfter = 7;

export function cancellations(cache: RowsOf, look: DeadlineQuery): FindingItems {
  return closing(cache, look, 'cancellation', 'cancel', living, (row) => {
    const { isFixed, ...then } = nextOf(look.rulesOf(row), 'cancellation', row, askThenShow(row));
    return {
      why: 'the period in which you can cancel or lower seats ends',
      brief: 'cancel period ends',
      ...then,
      state: renewalState(row),
      most: isFixed ? 'soon' : 'now',
    };
  });
}

export function trials(cache: RowsOf, look: DeadlineQuery): FindingItems {
  return closing(cache, look, 'trial', 'ends', [...living, trial(false)], (row) => {
    const { isFixed, ...then } = nextOf(look.rulesOf(row), 'trial', row, askThenShow(row));
    return {
      ...(renews(row)
        ? { why: 'the trial becomes a paid subscription', brief: 'trial becomes paid' }
        : { why: 'the trial ends', brief: 'trial ends' }),
      ...then,
      state: renewalState(row),
      most: isFixed || isDecided(row) ? 'soon' : 'now',
    };
  });
}

export function renewals(cache: RowsOf, look: DeadlineQuery): FindingItems {
  return closing(cache, look, 'renewal', 'ends', [...living, trial(true)], (row) => {
    const { isFixed, ...then } = nextOf(look.rulesOf(row), 'renewal', row, askThenShow(row));
    return {
      ...renewalWhy(row),
      ...then,
      state: renewalState(row),
      most: atMost(isFixed ? 'soon' : 'now', mostOfRenewal(row)),
    };
  });
}

/** The same for every kind that may be merged into one item of the subscription. */
function renewalState({ renewal }: Subscription): FoundItem['state'] {
  return [renewal?.mode ?? null];
}

/** What is already decided, or happens without a decision, is never `now`. */
function mostOfRenewal(row: Subscription): Urgency {
  if (renews(row)) return 'later';
  return isDecided(row) ? 'soon' : 'now';
}

function isDecided(row: Subscription): boolean {
  return renews(row) || row.renewal?.mode === 'cancel';
}

/** By itself, unchanged or not. */
function renews({ renewal }: Subscription): boolean {
  return renewal?.mode === 'auto' || renewal?.mode === 'change';
}

/** Ended but still active: the vendor is late, or somebody still pays for it. */
export function* ended(cache: RowsOf, look: DeadlineQuery): FindingItems {
  const { connections, limit, ...reader } = look;
  const filter = [status('active'), within('ends', '>=', -daysAfter), within('ends', '<', 0)];
  const query = { ...among(connections, filter), sort: [{ field: 'ends', descending: true }] } as const;
  return yield* itemsOfRows(cache, query, { limit, goesOn: () => false }, (row) => {
    const isRenewed = renews(row);
    return {
      kind: 'ended',
      urgency: isRenewed ? 'later' : 'soon',
      connection: row.connection,
      ref: row.ref,
      ...who(row),
      why: isRenewed ? 'its term ended and no new term is shown yet' : 'its term ended but it is still active',
      brief: 'ended, still active',
      next: step('Read it again', `subscription show ${shellWord(row.ref)} --live`, 'Enter', 'open'),
      advice: null,
      deadline: deadlineOf(row.endsAt, reader),
      journalId: null,
      state: [row.status],
    };
  });
}

export function suspended(cache: ChangedRowsOf, look: DeadlineQuery): FindingItems {
  return startNotices(cache, look, 'suspended', (row) => {
    const rules = look.rulesOf(row);
    const costs = rules?.suspended ?? null;
    const { isFixed: _, ...then } = nextOf(rules, 'suspended', row, showDetails(row));
    return {
      why: `suspended${own(row)}${costs === null ? '' : `: ${costs.why}`}`,
      brief: costs?.brief ?? 'suspended',
      ...then,
      most: costs === null ? 'later' : 'soon',
    };
  });
}

export function errors(cache: ChangedRowsOf, look: DeadlineQuery): FindingItems {
  return startNotices(cache, look, 'error', (row) => ({
    why: `the vendor reports it as failed${own(row)}`,
    brief: row.vendorStatus === null ? 'failed at vendor' : `vendor reports ${row.vendorStatus}`,
    next: showDetails(row),
    advice: 'Ask the vendor',
    most: 'soon',
  }));
}

function askThenShow({ ref }: Subscription): ItemNext {
  return step('Ask the customer; the subscription', `subscription show ${shellWord(ref)}`, 'Enter', 'open');
}

function showDetails({ ref }: Subscription): ItemNext {
  return step("The vendor's details", `subscription details ${shellWord(ref)}`, 'Enter', 'open');
}

/** Rows that are read without a pause: some milliseconds. */
const pageRows = 200;

type Rows = Omit<SubscriptionQuery, 'offset' | 'limit'>;

function among(connections: readonly string[], filter: Filter): Omit<Rows, 'sort'> {
  return { scope: [], connections, filter, search: null, distinct: true };
}

/** Items of the first `limit` rows, and of more while `goesOn` is true for the last one. */
function* itemsOfRows(
  cache: RowsOf,
  query: Rows,
  { limit, goesOn }: { readonly limit: number; readonly goesOn: (last: CachedSubscription) => boolean },
  itemOf: (row: CachedSubscription) => FoundItem,
): FindingItems {
  const items: FoundItem[] = [];
  for (;;) {
    const rest = limit - items.length;
    const page = rest > 0 ? Math.min(rest, pageRows) : pageRows;
    const { rows, total } = cache.subscriptionWindow({ ...query, offset: items.length, limit: page });
    items.push(...rows.map(itemOf));
    const last = rows.at(-1);
    if (last === undefined || items.length >= total) return { items, total: items.length };
    if (items.length >= limit && !goesOn(last)) return { items, total };
    yield;
  }
}

/** Rows whose date runs out between now and so many days from now, the nearest first: what a list says of `ends<90d`. */
function closing(
  cache: RowsOf,
  { connections, days, limit, ...reader }: DeadlineQuery,
  kind: ItemKind,
  field: DateField,
  filter: Filter,
  say: (row: Subscription) => Sayings,
): FindingItems {
  const writtenOf = (row: Subscription) => (field === 'ends' ? row.endsAt : row.cancellableUntil) ?? '';
  const instantOf = (row: Subscription) => endOf(writtenOf(row)) ?? reader.now;
  const query = {
    ...among(connections, [...filter, within(field, '<', days)]),
    sort: [{ field, descending: false }],
  };
  const isDueNow = (row: Subscription) => instantOf(row) <= reader.now + day;
  return itemsOfRows(cache, query, { limit, goesOn: isDueNow }, (row) => {
    const { most, ...said } = say(row);
    return {
      kind,
      urgency: atMost(most, urgencyOf(instantOf(row), reader.now)),
      connection: row.connection,
      ref: row.ref,
      ...who(row),
      ...said,
      deadline: deadlineOf(writtenOf(row), reader),
      journalId: null,
    };
  });
}

/** Rows in a status that only a person can resolve. */
function startNotices(
  cache: ChangedRowsOf,
  { connections, limit }: DeadlineQuery,
  kind: 'suspended' | 'error',
  say: (row: Subscription) => Omit<Sayings, 'state'>,
): FindingItems {
  const query = { ...among(connections, [status(kind)]), sort: [{ field: 'qty', descending: true }] } as const;
  return itemsOfRows(cache, query, { limit, goesOn: () => false }, (row) => {
    const { most, ...said } = say(row);
    return {
      kind,
      urgency: most,
      connection: row.connection,
      ref: row.ref,
      ...who(row),
      ...said,
      // The same status a second time is a new item.
      state: [row.vendorStatus, row.endsAt, statusSince(cache, row)],
      deadline: null,
      journalId: null,
    };
  });
}

/** When the status was first seen, through any connection; null: no change to it is known. */
function statusSince(cache: ChangedRowsOf, { ref, sameAs, status: current }: CachedSubscription): string | null {
  const seen = [ref, ...sameAs].flatMap((each) => {
    const reference = parseReference(each);
    const last = reference === null ? undefined : cache.changes(reference).find(({ field }) => field === 'status');
    return last?.to === current ? [last.seenAt] : [];
  });
  return seen.toSorted()[0] ?? null;
}

function renewalWhy({ renewal }: Subscription): Pick<FoundItem, 'why' | 'brief'> {
  const count = (of: number | null) => (of === null ? '' : ` with ${seats(of)}`);
  switch (renewal?.mode) {
    case 'auto':
      return { why: `it renews automatically${count(renewal.quantity)}`, brief: 'renews automatically' };
    case 'change': {
      const plan = renewal.plan === null ? '' : `, plan ${renewal.plan}`;
      return { why: `it renews with changes${count(renewal.quantity)}${plan}`, brief: 'renews with changes' };
    }
    case 'cancel':
      return { why: 'it ends (no renewal)', brief: 'ends, not renewed' };
    case 'manual':
    case 'none':
      return { why: 'without renewal it ends', brief: 'ends unless renewed' };
    default:
      return { why: 'it ends or renews (the vendor does not say which)', brief: 'ends or renews' };
  }
}

function own({ vendorStatus }: Subscription): string {
  return vendorStatus === null ? '' : ` (${vendorStatus})`;
}
