import * as v from 'valibot';
import { FaultError } from '../../model/fault.ts';
import type { DetailSection, Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { Reading, Target } from '../contract.ts';
import type { ReadCall } from '../http/read-client.ts';
import { oneObject, underAskedId } from '../identity.ts';
import { safeJsonObject } from '../json.ts';
import { plainFields } from '../plain-fields.ts';
import { isNone, subscriptionNamed } from './assumptions.ts';
import { domainIdOf, type LineworksClient, type Operation, partOf, subscriptionPath } from './client.ts';
import { customerBatches, customerCall } from './customers.ts';
import { customerOfRow } from './map.ts';
import { subscriptionsOf } from './sync.ts';
import { detailWire } from './wire.ts';

/** One subscription, read now; null if there is none. An id alone has no address: all customers are searched for it. */
export async function readOne(client: LineworksClient, target: Target, signal?: AbortSignal): Promise<Reading | null> {
  const customer = target.known === null ? null : customerOfRow(target.known);
  if (target.known === null || customer === null) return searchEverywhere(client, target.id, signal);
  const call = subscriptionCall({ ...target.known, id: target.id }, signal);
  const object = await orNull(client.get('subscription', call, detailWire));
  const reading = object === null ? null : client.readingOf(object, customer);
  return reading === null ? null : underAskedId(reading, target.id);
}

function subscriptionCall(target: Subscription, signal: AbortSignal | undefined): ReadCall {
  const asked = oneObject(subscriptionNamed(target.id, domainIdOf(target)));
  return { path: subscriptionPath(target), asked, signal };
}

async function searchEverywhere(client: LineworksClient, id: string, signal?: AbortSignal): Promise<Reading | null> {
  const onIncomplete = () => {};
  for await (const { customers } of customerBatches(client, { start: null, signal, onIncomplete })) {
    for (const customer of customers) {
      const readings = await subscriptionsOf(client, customer, { signal, onIncomplete });
      const found = readings.find(({ subscription }) => subscription.id === id);
      if (found) return found;
    }
  }
  return null;
}

/** The renewal as LINE WORKS has it; null for a subscription that does not renew. */
export function renewal(
  client: LineworksClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<JsonObject | null> {
  return part(client, 'renewal', target, signal);
}

/** The reservation; null if there is none. */
export function reservation(
  client: LineworksClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<JsonObject | null> {
  return part(client, 'reservation', target, signal);
}

/** The contract, the renewal, the reservation and the customer, as far as they exist. */
export async function details(
  client: LineworksClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const contract = await orNull(client.get('subscription', subscriptionCall(target, signal), detailWire));
  const customer = await orNull(client.get('customer', customerCall(domainIdOf(target), signal), anyObject));
  const { renewal: _renewal, ...fields } = safeJsonObject(contract);
  return [
    section('Contract', fields, 'LINE WORKS no longer has this subscription.'),
    section('Renewal', await renewal(client, target, signal), 'A free or trial plan has no renewal.'),
    section('Reservation', await reservation(client, target, signal), 'Nothing is reserved.'),
    section('Customer', safeJsonObject(customer), 'LINE WORKS does not have the customer.'),
  ];
}

const anyObject = v.looseObject({});

function section(title: string, raw: JsonObject | null, empty: string): DetailSection {
  const fields = plainFields(raw ?? {});
  return fields.length === 0 ? { title, fields, empty } : { title, fields };
}

/** An empty object means "none", as a 404 does. */
async function part(
  client: LineworksClient,
  operation: Operation & ('renewal' | 'reservation'),
  target: Subscription,
  signal?: AbortSignal,
): Promise<JsonObject | null> {
  const call = { path: `${subscriptionPath(target)}/${operation}`, asked: partOf(target), signal };
  const object = await orNull(client.get(operation, call, v.nullable(anyObject)));
  const raw = safeJsonObject(object);
  return isNone(raw) ? null : raw;
}

async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind === 'missing') return null;
    throw error;
  }
}
