import { type Fault, fault } from '../../model/fault.ts';
import type { Pin } from '../../model/scope.ts';
import type { NodeFact } from '../contract.ts';
import { pagesByCursor } from '../http/paging.ts';
import type { ReadCall } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import { listOf, oneObject } from '../identity.ts';
import { readRow } from '../wire-row.ts';
import type { LineworksClient } from './client.ts';
import { type Customer, customerOf } from './map.ts';
import { customersWire, customerWire } from './wire.ts';

/** Customers asked for a page: the most that is allowed. [Stated by the vendor.] */
const customersPerPage = 30;

/** A page of customers, with the marks of this page and of the next (null: the first, none). */
export interface CustomerBatch {
  readonly customers: readonly Customer[];
  readonly at: string | null;
  readonly next: string | null;
}

/** All customers, by cursor. Throws `FaultError`. */
export async function* customerBatches(
  client: LineworksClient,
  options: {
    readonly start: string | null;
    readonly signal: AbortSignal | undefined;
    onIncomplete(fault: Fault): void;
  },
): AsyncGenerator<CustomerBatch, void, undefined> {
  const { start, signal, onIncomplete } = options;
  const { connection } = client;
  let at = start;
  const pages = pagesByCursor<Customer>(
    async (cursor) => {
      const query = { count: customersPerPage, orderBy: 'name asc', cursor };
      const page = await client.get(
        'customers',
        { path: '/partners/customers', asked: listOf({}), query, signal },
        customersWire,
      );
      const items = page.customers.map(readCustomer).filter((customer) => customer !== null);
      if (items.length < page.customers.length) onIncomplete(nameless(connection));
      return { items, total: null, cursor: page.responseMetaData?.nextCursor ?? null };
    },
    { connection, keyOf: ({ organization }) => organization.id, start: start ?? undefined, onIncomplete },
  );
  for await (const { items, next } of pages) {
    yield { customers: items, at, next };
    at = next;
  }
}

/** One customer by its domain id. Throws a `missing` fault where there is none. */
export async function customerById(
  client: LineworksClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Customer> {
  const found = await client.get('customer', customerCall(id, signal), customerWire);
  return customerOf(found) ?? { organization: { id, name: client.self.name }, domain: null, externalIds: {} };
}

export function customerCall(domainId: string, signal: AbortSignal | undefined): ReadCall {
  return { path: path`/partners/customers/${domainId}`, asked: oneObject({ domainId }), signal };
}

/** A customer as a node of the tree. */
export function nodeOf({ connection, self }: LineworksClient, { organization, domain }: Customer): NodeFact {
  const pin = (level: Pin['level']): Pin => ({ level, connection, id: self.id });
  return { ...organization, level: 'organization', domain, parents: [pin('seller'), pin('reseller')] };
}

function readCustomer(object: unknown): Customer | null {
  const wire = readRow(customerWire, object);
  return wire === null ? null : customerOf(wire.row);
}

function nameless(connection: string): Fault {
  const message = 'A customer without a domain id was skipped, with its subscriptions.';
  return fault('partial', message, 'Report it to the vendor: every customer should have one.', { connection }).fault;
}
