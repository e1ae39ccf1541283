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
import { domainIdOf, type Operation, type Partner, partOf, subscriptionPath } from './client.ts';
import { customerBatches, customerCall } from './customers.ts';
import { customerOfRow } from './map.ts';
import { subscriptionsOf } from './sync.ts';
import { detailWire } from './wire.ts';

/** One subscription, fresh; null when there is no such one. An id alone has no address: it is looked for everywhere. */
export async function readOne(partner: Partner, target: Target, signal?: AbortSignal): Promise<Reading | null> {
  const customer = target.known === null ? null : customerOfRow(target.known);
  if (target.known === null || customer === null) return searchEverywhere(partner, target.id, signal);
  const call = subscriptionCall({ ...target.known, id: target.id }, signal);
  const object = await orNull(partner.get('subscription', call, detailWire));
  const reading = object === null ? null : partner.readingOf(object, customer);
  return reading === null ? null : underAskedId(reading, target.id);
}

function subscriptionCall(target: Subscription, signal: AbortSignal | undefined): ReadCall {
  const asked = oneObject(subscriptionNamed(target.id, domainIdOf(target)));
  return { path: subscriptionPath(target), asked, signal };
}

async function searchEverywhere(partner: Partner, id: string, signal?: AbortSignal): Promise<Reading | null> {
  const onDoubt = () => {};
  for await (const { customers } of customerBatches(partner, { start: null, signal, onDoubt })) {
    for (const customer of customers) {
      const readings = await subscriptionsOf(partner, customer, { signal, onDoubt });
      const found = readings.find(({ subscription }) => subscription.id === id);
      if (found) return found;
    }
  }
  return null;
}

/** The renewal as LINE WORKS has it; null for a subscription that does not renew. */
export function renewal(partner: Partner, target: Subscription, signal?: AbortSignal): Promise<JsonObject | null> {
  return part(partner, 'renewal', target, signal);
}

/** What is reserved for later; null for nothing. */
export function reservation(partner: Partner, target: Subscription, signal?: AbortSignal): Promise<JsonObject | null> {
  return part(partner, 'reservation', target, signal);
}

/** The contract, the renewal, the reservation and the customer, whatever of them there is. */
export async function details(
  partner: Partner,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const contract = await orNull(partner.get('subscription', subscriptionCall(target, signal), detailWire));
  const customer = await orNull(partner.get('customer', customerCall(domainIdOf(target), signal), anyObject));
  const { renewal: _renewal, ...fields } = safeJsonObject(contract);
  return [
    section('Contract', fields, 'LINE WORKS has no such subscription any more.'),
    section('Renewal', await renewal(partner, target, signal), 'A free or trial plan has no renewal.'),
    section('Reservation', await reservation(partner, target, signal), 'Nothing is reserved.'),
    section('Customer', safeJsonObject(customer), 'LINE WORKS does not know the customer.'),
  ];
}

const anyObject = v.looseObject({});

function section(title: string, raw: JsonObject | null, empty: string): DetailSection {
  const fields = plainFields(raw ?? {});
  return fields.length === 0 ? { title, fields, empty } : { title, fields };
}

/** An empty object says "none" as well as a 404 does. */
async function part(
  partner: Partner,
  operation: Operation & ('renewal' | 'reservation'),
  target: Subscription,
  signal?: AbortSignal,
): Promise<JsonObject | null> {
  const call = { path: `${subscriptionPath(target)}/${operation}`, asked: partOf(target), signal };
  const object = await orNull(partner.get(operation, call, v.nullable(anyObject)));
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
