import * as v from 'valibot';
import { FaultError } from '../../model/fault.ts';
import type { Addon, DetailSection, Product, Subscription } from '../../model/subscription.ts';
import type { Order, Reading, Target } from '../contract.ts';
import type { ReadCall } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import { listOf, oneObject, underAskedId } from '../identity.ts';
import { safeJsonObject } from '../json.ts';
import { licenseKeysIn, withoutLicenseKeys } from '../license-key.ts';
import { plainFields } from '../plain-fields.ts';
import { listWire, objectWire } from '../wire-list.ts';
import { readRow } from '../wire-row.ts';
import type { InterworksClient } from './client.ts';
import { addonsOf, namedValuesOf, orderOf, productsOf } from './map.ts';
import { orderWire, subscriptionWire } from './wire.ts';

export function subscriptionPath(id: string): string {
  return path`/api/subscriptions/${id}`;
}

function subscriptionCall(id: string, signal: AbortSignal | undefined): ReadCall {
  return { path: subscriptionPath(id), asked: oneObject({ id }, {}, { addons: partOf(id) }), signal };
}

/** What belongs to a subscription names it, where it names any. */
function partOf(id: string) {
  return { subscriptionId: id, parentSubscriptionId: id };
}

export async function readSubscription(
  client: InterworksClient,
  { id }: Pick<Target, 'id'>,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const object = await client.read.find(subscriptionCall(id, signal), objectWire);
  const found = object === null ? null : client.reading(object);
  return found === null ? null : underAskedId(found, id);
}

/** Out of the subscription; from their own list where it does not hold them. */
export async function readAddons(
  client: InterworksClient,
  { id }: Subscription,
  signal?: AbortSignal,
): Promise<readonly Addon[]> {
  const object = await client.read.get(subscriptionCall(id, signal), objectWire);
  const held = object.addons ?? object.Addons;
  if (Array.isArray(held)) return addonsOf(held);
  const call = { path: `${subscriptionPath(id)}/addons`, asked: listOf(partOf(id)), signal };
  return addonsOf((await client.read.find(call, listWire)) ?? []);
}

/** Characteristics, instalment plan, custom fields, and every field of the subscription that the row has no place for. */
export async function readDetails(
  client: InterworksClient,
  { id }: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const at = subscriptionPath(id);
  const object = await client.read.get(subscriptionCall(id, signal), objectWire);
  const asked = listOf(partOf(id));
  const characteristics = await values(client, { path: `${at}/characteristics`, asked, signal });
  const planCall = { path: `${at}/currentInstallmentplan`, asked, signal };
  const plan = await optional(() => client.read.find(planCall, v.unknown()));
  const customFields = await values(client, { path: `${at}/customfields`, asked, signal });
  const more = plainFields(safeJsonObject(object), Object.keys(subscriptionWire.entries));
  const keys = licenseKeysIn([object, characteristics.value, plan.value, customFields.value]);
  const sections: readonly DetailSection[] = [
    {
      title: 'Characteristics',
      fields: namedValuesOf(characteristics.value ?? []),
      empty: characteristics.why ?? 'The subscription has no characteristics.',
    },
    {
      title: 'Instalment plan',
      fields: planFields(plan.value),
      empty: plan.why ?? 'The subscription has no instalment plan.',
    },
    {
      title: 'Custom fields',
      fields: namedValuesOf(customFields.value ?? []),
      empty: customFields.why ?? 'The subscription has no custom fields.',
    },
    { title: 'More', fields: more, empty: 'interworks.cloud gives no further data.' },
  ];
  return withoutLicenseKeys(sections, keys);
}

function values(client: InterworksClient, call: ReadCall) {
  return optional(() => client.read.find(call, v.nullable(listWire)));
}

/** One part that this user may not see does not hide the others. */
async function optional<Value>(
  read: () => Promise<Value>,
): Promise<{ readonly value: Value | null; readonly why: string | null }> {
  try {
    return { value: await read(), why: null };
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind === 'denied') return { value: null, why: error.fault.message };
    throw error;
  }
}

/** [A] A list of `{name, code, value}` like the characteristics, or any object. */
function planFields(plan: unknown): DetailSection['fields'] {
  const items = v.safeParse(listWire, plan);
  const named = items.success ? namedValuesOf(items.output) : [];
  return named.some(({ value }) => value !== null) ? named : plainFields(safeJsonObject(plan));
}

const mostPagesOfProducts = 50;

export async function readProducts(client: InterworksClient, signal?: AbortSignal): Promise<readonly Product[]> {
  return productsOf(await everything(client, '/api/products', mostPagesOfProducts, signal));
}

/** Orders whose items are looked up one by one, where the list does not hold them. */
const mostLookedUp = 100;

export async function readOrders(client: InterworksClient, signal?: AbortSignal): Promise<readonly Order[]> {
  const orders: Order[] = [];
  for (const item of await everything(client, '/api/orders', 10, signal)) {
    const wire = readRow(orderWire, item)?.row;
    if (!wire) continue;
    const isLookedUp = !wire.items && orders.length < mostLookedUp;
    const itemsCall = { path: path`/api/orders/${wire.id}/items`, asked: listOf({ orderId: wire.id }), signal };
    const items = isLookedUp ? await client.read.find(itemsCall, listWire) : wire.items;
    orders.push(orderOf(wire, items ?? []));
  }
  return orders;
}

async function everything(
  client: InterworksClient,
  at: string,
  mostPages: number,
  signal: AbortSignal | undefined,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let pages = 0;
  for await (const { items } of client.pages({ path: at, signal }, { onIncomplete: () => {} })) {
    for (const item of items) all.push(item);
    if (++pages >= mostPages) break;
  }
  return all;
}
