import { assumptions, type LastPageManner, lastPageManners, type Readings, shortPageEvery } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import type { Query, Term } from './query.ts';
import type { SubscriptionPage } from './wire.ts';

/** Which results to show: `start` counts from 1. */
export interface Window {
  readonly start: number;
  readonly limit: number;
}

const keptViews = 8;

/** Answers searches over a dataset. Keeps the indexes (4 bytes each) of the last few results, never the rows. */
export function searching(dataset: Dataset, readings: Readings): (query: Query, window: Window) => SubscriptionPage {
  const views = new Map<string, Uint32Array>();
  const viewOf = (query: Query): Uint32Array => {
    const name = JSON.stringify(query);
    const found = views.get(name) ?? matching(dataset, query);
    views.delete(name);
    views.set(name, found);
    for (const oldest of views.keys()) {
      if (views.size <= keptViews) break;
      views.delete(oldest);
    }
    return found;
  };
  return (query, window) => page(dataset, viewOf(query), window, readings['next-at-end']);
}

function page(
  dataset: Dataset,
  view: Uint32Array,
  { start, limit }: Window,
  manner: Readings['next-at-end'],
): SubscriptionPage {
  const asked = Math.min(limit, assumptions.maximumPageLimit);
  const total = view.length;
  const short = asked > 1 && Math.ceil(start / asked) % shortPageEvery === 0;
  const until = Math.min(total, start - 1 + (short ? Math.ceil(asked / 2) : asked));
  const results = Array.from(view.subarray(start - 1, until), (index) => dataset.subscription(index));
  if (manner === 'silent') return { current: start, results };
  const next = until < total ? until + 1 : lastNext(start, total, asked, manner);
  return { current: start, ...(next === null ? {} : { next }), results, totalResultsCount: total };
}

function lastNext(start: number, total: number, limit: number, chosen: LastPageManner | 'turns'): number | null {
  const inTurn = lastPageManners[(total + limit) % lastPageManners.length] ?? 'omitted';
  switch (chosen === 'turns' ? inTurn : chosen) {
    case 'omitted':
      return null;
    case 'same':
      return start;
    case 'zero':
      return 0;
    case 'beyond':
      return total + 1;
    case 'last-again':
      return Math.max(start, total);
  }
}

function matching(dataset: Dataset, { includeInactive, terms, sorter }: Query): Uint32Array {
  const view = new Uint32Array(dataset.size);
  let count = 0;
  for (let index = 0; index < dataset.size; index++) {
    if (!includeInactive && dataset.isInactive(index)) continue;
    if (terms.every((term) => holds(dataset, index, term))) view[count++] = index;
  }
  const found = view.slice(0, count);
  if (sorter.key !== 'SUBSCRIPTION_END_DATE') sortBy(found, (index) => text(dataset, index, sorter.key));
  return sorter.descending ? found.reverse() : found;
}

function holds(dataset: Dataset, index: number, { key, operator, value }: Term): boolean {
  const own = text(dataset, index, key);
  return operator === 'EQUALS' ? own === value : own.toLowerCase().includes(value.toLowerCase());
}

function text(dataset: Dataset, index: number, key: string): string {
  if (key === 'CUSTOMER_NAME') return dataset.customerName(index);
  return key === 'SUBSCRIPTION_ID' ? dataset.id(index) : dataset.billingEngineId(index);
}

function sortBy(view: Uint32Array, keyOf: (index: number) => string): void {
  const keys = new Map(Array.from(view, (index) => [index, keyOf(index)]));
  view.sort((a, b) => compare(keys.get(a) ?? '', keys.get(b) ?? '') || a - b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
