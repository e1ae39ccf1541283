import { type Fault, FaultError } from '../../model/fault.ts';
import type { Reading } from '../contract.ts';
import { HeldList } from '../held-list.ts';
import { type PagedItems, pagesByNumber } from '../http/paging.ts';
import type { Query } from '../http/url-path.ts';
import { listOf } from '../identity.ts';
import { readingsOf } from '../readings.ts';
import { pageSize, queryNames, stableSort } from './assumptions.ts';
import { type CloudcockpitClient, type Names, subscriptionsPath } from './client.ts';
import { pageWire } from './wire.ts';

/** The query of a list, and who is told when the list may be incomplete. */
export interface ListOptions {
  readonly names: Names;
  readonly query?: Query;
  /** Rows per page; default: the maximum. */
  readonly size?: number;
  readonly start?: string | null;
  /** As a pager's. */
  ahead?(): number;
  readonly signal: AbortSignal | undefined;
  onTotal?(total: number | null): void;
  /** How long each answer was. */
  onBytes?(bytes: number): void;
  onIncomplete(fault: Fault): void;
  /** As a pager's. */
  onShortfall?(rows: number): void;
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
 * All subscriptions of one customer. A listed customer without a list of its own was deleted: the list of customers
 * includes deleted ones. Throws `FaultError`.
 */
export async function wholeCustomer(
  client: CloudcockpitClient,
  customerId: string,
  options: ListOptions,
): Promise<readonly Reading[]> {
  const readings = heldReadings(client.connection);
  try {
    await holdCustomer(client, customerId, options, readings);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.kind !== 'missing') throw error;
  }
  return readings.items;
}

export function heldReadings(connection: string): HeldList<Reading> {
  return new HeldList(connection, 'subscriptions of one customer');
}

/** Takes all subscriptions of one customer into a list that is held whole. Throws `FaultError`. */
export async function holdCustomer(
  client: CloudcockpitClient,
  customerId: string,
  options: ListOptions,
  readings: HeldList<Reading>,
): Promise<void> {
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
  };
  for await (const { items } of customerSubscriptions(client, customerId, { ...options, onBytes })) {
    readings.take(items, bytes);
    bytes = 0;
  }
}

function pages(
  { read, connection, readingOf }: CloudcockpitClient,
  path: string,
  customerId: string | null,
  { names, query, size = pageSize, start, ahead, signal, onTotal, onBytes, onIncomplete, onShortfall }: ListOptions,
): AsyncGenerator<PagedItems<Reading>, void, undefined> {
  const asked = listOf({ customerId });
  const sorted = { [queryNames.sort]: stableSort, [queryNames.ascending]: 'true', ...query };
  return pagesByNumber<Reading>(
    async (pageNumber, pageSize) => {
      const call = { path, asked, query: { pageNumber, pageSize, ...sorted }, signal };
      const { body: page, bytes } = await read.answer(call, pageWire);
      onBytes?.(bytes);
      onTotal?.(page.totalCount);
      const items = await readingsOf(page.items, (object) => readingOf(object, customerId, names), {
        connection,
        onIncomplete,
      });
      return { items, total: page.totalCount, size: page.size, hasNext: page.hasNextPage };
    },
    {
      connection,
      keyOf: ({ subscription }) => subscription.id,
      size,
      start: start ?? undefined,
      onIncomplete,
      ...(onShortfall && { onShortfall }),
      ...(ahead && { ahead }),
    },
  );
}
