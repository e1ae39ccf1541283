import type { Fault } from '../../model/fault.ts';
import type { Pin } from '../../model/scope.ts';
import type { Page, Reading, SyncScope } from '../contract.ts';
import { listOf } from '../identity.ts';
import { isBelow } from '../is-below.ts';
import { oneAhead } from '../one-ahead.ts';
import { readEach } from '../read-each.ts';
import { readingsOf } from '../readings.ts';
import { resumeOf, resumeStateOf } from '../resume-state.ts';
import { type LineworksClient, subscriptionsPath } from './client.ts';
import { type CustomerBatch, customerBatches, customerById, nodeOf } from './customers.ts';
import type { Customer } from './map.ts';
import { subscriptionsWire } from './wire.ts';

/**
 * Customer by customer: a page of customers, then the subscriptions of each, the next page beside them. One that fails is named in `missing` and
 * makes the sync run incomplete. A sync run over one customer reads only that one. Throws `FaultError`.
 */
export async function* sync(client: LineworksClient, scope: SyncScope): AsyncGenerator<Page, void, undefined> {
  const { within, signal } = scope;
  const state = resumeStateOf(scope.resume);
  let missing: Fault[] = [];
  let missed = state.missed;
  let done = 0;
  const incomplete = (fault: Fault) => {
    missing.push(fault);
    missed = true;
  };
  const isWanted = ({ subscription }: Reading) => within === undefined || isBelow(subscription, within);
  const batches = batchesWithin(client, within, { start: state.at, signal, onIncomplete: incomplete });
  const read = readEach(placesIn(oneAhead(batches)), {
    width: client.width,
    nameOf: ({ customer }) => customer?.organization.name ?? '',
    read: async ({ customer }, onIncomplete) =>
      customer === null ? [] : subscriptionsOf(client, customer, { signal, onIncomplete }),
  });
  for await (const { place, items, missing: faults } of read) {
    const { customer, batch, isLast } = place;
    for (const fault of faults) incomplete(fault);
    if (customer !== null) done += 1;
    yield {
      rows: items.filter(isWanted),
      nodes: customer === null || within?.level === 'service' ? [] : [nodeOf(client, customer)],
      progress: { done, total: null },
      // In the midst of a batch an interrupted sync run begins with the batch again.
      resume: resumeOf({ at: isLast ? batch.next : batch.at, total: null, missed }),
      complete: isLast && batch.next === null && !missed,
      missing,
      shortfall: 0,
    };
    missing = [];
  }
}

/** A customer of a batch; null: the batch has none. */
interface CustomerPlace {
  readonly customer: Customer | null;
  readonly batch: CustomerBatch;
  readonly isLast: boolean;
}

async function* placesIn(batches: AsyncIterable<CustomerBatch>): AsyncGenerator<CustomerPlace, void, undefined> {
  for await (const batch of batches) {
    const { customers } = batch;
    if (customers.length === 0) yield { customer: null, batch, isLast: true };
    for (const [index, customer] of customers.entries()) {
      yield { customer, batch, isLast: index === customers.length - 1 };
    }
  }
}

interface ListOptions {
  readonly signal: AbortSignal | undefined;
  onIncomplete(fault: Fault): void;
}

/** The customers to read. A node that is not the connection's own has nothing below it. */
async function* batchesWithin(
  client: LineworksClient,
  within: Pin | undefined,
  asking: ListOptions & { readonly start: string | null },
): AsyncGenerator<CustomerBatch, void, undefined> {
  const isElsewhere = (within?.level === 'seller' || within?.level === 'reseller') && within.id !== client.self.id;
  const isNobody = within?.level === 'organization' && within.id === null;
  if (isElsewhere || isNobody) yield { customers: [], at: null, next: null };
  else if (within?.level === 'organization' && within.id !== null) {
    yield { customers: [await customerById(client, within.id, asking.signal)], at: null, next: null };
  } else yield* customerBatches(client, asking);
}

/** The subscriptions of one customer. Throws `FaultError`. */
export async function subscriptionsOf(
  client: LineworksClient,
  customer: Customer,
  asking: ListOptions,
): Promise<readonly Reading[]> {
  const { connection } = client;
  const domainId = customer.organization.id;
  const call = { path: subscriptionsPath(domainId), asked: listOf({ domainId }), signal: asking.signal };
  const { subscriptions } = await client.get('subscriptions', call, subscriptionsWire);
  const readingOf = (object: unknown) => client.readingOf(object, customer);
  return readingsOf(subscriptions, readingOf, { connection, onIncomplete: asking.onIncomplete });
}
