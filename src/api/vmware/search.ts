import type { Fault } from '../../model/fault.ts';
import type { Filter, Term } from '../../model/filter.ts';
import type { FoundPage, LiveQuery, Reading } from '../contract.ts';
import { type PagedItems, pageSizeFor, pagesByResult } from '../http/paging.ts';
import { listOf } from '../identity.ts';
import { isBelow } from '../is-below.ts';
import { narrowedOrWhole } from '../narrowed-or-whole.ts';
import { readingsOf } from '../readings.ts';
import { activeStatuses, billingEngineId, inactiveFilter, like, namesHaveSpaces, pageLimit } from './assumptions.ts';
import { type VmwareClient, wrongKindOfOrganization } from './client.ts';
import { searchWire } from './wire.ts';

interface SearchFilter {
  readonly key: string;
  readonly operator: 'EQUALS' | 'LIKE';
  readonly value: string | boolean;
}

/** The body of a search. */
export interface SearchBody {
  readonly filters: readonly SearchFilter[];
  readonly sorter: { readonly key: string; readonly operator: 'ASC' | 'DESC' };
}

/** Everything there is, cancelled ones included: what is left out would look gone. */
export function everything({ choices }: VmwareClient): SearchBody {
  return {
    filters: [inactiveFilter(true, choices['inactive-value'])],
    sorter: { key: 'SUBSCRIPTION_END_DATE', operator: 'ASC' },
  };
}

/** The pages of a search, each subscription once. Throws `FaultError`. */
export function searchPages(
  client: VmwareClient,
  body: SearchBody,
  options: {
    readonly start: string | null;
    /** Results of a page; the usual number where absent. */
    readonly limit?: number;
    /** As a pager's. */
    ahead?(): number;
    readonly signal: AbortSignal | undefined;
    onTotal(total: number | null): void;
    onIncomplete(fault: Fault): void;
    /** As a pager's. */
    onShortfall?(rows: number): void;
  },
): AsyncGenerator<PagedItems<Reading>, void, undefined> {
  const { read, home, connection } = client;
  return pagesByResult<Reading>(
    async (start) => {
      const query = { pageLimit: options.limit ?? pageLimit, pageStart: start };
      const call = {
        path: `${home}/subscriptions/search`,
        asked: listOf({}),
        method: 'POST',
        query,
        json: body,
      } as const;
      const page = await read.get({ ...call, signal: options.signal }, searchWire).catch((error: unknown) => {
        throw wrongKindOfOrganization(error, client);
      });
      options.onTotal(page.totalResultsCount);
      const items = await readingsOf(page.results, client.readingOf, {
        connection,
        onIncomplete: options.onIncomplete,
      });
      return { items, total: page.totalResultsCount, next: page.next };
    },
    {
      connection,
      keyOf: (reading) => reading.subscription.id,
      start: options.start ?? undefined,
      onIncomplete: options.onIncomplete,
      ...(options.onShortfall && { onShortfall: options.onShortfall }),
      ...(options.ahead && { ahead: options.ahead }),
    },
  );
}

/** Rows asked of the vendor itself. What it cannot be asked for, places included, is looked for in what it answers. */
export async function* search(client: VmwareClient, query: LiveQuery): AsyncGenerator<FoundPage, void, undefined> {
  const { body, exhaustive } = searchBody(client, query);
  const inOrder = query.sort?.field === 'ends';
  const limit = pageSizeFor(inOrder ? query.limit : null, pageLimit);
  const missing: Fault[] = [];
  const onIncomplete = (one: Fault) => missing.push(one);
  const pages = (asked: SearchBody) =>
    searchPages(client, asked, { start: null, limit, signal: query.signal, onTotal: () => {}, onIncomplete });
  let isNarrowed = true;
  const found = narrowedOrWhole(pages(body), () => {
    isNarrowed = false;
    return pages(everything(client));
  });
  for await (const { items, done, total } of found) {
    yield {
      rows: items.filter(({ subscription }) => query.within.every((pin) => isBelow(subscription, pin))),
      nodes: [],
      progress: { done, total },
      resume: null,
      complete: false,
      missing: missing.splice(0),
      inOrder: inOrder && isNarrowed,
      exhaustive: exhaustive || !isNarrowed,
    };
  }
}

/** Everything of the customers whose name holds this one. */
export function ofCustomer(client: VmwareClient, name: string): SearchBody {
  const all = everything(client);
  return { ...all, filters: [{ key: 'CUSTOMER_NAME', operator: like, value: name }, ...all.filters] };
}

/**
 * What of a query VMware can be asked for. Texts narrow, but not exhaustively: names are not folded there as they are here,
 * and a billing engine's id is looked for as a whole.
 */
function searchBody(
  { choices }: VmwareClient,
  query: Pick<LiveQuery, 'filter' | 'search' | 'sort'>,
): {
  readonly body: SearchBody;
  readonly exhaustive: boolean;
} {
  const texts = [
    ...query.filter.map(textFilter),
    query.search !== null && billingEngineId.test(query.search.trim()) ? billingEngine(query.search.trim()) : null,
  ].filter((one) => one !== null);
  const ids = query.filter.map(idFilter).filter((one) => one !== null);
  const inactive = inactiveFilter(!onlyActive(query.filter), choices['inactive-value']);
  const sortsByEnd = query.sort?.field === 'ends';
  return {
    body: {
      filters: [...texts, ...ids, inactive],
      sorter: { key: 'SUBSCRIPTION_END_DATE', operator: sortsByEnd && query.sort?.descending ? 'DESC' : 'ASC' },
    },
    exhaustive: texts.length === 0,
  };
}

function textFilter(term: Term): SearchFilter | null {
  if (term.negated) return null;
  if (term.kind === 'word') return billingEngineId.test(term.text) ? billingEngine(term.text) : null;
  if ((term.kind !== 'contains' && term.kind !== 'equals') || term.field !== 'org') return null;
  // `=` takes an id as well, and no filter does.
  const isName = term.kind === 'contains' || namesHaveSpaces.test(term.text);
  return isName ? { key: 'CUSTOMER_NAME', operator: like, value: term.text } : null;
}

function idFilter(term: Term): SearchFilter | null {
  if (term.negated || term.kind !== 'equals' || term.field !== 'id') return null;
  return { key: 'SUBSCRIPTION_ID', operator: 'EQUALS', value: term.text };
}

function billingEngine(id: string): SearchFilter {
  return { key: 'BILLING_ENGINE_SUBSCRIPTION_ID', operator: 'EQUALS', value: id.toUpperCase() };
}

/** True where a term lets through only statuses that the vendor counts as active. */
function onlyActive(filter: Filter): boolean {
  return filter.some(
    (term) => term.kind === 'equals' && term.field === 'status' && !term.negated && activeStatuses.includes(term.text),
  );
}
