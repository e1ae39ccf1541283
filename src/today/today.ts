import type { Journal } from '../journal/journal.ts';
import type { AccountKey } from '../model/account.ts';
import type { BasisOf, PriceBasis } from '../model/cost.ts';
import { linkedCustomers, organizationKey } from '../model/customer-link.ts';
import type { Proposal } from '../model/proposal.ts';
import { parseReference } from '../model/reference.ts';
import { unmarked } from '../model/today-mark.ts';
import { finished } from '../query/steps.ts';
import {
  type ChangedRowsOf,
  cancellations,
  type DeadlineQuery,
  ended,
  errors,
  renewals,
  suspended,
  trials,
} from './cache-items.ts';
import { failing, type Missing, missing, unread } from './connection-items.ts';
import type { Reader } from './deadline.ts';
import {
  type FindingItems,
  type FoundItem,
  type FoundItems,
  type Item,
  type ItemKind,
  itemKinds,
  keyOf,
  seatsAndMoney,
  urgencies,
} from './item.ts';
import { expiringDrafts, failures, type JournalItemDeps, stuckRequests, unknownWrites } from './journal-items.ts';
import { decisionOf, withoutRepeats } from './merge-items.ts';
import type { DeadlineRulesOf } from './next-step.ts';
import { proposedPlans } from './proposal-items.ts';

export interface ItemDeps {
  readonly journal: Pick<Journal, 'marks' | 'links'>;
  /** The account of a connection; null: it has none, or there is no such connection. */
  readonly accountOf: AccountOf;
  readonly basisOf: BasisOf;
}

export type AccountOf = (connection: string) => AccountKey | null;

export function accountsIn(connections: readonly { readonly name: string; readonly account: AccountKey }[]): AccountOf {
  return (connection) => connections.find(({ name }) => name === connection)?.account ?? null;
}

export function basesIn(
  connections: readonly { readonly name: string; readonly charging: { readonly basis: PriceBasis | null } }[],
): BasisOf {
  return (connection) => connections.find(({ name }) => name === connection)?.charging.basis ?? null;
}

export interface TodayDeps extends JournalItemDeps, Pick<ItemDeps, 'accountOf' | 'basisOf'> {
  readonly journal: JournalItemDeps['journal'] & ItemDeps['journal'];
  readonly cache: JournalItemDeps['cache'] & ChangedRowsOf & Parameters<typeof missing>[0];
  readonly connections: readonly string[];
  readonly rulesOf: DeadlineRulesOf;
  /** Plans that assistants proposed and nobody has run. */
  readonly proposals: readonly Proposal[];
}

export interface Today {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The most urgent first, with those that are snoozed or done: `isResting` tells. */
  readonly items: readonly Item[];
  /** The number of items of a kind that are not in `items`, none of them `now`; complete kinds are absent. */
  readonly leftOut: Readonly<Partial<Record<ItemKind, number>>>;
  readonly missing: readonly Missing[];
}

/**
 * What needs attention at all vendors, from the cache and the journal alone. `limit`: maximum of each kind beside what is due
 * within 24 hours. Queries windows, never all rows: fast at any size.
 */
export function today(deps: TodayDeps, reader: WithLimit): Today {
  return finished(todaySteps(deps, reader));
}

type WithLimit = Reader & { readonly limit: number };

/** The same, with pauses between parts: with a million rows all of it takes about a second. */
export function* todaySteps(deps: TodayDeps, reader: WithLimit): Generator<undefined, Today> {
  const { cache, connections, rulesOf } = deps;
  const { now } = reader;
  const look: DeadlineQuery = { ...reader, connections, rulesOf, days: 90 };
  const questions: Readonly<Record<ItemKind, () => FoundItems | FindingItems>> = {
    unknown: () => unknownWrites(deps),
    failed: () => failures(deps, reader),
    draft: () => expiringDrafts(deps, reader),
    stuck: () => stuckRequests(deps, reader),
    proposed: () => proposedPlans(deps.proposals, connections),
    cancellation: () => cancellations(cache, look),
    trial: () => trials(cache, look),
    connection: () => failing(cache, connections),
    unread: () => unread(cache, connections, now),
    error: () => errors(cache, look),
    renewal: () => renewals(cache, look),
    ended: () => ended(cache, look),
    suspended: () => suspended(cache, look),
  };
  const items: Item[] = [];
  const leftOut: Partial<Record<ItemKind, number>> = {};
  for (const kind of itemKinds) {
    const answer = questions[kind]();
    const found = 'next' in answer ? yield* answer : answer;
    for (const part of partsOf(found.items)) {
      items.push(...part.map((item) => identified(item, deps)));
      yield;
    }
    if (found.total > found.items.length) leftOut[kind] = found.total - found.items.length;
    yield;
  }
  return {
    at: new Date(now).toISOString(),
    items: inOrder(items, deps),
    leftOut,
    missing: missing(cache, connections, now),
  };
}

