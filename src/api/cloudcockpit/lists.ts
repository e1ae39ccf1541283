import { type Fault, FaultError } from '../../model/fault.ts';
import type { Reading } from '../contract.ts';
import { type PagedItems, pagesByNumber } from '../http/paging.ts';
import type { Query } from '../http/url-path.ts';
import { listOf } from '../identity.ts';
import { readingsOf } from '../readings.ts';
import { pageSize, queryNames, stableSort } from './assumptions.ts';
import { type CloudcockpitClient, type Names, subscriptionsPath } from './client.ts';
import { pageWire } from './wire.ts';

/** What a list is asked for, and who is told when it cannot be vouched for. */
export interface ListOptions {
  readonly names: Names;
  readonly query?: Query;
  /** Rows of a page; as many as are allowed where absent. */
  readonly size?: number;
  readonly start?: string | null;
  readonly signal: AbortSignal | undefined;
  onTotal?(total: number | null): void;
  onIncomplete(fault: Fault): void;
}

/** Every subscription of the tenant; for a CSP only. Throws `FaultError`. */
export function allSubscriptions(client: CloudcockpitClient, options: ListOptions) {
  return pages(client, '/v1/subscriptions', null, options);
}

/** The subscriptions of one customer, page by page. Throws `FaultError`. */
export function customerSubscriptions(client: CloudcockpitClient, customerId: string, options: ListOptions) {
  return pages(client, subscriptionsPath(customerId), customerId, options);
}

/**
 * All subscriptions of one customer. A customer that is listed and has no list of its own was deleted: the list of
 * customers has deleted ones too. Throws `FaultError`.
 */
export async function wholeCustomer(
  client: CloudcockpitClient,
  customerId: string,
  options: ListOptions,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  try {
    for await (const { items } of customerSubscriptions(client, customerId, options)) readings.push(...items);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'missing') throw error;
  }
  return readings;
}

function pages(
  { read, connection, readingOf }: CloudcockpitClient,
  path: string,
  customerId: string | null,
  { names, query, size = pageSize, start, signal, onTotal, onIncomplete }: ListOptions,
): AsyncGenerator<PagedItems<Reading>, void, undefined> {
  const asked = listOf({ customerId });
  const sorted = { [queryNames.sort]: stableSort, [queryNames.ascending]: 'true', ...query };
  return pagesByNumber<Reading>(
    async (pageNumber, pageSize) => {
      const page = await read.get({ path, asked, query: { pageNumber, pageSize, ...sorted }, signal }, pageWire);
      onTotal?.(page.totalCount);
      const items = await readingsOf(page.items, (object) => readingOf(object, customerId, names), {
        connection,
        onIncomplete,
      });
      return { items, total: page.totalCount, size: page.size, hasNext: page.hasNextPage };
    },
    { connection, keyOf: ({ subscription }) => subscription.id, size, start: start ?? undefined, onIncomplete },
  );
}
