import { endOf } from '../model/date-text.ts';
import { cancellations, type DeadlineQuery, errors, type RowsOf, renewals, suspended, trials } from './cache-items.ts';
import { failing, type Missing, missing } from './connection-items.ts';
import type { Reader } from './deadline.ts';
import { type FoundItems, type Item, type ItemKind, itemKinds, urgencies } from './item.ts';
import { expiringDrafts, failures, type JournalItemDeps, stuckRequests, unknownWrites } from './journal-items.ts';
import type { DeadlineRulesOf } from './next-step.ts';

export interface TodayDeps extends JournalItemDeps {
  readonly cache: JournalItemDeps['cache'] & RowsOf & Parameters<typeof missing>[0];
  readonly connections: readonly string[];
  readonly rulesOf: DeadlineRulesOf;
}

export interface Today {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The most urgent first. */
  readonly items: readonly Item[];
  /** The number of items of a kind that are not in `items`; complete kinds are absent. */
  readonly leftOut: Readonly<Partial<Record<ItemKind, number>>>;
  readonly missing: readonly Missing[];
}

/**
 * What needs attention at all vendors, from the cache and the journal alone. `limit`: maximum of each kind. Queries
 * windows, never all rows: fast at any size.
 */
export function today(deps: TodayDeps, reader: WithLayouts): Today {
  const steps = todaySteps(deps, reader);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

type WithLayouts = Reader & { readonly limit: number };

/** The same, one query at a time: with a million rows each takes tens of milliseconds. */
export function* todaySteps(deps: TodayDeps, reader: WithLayouts): Generator<undefined, Today> {
  const { cache, connections, rulesOf } = deps;
  const { now, limit } = reader;
  const look: DeadlineQuery = { ...reader, connections, rulesOf, days: 90 };
  const questions: Readonly<Record<ItemKind, () => FoundItems>> = {
    unknown: () => unknownWrites(deps),
    failed: () => failures(deps, reader),
    draft: () => expiringDrafts(deps, reader),
    stuck: () => stuckRequests(deps, reader),
    cancellation: () => cancellations(cache, look),
    trial: () => trials(cache, look),
    connection: () => failing(cache, connections),
    error: () => errors(cache, look),
    renewal: () => renewals(cache, look),
    suspended: () => suspended(cache, look),
  };
  const items: Item[] = [];
  const leftOut: Partial<Record<ItemKind, number>> = {};
  for (const kind of itemKinds) {
    const found = questions[kind]();
    const shown = found.items.slice(0, limit);
    items.push(...shown);
    if (found.total > shown.length) leftOut[kind] = found.total - shown.length;
    yield;
  }
  return {
    at: new Date(now).toISOString(),
    items: items.sort(byUrgency),
    leftOut,
    missing: missing(cache, connections, now),
  };
}

/** Sooner deadlines first; items without one follow; then the costlier kinds to ignore. */
export function byUrgency(one: Item, other: Item): number {
  const instant = ({ deadline }: Item) => endOf(deadline?.at ?? null) ?? Number.POSITIVE_INFINITY;
  const [first, second] = [instant(one), instant(other)];
  return (
    urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) ||
    (first === second ? 0 : first - second) ||
    itemKinds.indexOf(one.kind) - itemKinds.indexOf(other.kind)
  );
}
