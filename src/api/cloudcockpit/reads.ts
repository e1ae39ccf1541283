import { fieldsAs } from '../../model/field-names.ts';
import type { Addon, DetailSection, Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { Reading, Target } from '../contract.ts';
import { isSameId, oneObject, underAskedId } from '../identity.ts';
import { parseVendorJson, safeJson, safeJsonObject } from '../json.ts';
import { withKnown } from '../known-fields.ts';
import { plainFields } from '../plain-fields.ts';
import { readRow } from '../wire-row.ts';
import { type CloudcockpitClient, namesIn, namesOf, subscriptionPath } from './client.ts';
import { directoryOf } from './directory.ts';
import { allSubscriptions, heldReadings, holdCustomer, wholeCustomer } from './lists.ts';
import { detailWire, subscriptionWire } from './wire.ts';

/** What only the list says, and the words that the detail may leave out. */
export const listFields = [
  'reseller',
  'organization',
  'services',
  'product',
  'parentId',
  'isAddon',
  'isTrial',
  'prices',
  'cancellableUntil',
  ...fieldsAs('shared').map(({ property }) => property),
] as const;

/** One subscription by its detail, joined with what only the list says of it. */
export async function readOne(
  client: CloudcockpitClient,
  target: Target,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const { known, id } = target;
  if (known === null || known.organization === null) return searchEverywhere(client, id, signal);
  const object = await readDetail(client, { ...known, id }, signal);
  const found = object === null ? null : client.readingOf(object, known.organization.id, namesOf(known));
  if (found === null) return null;
  const reading = underAskedId(found, id);
  return { ...reading, subscription: withKnown(reading.subscription, known, listFields), facts: factsOf(object) };
}

/** What a change is asked for by, under the names of its plan. Without another billing frequency the present one goes on. */
function factsOf(detail: unknown): JsonObject {
  const wire = readRow(subscriptionWire, detail)?.row;
  if (wire === undefined) return {};
  const autoRenewEnabled = wire.autoRenewEnabled ?? wire.autoRenewal;
  const next = wire.nextBillingFrequency ?? wire.billingFrequency;
  return {
    ...(autoRenewEnabled === null ? {} : { autoRenewEnabled }),
    ...(next === null ? {} : { nextBillingFrequency: { billingFrequency: { name: next } } }),
  };
}

/** The vendor's own object by the detail; null when there is none any more. It names subscription and customer. [Stated.] */
export function readDetail({ read }: CloudcockpitClient, target: Subscription, signal?: AbortSignal) {
  const asked = oneObject({ id: target.id, customerId: target.organization?.id });
  return read.find({ path: subscriptionPath(target), asked, signal }, detailWire);
}

/** An id alone has no address: it is looked for in every list that this role has. */
export async function searchEverywhere(
  client: CloudcockpitClient,
  id: string,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const onIncomplete = () => {};
  const directory = await directoryOf(client, { signal, onIncomplete });
  const options = { names: namesIn(directory), signal, onIncomplete };
  const isIt = ({ subscription }: Reading) => isSameId(subscription.id, id);
  if (client.role.kind === 'csp') {
    for await (const { items } of allSubscriptions(client, options)) {
      const found = items.find(isIt);
      if (found) return underAskedId(found, id);
    }
    return null;
  }
  for (const customer of directory.customers) {
    const found = (await wholeCustomer(client, customer.id, options)).find(isIt);
    if (found) return underAskedId(found, id);
  }
  return null;
}

/** Subscriptions whose parent this one is. */
export async function addons(
  client: CloudcockpitClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly Addon[]> {
  const siblings = await siblingsOf(client, target, signal);
  return siblings
    .filter(({ subscription: { parentId } }) => parentId !== null && isSameId(parentId, target.id))
    .map(({ subscription: { id, name, quantity, status, endsAt } }) => {
      return { id, name, quantity, status, cancelAtPeriodEnd: false, endsAt };
    });
}

/** How the subscription renews and is billed from then on. */
export async function renewal(
  client: CloudcockpitClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<JsonObject | null> {
  const object = await readDetail(client, target, signal);
  if (object === null) return null;
  const { autoRenewEnabled = null, autoRenewSettings = null, nextBillingFrequency = null } = safeJsonObject(object);
  return { autoRenewEnabled, autoRenewSettings, nextBillingFrequency };
}

/** Everything else: what the list says of margin, offer and provider, and what the detail says of the renewal. */
export async function details(
  client: CloudcockpitClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const detail = safeJsonObject(await readDetail(client, target, signal));
  const siblings = await siblingsOf(client, target, signal);
  const item = siblings.find(({ subscription }) => isSameId(subscription.id, target.id))?.raw ?? {};
  const { providerData = null, customMargin = null, ...rest } = item;
  const shown = Object.keys(subscriptionWire.entries);
  const ids = { orderId: null, providerInstanceId: null, providerSubscriptionId: null, internalId: null };
  return [
    section(
      'Offer and ids',
      { ...kept(rest, shown), ...kept(item, [], Object.keys(ids)) },
      'The list does not contain it.',
    ),
    section('Margin', safeJsonObject(customMargin), 'It has no margin of its own.'),
    section(
      'Renewal',
      kept(detail, [...shown.filter((key) => !renewalKeys.includes(key)), ...Object.keys(rest)]),
      none,
    ),
    section('Provider', providerFields(providerData), 'The provider gives no further data.'),
  ];
}

const none = 'CloudCockpit no longer has this subscription.';
const renewalKeys = ['autoRenewEnabled', 'nextBillingFrequency'];

function kept(raw: JsonObject, without: readonly string[], only?: readonly string[]): JsonObject {
  const entries = Object.entries(raw).filter(([key]) => !without.includes(key) && (only?.includes(key) ?? true));
  return Object.fromEntries(entries);
}

function section(title: string, raw: JsonObject, empty: string): DetailSection {
  const fields = plainFields(raw);
  return fields.length === 0 ? { title, fields, empty } : { title, fields };
}

/** `providerData` is a text that mostly holds JSON. */
function providerFields(data: JsonObject[string]): JsonObject {
  if (typeof data !== 'string' || data === '') return safeJsonObject(data);
  try {
    const parsed = safeJson(parseVendorJson(data));
    return typeof parsed === 'object' && parsed !== null ? safeJsonObject(parsed) : { data };
  } catch {
    return { data };
  }
}

async function siblingsOf(
  client: CloudcockpitClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly Reading[]> {
  if (target.organization === null) return [];
  const options = { names: namesOf(target), signal, onIncomplete: () => {} };
  const readings = heldReadings(client.connection);
  await holdCustomer(client, target.organization.id, options, readings);
  return readings.items;
}
