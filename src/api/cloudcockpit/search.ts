import { type Fault, FaultError } from '../../model/fault.ts';
import type { FoundPage, LiveQuery, Reading } from '../contract.ts';
import { pageSizeFor } from '../http/paging.ts';
import { isBelow } from '../is-below.ts';
import { pageSize } from './assumptions.ts';
import { type CloudcockpitClient, namesIn } from './client.ts';
import { directoryOf } from './directory.ts';
import { customerQuery, customersOf, generalQuery, searchText } from './list-queries.ts';
import { allSubscriptions, customerSubscriptions, type ListOptions } from './lists.ts';

/**
 * Rows searched at CloudCockpit: a search text, the order and, in the list of one customer, status, reseller and offer.
 * The list of all has no such filter. Which columns the vendor searches is not documented: a search is not exhaustive.
 */
export async function* search(
  client: CloudcockpitClient,
  query: LiveQuery,
): AsyncGenerator<FoundPage, void, undefined> {
  const { within, signal } = query;
  const missing: Fault[] = [];
  const onIncomplete = (fault: Fault) => missing.push(fault);
  const directory = await directoryOf(client, { signal, onIncomplete });
  const customers = customersOf(client.role, directory, query);
  const sorts = query.sort?.field === 'starts' || query.sort?.field === 'ends';
  const inOrder = sorts && (customers === null || customers.length === 1);
  const size = pageSizeFor(inOrder ? query.limit : null, pageSize);
  const common = { names: namesIn(directory), size, signal, onIncomplete };
  const lists =
    customers === null
      ? [allSubscriptions(client, { ...common, query: generalQuery(query) })]
      : customers.map((id) =>
          ofCustomer(client, id, {
            ...common,
            query: customerQuery(query, directory, client.choices['status-filter-name']),
          }),
        );
  let done = 0;
  for (const list of lists) {
    for await (const { items, total } of list) {
      done += items.length;
      yield {
        rows: items.filter(({ subscription }) => within.every((pin) => isBelow(subscription, pin))),
        nodes: [],
        progress: { done, total: lists.length === 1 ? total : null },
        resume: null,
        complete: false,
        missing: missing.splice(0),
        inOrder,
        exhaustive: searchText(query) === null,
      };
    }
  }
}

/** A customer that is listed and has no list of its own was deleted. */
async function* ofCustomer(
  client: CloudcockpitClient,
  id: string,
  options: ListOptions,
): AsyncGenerator<{ readonly items: readonly Reading[]; readonly total: number | null }, void, undefined> {
  try {
    yield* customerSubscriptions(client, id, options);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'missing') throw error;
  }
}
