import { endOf } from '../model/date-text.ts';
import type { Filter, Term } from '../model/filter.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Subscription } from '../model/subscription.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { deadlineOf, type Reader } from './deadline.ts';
import { type FoundItems, type Item, type ItemKind, seats, urgencyOf, who } from './item.ts';
import { type DeadlineRulesOf, nextOf } from './next-step.ts';

export type RowsOf = Pick<CacheReader, 'subscriptionWindow'>;

/** The range: `days` ahead, at most `limit` items of each kind. */
export interface DeadlineQuery extends Reader {
  readonly connections: readonly string[];
  readonly days: 2 | 7 | 30 | 60 | 90;
  readonly limit: number;
  readonly rulesOf: DeadlineRulesOf;
}

type DateField = 'ends' | 'cancel';
type Sayings = Pick<Item, 'why' | 'brief' | 'next' | 'action'>;

const status = (text: string, negated = false): Term => ({ kind: 'equals', field: 'status', text, negated });
const trial = (negated: boolean): Term => ({ kind: 'is', what: 'trial', negated });
/** Leaves out rows of which nothing runs out any more. */
export const living: Filter = [status('cancelled', true), status('expired', true)];

export function cancellations(cache: RowsOf, look: DeadlineQuery): FoundItems {
  return closing(cache, look, 'cancellation', 'cancel', living, (row) => ({
    why: 'the period in which you can cancel or lower seats ends',
    brief: 'cancellation period ends',
    ...nextOf(look.rulesOf(row), 'cancellation', row, askThenShow(row)),
  }));
}

export function trials(cache: RowsOf, look: DeadlineQuery): FoundItems {
  return closing(cache, look, 'trial', 'ends', [...living, trial(false)], (row) => ({
    ...(row.renewal?.mode === 'auto'
      ? { why: 'the trial becomes a paid subscription', brief: 'trial becomes paid' }
      : { why: 'the trial ends', brief: 'trial ends' }),
    ...nextOf(look.rulesOf(row), 'trial', row, askThenShow(row)),
  }));
}

export function renewals(cache: RowsOf, look: DeadlineQuery): FoundItems {
  return closing(cache, look, 'renewal', 'ends', [...living, trial(true)], (row) => ({
    ...renewalWhy(row),
    ...nextOf(look.rulesOf(row), 'renewal', row, askThenShow(row)),
  }));
}

export function suspended(cache: RowsOf, look: DeadlineQuery): FoundItems {
  return startNotices(cache, look, 'suspended', (row) => {
    const rules = look.rulesOf(row);
    const costs = rules?.suspended ?? null;
    const otherwise = `See subdeck subscription details ${shellWord(row.ref)}, then ask the customer or the vendor`;
    return {
      why: `suspended${own(row)}${costs === null ? '' : `: ${costs.why}`}`,
      brief: costs?.brief ?? 'suspended',
      ...nextOf(rules, 'suspended', row, otherwise),
    };
  });
}

function askThenShow({ ref }: Subscription): string {
  return `Ask the customer, then see subdeck subscription show ${shellWord(ref)}`;
}

export function errors(cache: RowsOf, look: DeadlineQuery): FoundItems {
  return startNotices(cache, look, 'error', (row) => ({
    why: `the vendor reports it as failed${own(row)}`,
    brief: row.vendorStatus === null ? 'failed at vendor' : `vendor reports ${row.vendorStatus}`,
    next: `See subdeck subscription details ${shellWord(row.ref)}, then ask the vendor`,
    action: null,
  }));
}

/** Rows whose date runs out between now and so many days from now, the nearest first: what a list says of `ends<90d`. */
function closing(
  cache: RowsOf,
  { connections, days, limit, ...reader }: DeadlineQuery,
  kind: ItemKind,
  field: DateField,
  filter: Filter,
  say: (row: Subscription) => Sayings,
): FoundItems {
  const writtenOf = (row: Subscription) => (field === 'ends' ? row.endsAt : row.cancellableUntil) ?? '';
  const within: Term = { kind: 'date', field, comparison: '<', when: { kind: 'days', days }, negated: false };
  const { rows, total } = cache.subscriptionWindow({
    ...{ scope: [], connections, filter: [...filter, within], search: null, distinct: true, offset: 0, limit },
    sort: [{ field, descending: false }],
  });
  const items = rows.map(
    (row): Item => ({
      kind,
      urgency: urgencyOf(endOf(writtenOf(row)) ?? reader.now, reader.now),
      connection: row.connection,
      ref: row.ref,
      ...who(row),
      ...say(row),
      deadline: deadlineOf(writtenOf(row), reader),
      journalId: null,
    }),
  );
  return { items, total };
}

/** Rows in a status that only a person can resolve. */
function startNotices(
  cache: RowsOf,
  { connections, limit }: DeadlineQuery,
  kind: 'suspended' | 'error',
  say: (row: Subscription) => Sayings,
): FoundItems {
  const query = { scope: [], connections, filter: [status(kind)], search: null, distinct: true, offset: 0, limit };
  const { rows, total } = cache.subscriptionWindow({ ...query, sort: [{ field: 'qty', descending: true }] });
  return {
    total,
    items: rows.map((row) => ({
      kind,
      urgency: kind === 'error' ? 'now' : 7,
      connection: row.connection,
      ref: row.ref,
      ...who(row),
      ...say(row),
      deadline: null,
      journalId: null,
    })),
  };
}

function renewalWhy({ renewal }: Subscription): Pick<Item, 'why' | 'brief'> {
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
