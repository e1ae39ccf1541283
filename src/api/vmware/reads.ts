import type { DetailSection, Subscription } from '../../model/subscription.ts';
import type { Json, JsonObject } from '../../model/text.ts';
import type { Reading, Target } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { oneObject, underAskedId } from '../identity.ts';
import { safeJsonObject } from '../json.ts';
import { withKnown } from '../known-fields.ts';
import { plainFields } from '../plain-fields.ts';
import type { VmwareClient } from './client.ts';
import { detailWire } from './wire.ts';

/** What the detail may leave out although the list has it. */
const listFields = ['seller', 'reseller', 'organization', 'services', 'renewal', 'startsAt', 'endsAt'] as const;

/** One subscription by the detail, which knows the offer (product, price, billing, term) that the list leaves out. */
export async function readOne(client: VmwareClient, target: Target, signal?: AbortSignal): Promise<Reading | null> {
  const object = await detailOf(client, target.id, signal);
  const found = object === null ? null : client.readingOf(object);
  if (found === null) return null;
  const reading = underAskedId(found, target.id);
  const subscription = withKnown(reading.subscription, target.known, listFields);
  const isCalledAfterServices = reading.subscription.services.length > 0 || target.known === null;
  return {
    ...reading,
    subscription: isCalledAfterServices ? subscription : { ...subscription, name: target.known.name },
  };
}

/** Everything that the detail says beyond the row. */
export async function details(
  client: VmwareClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const object = await detailOf(client, target.id, signal);
  if (object === null) return [{ title: 'Subscription', fields: [], empty: 'VMware no longer has this subscription.' }];
  const { offerGroup, customerRef, resellerRef, serviceRefs, ...rest } = safeJsonObject(object);
  const offer = safeJsonObject(offerGroup);
  const subscription = { ...rest, ...given({ customer: customerRef, reseller: resellerRef, service: serviceRefs }) };
  return [
    { title: 'Subscription', fields: plainFields(subscription, rowFields) },
    { title: 'Offer', fields: plainFields(offer), ...(isNothing(offer) ? { empty: 'VMware shows no offer.' } : {}) },
  ];
}

function given(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function isNothing(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}

/** Shown as the row's own columns. */
const rowFields = ['id', 'status', 'startDate', 'endDate', 'subscriptionStartDate', 'subscriptionEndDate'];

function detailOf({ read, home }: VmwareClient, id: string, signal?: AbortSignal) {
  return read.find({ path: `${home}${path`/subscriptions/${id}`}`, asked: oneObject({ id }), signal }, detailWire);
}
