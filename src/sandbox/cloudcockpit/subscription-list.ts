import { assumptions, limits, type Readings } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { wrongProperty } from './errors.ts';
import { offerAt } from './offers.ts';
import { page, type Query, readFlag, readWindow } from './paging.ts';
import type { StoredRow } from './stored-row.ts';
import type { ListedSubscription, ListPage } from './wire.ts';

/** Where a list looks: one customer, or all of them. Filters by status, reseller and offer are known for one customer only. */
export interface Scope {
  readonly customer: number | null;
  readonly withListPrices: boolean;
}

interface Wanted {
  readonly search: string;
  readonly statuses: readonly string[];
  readonly resellerId: string | undefined;
  readonly offerId: string | undefined;
  readonly sort: string;
  readonly ascending: boolean;
}

const keptViews = 8;

/** Lists subscriptions. Keeps the indexes (4 bytes each) of the last few results until something changes, never the rows. */
export function subscriptionList(dataset: Dataset): (scope: Scope, query: Query) => ListPage<ListedSubscription> {
  const views = new Map<string, Uint32Array>();
  let version = dataset.rows.version;
  return (scope, query) => {
    if (version !== dataset.rows.version || views.size >= keptViews) views.clear();
    version = dataset.rows.version;
    const window = readWindow(query);
    const wanted = readWanted(scope, query, dataset.readings['status-filter-name']);
    const name = JSON.stringify([scope.customer, wanted]);
    const view = views.get(name) ?? matching(dataset, scope, wanted);
    views.set(name, view);
    const items = (at: number) => {
      const held = dataset.rows.get(view[at] ?? -1);
      if (held === null) throw new RangeError('A listed subscription is gone.');
      return dataset.views.listed(held, scope.withListPrices);
    };
    return page(view.length, items, window);
  };
}

function readWanted({ customer }: Scope, query: Query, filter: Readings['status-filter-name']): Wanted {
  const sort = query('sortPropertyName') ?? assumptions.defaultSort;
  const known = limits.sortProperties.find((property) => property.toLowerCase() === sort.toLowerCase());
  if (known === undefined) throw wrongProperty('SortPropertyName', `'${sort}' is not a property to sort by.`);
  const one = customer !== null;
  const statuses = one && filter !== 'ignored' ? query(filter) : undefined;
  return {
    search: (query('searchValue') ?? '').toLowerCase(),
    statuses: statuses?.toLowerCase().split('|') ?? [],
    resellerId: one ? query('resellerId') : undefined,
    offerId: one ? query('offerId') : undefined,
    sort: known,
    ascending: readFlag(query, 'ascendingOrder') ?? assumptions.defaultAscending,
  };
}

function matching(dataset: Dataset, { customer }: Scope, wanted: Wanted): Uint32Array {
  const found: number[] = [];
  const unfiltered = `${wanted.search}${wanted.statuses}${wanted.resellerId ?? ''}${wanted.offerId ?? ''}` === '';
  for (const index of customer === null ? dataset.rows.indexes() : dataset.indexesOf(customer)) {
    const held = unfiltered ? null : dataset.rows.get(index);
    if (unfiltered || (held !== null && matches(dataset, held, wanted))) found.push(index);
  }
  if (wanted.sort !== 'StartDate') sortBy(found, (index) => keyOf(dataset.rows.get(index), wanted.sort));
  const view = Uint32Array.from(found);
  return wanted.ascending ? view : view.reverse();
}

function matches({ ids, parties }: Dataset, held: StoredRow, wanted: Wanted): boolean {
  const { search, statuses, resellerId, offerId } = wanted;
  const text = `${held.name ?? ''}\n${offerAt(held.offer).name}`.toLowerCase();
  if (!text.includes(search)) return false;
  if (statuses.length > 0 && !statuses.includes(held.status.toLowerCase())) return false;
  if (offerId !== undefined && ids.offer.of(held.offer) !== offerId) return false;
  const reseller = parties.resellerOf(held.customer);
  return resellerId === undefined || (reseller !== null && ids.reseller.of(reseller) === resellerId);
}

function keyOf(held: StoredRow | null, sort: string): string | number {
  if (held === null) return '';
  if (sort === 'EndDate') return held.end ?? Number.MAX_SAFE_INTEGER;
  return sort === 'Status' ? held.status : offerAt(held.offer).name;
}

function sortBy(indexes: number[], key: (index: number) => string | number): void {
  const keys = new Map(indexes.map((index) => [index, key(index)]));
  indexes.sort((a, b) => compare(keys.get(a) ?? '', keys.get(b) ?? '') || a - b);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
