import type { Journal } from '../journal/journal.ts';
import { latestEntries } from '../journal/latest-entries.ts';
import { organizationKey } from '../model/customer-link.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { parseReference } from '../model/reference.ts';
import type { Request } from '../model/request.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { creationsFor } from '../operations/create.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import type { Item } from '../today/item.ts';
import { shownItems } from '../today/shown-items.ts';
import { type TodayDeps, today } from '../today/today.ts';
import { type Attributed, whoChanged, withoutVendorStatus } from '../today/who-changed.ts';
import { type Customer, pinsOf } from './customer.ts';
import { addonsOf, type CustomerAddons } from './customer-addons.ts';
import { type CustomerMoney, moneyOfRows, subscriptionsOf } from './customer-rows.ts';

export interface PageDeps extends Omit<TodayDeps, 'connections' | 'proposals'> {
  readonly cache: TodayDeps['cache'] & Pick<CacheReader, 'answer' | 'subscriptionWindow'>;
  readonly journal: TodayDeps['journal'] & Pick<Journal, 'entries' | 'record' | 'requests' | 'revision'>;
  /** Whether a connection can list the add-ons of a subscription. */
  readonly asksAddons: (connection: string) => boolean;
}

/** Everything about a customer that is on this machine: cache and journal, no call. */
export interface CustomerPage extends CustomerAddons {
  /** Each subscription once. */
  readonly rows: readonly CachedSubscription[];
  /** Requests that are open. */
  readonly requests: readonly Request[];
  /** What Today has of it, the most urgent first, without what is snoozed or done. */
  readonly items: readonly Item[];
  readonly money: CustomerMoney;
  /** The latest first. */
  readonly changes: readonly Attributed[];
  /** The latest first. */
  readonly entries: readonly JournalEntry[];
  /** When the oldest of the rows was read, ISO 8601 UTC; null: there is none. */
  readonly readAt: string | null;
}

/** As many as a person looks through; `journal list` and `subscription changes` have older ones. */
const mostRecords = 1_000;
/** Items of each kind, beside those due within 24 hours. */
const mostOfAKind = 2_000;

export function customerPage(deps: PageDeps, customer: Pick<Customer, 'organizations'>, now: number): CustomerPage {
  const { cache, journal, asksAddons } = deps;
  const rows = subscriptionsOf(cache, customer);
  const belongs = membership(deps, customer, rows);
  return {
    rows,
    ...addonsOf(cache, rows, asksAddons),
    requests: journal.requests({ open: true }).filter(belongs),
    items: itemsOf(deps, customer, now),
    money: moneyOfRows(rows, deps.basisOf),
    changes: changesOf(deps, rows),
    entries: latestEntries(journal).filter(belongs),
    readAt: rows.map((row) => row.readAt).toSorted()[0] ?? null,
  };
}

/** Whether a request or an entry is about the customer: by its subscription, or by what the write knew of it. */
function membership(
  { journal, accountOf, cache }: PageDeps,
  { organizations }: Pick<Customer, 'organizations'>,
  rows: readonly CachedSubscription[],
): (of: Pick<Request, 'id' | 'ref'>) => boolean {
  const keys = new Set(organizations.map(({ key }) => key));
  const refs = new Set(rows.flatMap(({ ref, sameAs }) => [ref, ...sameAs]));
  const created = pinsOf({ organizations }).map(({ connection, id }) => creationsFor(connection, id ?? ''));
  return ({ id, ref }) => {
    const reference = parseReference(ref);
    if (reference === null || refs.has(ref)) return reference !== null;
    if (created.some((start) => ref.startsWith(start))) return true;
    if (cache.subscription(reference.connection, reference.id) !== null) return false;
    const record = journal.record(id);
    const account = record?.entry.account ?? accountOf(reference.connection);
    const organization = record?.target?.organization?.id;
    return account !== null && organization !== undefined && keys.has(organizationKey({ account, id: organization }));
  };
}

/** The rows are narrowed before they are counted: nothing of a customer is left out because others have more. */
function itemsOf(deps: PageDeps, customer: Pick<Customer, 'organizations'>, now: number): readonly Item[] {
  const { cache } = deps;
  const anyOf = pinsOf(customer);
  const narrowed: TodayDeps['cache'] = {
    subscriptionWindow: (query) => cache.subscriptionWindow({ ...query, anyOf }),
    subscription: (connection, id) => cache.subscription(connection, id),
    changes: (query) => cache.changes(query),
    freshness: (connection) => cache.freshness(connection),
  };
  const keys = new Set(customer.organizations.map(({ key }) => key));
  const connections = [...new Set(anyOf.map(({ connection }) => connection))];
  const { items } = today({ ...deps, cache: narrowed, connections, proposals: [] }, { now, limit: mostOfAKind });
  const own = items.filter(
    ({ organization, place }) =>
      organization !== null && keys.has(organizationKey({ account: place, id: organization.id })),
  );
  return shownItems(own, { filter: [], isRestingShown: false, owner: null }, now);
}

function changesOf({ cache, journal }: PageDeps, rows: readonly CachedSubscription[]): readonly Attributed[] {
  const changes = rows
    .flatMap(({ connection, id }) => cache.changes({ connection, id }))
    .sort((one, other) => (one.seenAt < other.seenAt ? 1 : one.seenAt > other.seenAt ? -1 : 0))
    .slice(0, mostRecords);
  return withoutVendorStatus(whoChanged(changes, { cache, journal }, []));
}
