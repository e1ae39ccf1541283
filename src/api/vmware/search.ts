import type { Fault } from '../../model/fault.ts';
import type { Filter, Term } from '../../model/filter.ts';
import { type PagedItems, pagesByResult } from '../paging.ts';
import { readingsOf } from '../readings.ts';
import type { LiveQuery, Page, Reading } from '../vendor.ts';
import { isBelow } from '../within.ts';
import { activeStatuses, billingEngineId, includeInactive, likeIsSubstring, pageLimit } from './assumptions.ts';
import { type Navigator, wrongKindOfOrganization } from './navigator.ts';
import { searchWire } from './wire.ts';

interface SearchFilter {
  readonly key: string;
  readonly operator: 'EQUALS' | 'LIKE';
  readonly value: string;
}

/** The body of a search. */
export interface SearchBody {
  readonly filters: readonly SearchFilter[];
  readonly sorter: { readonly key: string; readonly operator: 'ASC' | 'DESC' };
}

/** Everything there is, cancelled ones included: what is left out would look gone. */
export const everything: SearchBody = {
  filters: [includeInactive],
  sorter: { key: 'SUBSCRIPTION_END_DATE', operator: 'ASC' },
};

/** The pages of a search, each subscription once. Throws `FaultError`. */
export function searchPages(
  navigator: Navigator,
  body: SearchBody,
  options: {
    readonly start: string | null;
    readonly signal: AbortSignal | undefined;
    onTotal(total: number | null): void;
    onDoubt(fault: Fault): void;
  },
): AsyncGenerator<PagedItems<Reading>, void, undefined> {
  const { read, home, connection } = navigator;
  return pagesByResult<Reading>(
    async (start) => {
      const query = { pageLimit, pageStart: start };
      const call = { path: `${home}/subscriptions/search`, method: 'POST', query, json: body } as const;
      const page = await read.get({ ...call, signal: options.signal }, searchWire).catch((error: unknown) => {
        throw wrongKindOfOrganization(error, navigator);
      });
      options.onTotal(page.totalResultsCount);
      const items = readingsOf(page.results, navigator.readingOf, { connection, onDoubt: options.onDoubt });
      return { items, total: page.totalResultsCount, next: page.next };
    },
    {
      connection,
      keyOf: (reading) => reading.subscription.id,
      start: options.start ?? undefined,
      onDoubt: options.onDoubt,
    },
  );
}

/** Rows asked of the vendor itself. What it cannot be asked for, places included, is looked for in what it answers. */
export async function* search(
  navigator: Navigator,
  query: LiveQuery,
): AsyncGenerator<Page & { readonly applied: readonly number[] }, void, undefined> {
  const { body, applied } = searchBody(query);
  const missing: Fault[] = [];
  const options = { start: null, signal: query.signal, onTotal: () => {}, onDoubt: (one: Fault) => missing.push(one) };
  for await (const page of searchPages(navigator, body, options)) {
    const rows = page.items.filter(({ subscription }) => query.within.every((pin) => isBelow(subscription, pin)));
    const progress = { done: page.done, total: page.total };
    yield { rows, nodes: [], progress, resume: null, complete: false, missing: missing.splice(0), applied };
  }
}

/** What of a query VMware can be asked for, and which of its terms that answers in full (indexes into the filter). */
export function searchBody(query: Pick<LiveQuery, 'filter' | 'search' | 'sort'>): {
  readonly body: SearchBody;
  readonly applied: readonly number[];
} {
  const filters: SearchFilter[] = [];
  const applied: number[] = [];
  query.filter.forEach((term, index) => {
    const pushed = pushedFilter(term);
    if (pushed === null) return;
    filters.push(pushed.filter);
    if (pushed.inFull) applied.push(index);
  });
  const words = query.search === null ? [] : [query.search.trim()];
  const ids = words.filter((word) => billingEngineId.test(word));
  filters.push(...ids.map((word) => billingEngineFilter(word)));
  const inactive = { ...includeInactive, value: onlyActive(query.filter) ? 'false' : 'true' };
  const sortsByEnd = query.sort?.field === 'ends';
  return {
    body: {
      filters: [...filters, inactive],
      sorter: { key: 'SUBSCRIPTION_END_DATE', operator: sortsByEnd && query.sort?.descending ? 'DESC' : 'ASC' },
    },
    applied,
  };
}

function pushedFilter(term: Term): { readonly filter: SearchFilter; readonly inFull: boolean } | null {
  if (term.negated) return null;
  if ((term.kind === 'contains' || term.kind === 'equals') && term.field === 'org') {
    const filter = { key: 'CUSTOMER_NAME', operator: 'LIKE', value: term.text } as const;
    return { filter, inFull: likeIsSubstring && term.kind === 'contains' };
  }
  if (term.kind === 'word' && billingEngineId.test(term.text))
    return { filter: billingEngineFilter(term.text), inFull: true };
  return null;
}

function billingEngineFilter(id: string): SearchFilter {
  return { key: 'BILLING_ENGINE_SUBSCRIPTION_ID', operator: 'EQUALS', value: id.toUpperCase() };
}

/** True where a term lets through only statuses that the vendor counts as active. */
function onlyActive(filter: Filter): boolean {
  return filter.some(
    (term) => term.kind === 'equals' && term.field === 'status' && !term.negated && activeStatuses.includes(term.text),
  );
}
