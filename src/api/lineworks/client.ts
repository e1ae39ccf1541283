import type * as v from 'valibot';
import type { Clock } from '../../model/clock.ts';
import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Named, Subscription } from '../../model/subscription.ts';
import { type Choices, choicesOf } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import { openConnection } from '../http/clients.ts';
import type { ProbeClient } from '../http/probe-client.ts';
import type { ReadCall, ReadClient } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import type { WriteClient } from '../http/write-client.ts';
import { type ExpectedIds, oneObject } from '../identity.ts';
import { safeJsonObject } from '../json.ts';
import { otherIds } from '../other-ids.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText } from '../text.ts';
import type { TakesTurns } from '../turns.ts';
import { readRow } from '../wire-row.ts';
import { lineworksAssumptions } from './assumptions.ts';
import { lineworksLimits } from './limits.ts';
import { type Customer, subscriptionOf } from './map.ts';
import { signIn } from './sign-in.ts';
import { subscriptionWire } from './wire.ts';

/** The operations whose calls LINE WORKS counts each by itself. */
export type Operation = 'customers' | 'customer' | 'subscriptions' | 'subscription' | 'renewal' | 'reservation';

/** One partner, and how its objects become readings. */
export interface LineworksClient extends TakesTurns<LineworksClient> {
  readonly connection: string;
  /** The connection stands for the partner itself (contract §1). */
  readonly self: Named;
  readonly clock: Clock;
  readonly choices: Choices<typeof lineworksAssumptions>;
  readonly write: WriteClient;
  readonly probe: ProbeClient;
  /** Throws `FaultError`. */
  get<Schema extends v.GenericSchema>(
    operation: Operation,
    call: ReadCall,
    schema: Schema,
  ): Promise<v.InferOutput<Schema>>;
  /** Null for what is no subscription: no object, or one without an id. */
  readingOf(object: unknown, customer: Customer): Reading | null;
}

/** Opens no socket. Throws `usage` faults for addresses that cannot be. */
export function openClient(setup: VendorSetup): LineworksClient {
  const { name: connection, settings, clock } = setup;
  const { read, readInBackground, readToRefresh, write, probe, width, timeFor } = openConnection(setup, {
    limits: lineworksLimits,
    baseUrl: settings.baseUrl ?? '',
    signIn: (secrets, line) => signIn({ connection, settings, now: clock.now }, secrets, line),
  });
  const self = { id: connection, name: safeText(setup.title) };
  const client: LineworksClient = {
    connection,
    self,
    clock,
    choices: choicesOf(lineworksAssumptions, settings),
    write,
    probe,
    width,
    timeFor,
    inBackground: () => ({ ...client, get: readsBy(readInBackground) }),
    toRefresh: () => ({ ...client, get: readsBy(readToRefresh) }),
    get: readsBy(read),
    readingOf(object, customer) {
      const wire = readRow(subscriptionWire, object);
      if (wire === null) return null;
      const readAt = new Date(clock.now()).toISOString();
      const subscription = subscriptionOf(wire.row, wire.surprises, { connection, partner: self, customer, readAt });
      if (subscription === null) return null;
      const externalIds = { ...otherIds(object, subscriptionWire), ...subscription.externalIds };
      return { subscription: { ...subscription, externalIds }, raw: safeJsonObject(object) };
    },
  };
  return client;
}

function readsBy(read: ReadClient): LineworksClient['get'] {
  return (operation, call, schema) => read.get({ ...call, operation }, schema);
}

/** The path of a customer's subscriptions. */
export function subscriptionsPath(domainId: string): string {
  return path`/partners/customers/${domainId}/subscriptions`;
}

/** The path of one subscription: every one names the customer too. Throws a `missing` fault where that is not known. */
export function subscriptionPath(target: Subscription): string {
  return subscriptionsPath(domainIdOf(target)) + path`/${target.id}`;
}

/** What belongs to a subscription (its renewal, an answer to its change) names it and its customer, where it names any. */
export function partOf(target: Subscription): ExpectedIds {
  return oneObject({}, { subscriptionId: target.id, domainId: domainIdOf(target) });
}

/** The customer a row belongs to. */
export function domainIdOf(target: Subscription): string {
  const id = target.externalIds.domainId ?? target.organization?.id;
  if (id !== undefined) return id;
  throw fault(
    'missing',
    `LINE WORKS finds ${target.ref} only through its customer, and the customer is not known.`,
    `Run \`subdeck sync ${shellWord(target.connection)}\`, then try again.`,
    { connection: target.connection },
  );
}