const partLength = 500;

function partsOf(items: readonly FoundItem[]): readonly (readonly FoundItem[])[] {
  const parts = Math.ceil(items.length / partLength);
  return Array.from({ length: parts }, (_, index) => items.slice(index * partLength, (index + 1) * partLength));
}

/** The found items, with KEYs and marks; equal items of one subscription are merged. The most urgent first. */
export function itemsOf(found: readonly FoundItem[], deps: ItemDeps): readonly Item[] {
  return inOrder(
    found.map((item) => identified(item, deps)),
    deps,
  );
}

function identified(item: FoundItem, { accountOf, basisOf }: Pick<ItemDeps, 'accountOf' | 'basisOf'>): Item {
  const place = placeOf(item, accountOf);
  const subject = subjectOf(item, place);
  const key = keyOf(decisionOf(item), subject);
  return {
    ...item,
    key,
    place,
    subject,
    ...seatsAndMoney(item.row, item.row === null ? null : basisOf(item.row.connection)),
    marks: unmarked,
    customer: null,
  };
}

function inOrder(items: readonly Item[], { journal }: Pick<ItemDeps, 'journal'>): readonly Item[] {
  return withMarks(withoutRepeats(items), journal).toSorted(byUrgency);
}

/** The items with what people said of them and of their organizations, as the journal has it now. */
export function withMarks(items: readonly Item[], journal: ItemDeps['journal']): readonly Item[] {
  const marks = journal.marks();
  const customers = customersOf(journal);
  return items.map((item) => ({ ...item, marks: marks.get(item.key) ?? unmarked, customer: customers(item) }));
}

/** By the organizations of items. The name is the customer's one, however people wrote it. */
function customersOf(journal: ItemDeps['journal']): (item: Pick<Item, 'place' | 'organization'>) => string | null {
  const linked = [...linkedCustomers(journal.links()).values()];
  const names = new Map(linked.flatMap(({ name, organizations }) => organizations.map((key) => [key, name] as const)));
  return ({ place, organization }) =>
    organization === null ? null : (names.get(organizationKey({ account: place, id: organization.id })) ?? null);
}

/** Ids are unique in an account, however its connection is called. */
function placeOf({ ref, connection }: FoundItem, accountOf: AccountOf): string {
  const name = (ref === null ? null : parseReference(ref)?.connection) ?? connection;
  return accountOf(name) ?? name;
}

/** What has no subscription is about its connection: an account may have several. */
function subjectOf({ ref, connection }: FoundItem, place: string): string {
  const reference = ref === null ? null : parseReference(ref);
  return JSON.stringify(reference === null ? [place, null, connection] : [place, reference.id]);
}

/** Sooner deadlines first; items without one follow; then the costlier kinds to ignore. */
function byUrgency(one: Item, other: Item): number {
  const instant = ({ deadline }: Item) => deadline?.end ?? Number.POSITIVE_INFINITY;
  const [first, second] = [instant(one), instant(other)];
  return (
    urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) ||
    (first === second ? 0 : first - second) ||
    itemKinds.indexOf(one.kind) - itemKinds.indexOf(other.kind)
  );
}

/** Snoozed or done: not on the list until the snooze ends, or the reason is another one. */
export function isResting({ marks: { done, snoozedUntil } }: Item, now: number): boolean {
  return done !== null || isSnoozed(snoozedUntil, now);
}

export function isSnoozed(until: string | null, now: number): boolean {
  return until !== null && Date.parse(until) > now;
}

/** The number in the status line and of `subdeck today`: what a person must decide or fix within 24 hours. */
export function countNow({ items }: Pick<Today, 'items'>, now: number): number {
  return items.filter((item) => item.urgency === 'now' && !isResting(item, now)).length;
}
