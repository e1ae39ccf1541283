import { FaultError, fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Addon, DetailSection, HistoryEntry, Product, Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { ProductPlace, Reading, Target } from '../contract.ts';
import { exactText } from '../exact-values.ts';
import type { ReadCall } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import { isSameId, listOf, oneObject, underAskedId } from '../identity.ts';
import { isJsonObject } from '../json.ts';
import { withKnown } from '../known-fields.ts';
import { noLicenseKey } from '../license-key.ts';
import { plainFields } from '../plain-fields.ts';
import { safeText } from '../text.ts';
import { listWire, objectWire } from '../wire-list.ts';
import { historyAsked, historyPaths, organizationNamed } from './assumptions.ts';
import type { CloudmoreClient } from './client.ts';
import { addonsOf, historyOf, productsOf } from './map.ts';
import { subscriptionWire } from './wire.ts';

/** The address of a subscription's service within its organization. Throws if the row does not name both. */
function servicePath(client: CloudmoreClient, { name, organization, services, connection }: Subscription): string {
  const service = services[0];
  if (organization === null || service === undefined) {
    const message = `Cloudmore did not give the organization and service of ${name}; its address needs both.`;
    throw fault('missing', message, `Run \`subdeck sync ${shellWord(connection)}\`, then try again.`, { connection });
  }
  return client.root + path`/organizations/${organization.id}/services/${service.id}`;
}

export function subscriptionPath(client: CloudmoreClient, subscription: Subscription): string {
  return client.level === 'seller'
    ? client.root + path`/subscriptions/${subscription.id}`
    : servicePath(client, subscription) + path`/subscriptions/${subscription.id}`;
}

/** Reads a known subscription. The answer must name the id and, if the path has an organization, that too. */
export function subscriptionCall(
  client: CloudmoreClient,
  target: Subscription,
  signal: AbortSignal | undefined,
): ReadCall {
  const { id, organization, services } = target;
  const parts = { addons: { parentId: id, parentSubscriptionId: id } };
  const asked =
    client.level === 'seller'
      ? oneObject({ id }, {}, parts)
      : oneObject({ id, ...organizationNamed(organization?.id) }, { serviceId: services[0]?.id }, parts);
  return { path: subscriptionPath(client, target), asked, signal };
}

export async function readSubscription(
  client: CloudmoreClient,
  { id, known }: Target,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const object = await findObject(client, { id, known }, signal);
  const found = object === null ? null : client.reading(object, known);
  if (found === null) return null;
  const reading = underAskedId(found, id);
  // An organization's model may omit what the path says.
  const places = ['seller', 'reseller', 'organization', 'services'] as const;
  const subscription = withKnown(reading.subscription, known, places);
  // It names a reseller by id only; the name from a list is kept.
  const isNamed = known !== null && known.reseller !== null && known.reseller.id === subscription.reseller?.id;
  return { ...reading, subscription: isNamed ? { ...subscription, reseller: known.reseller } : subscription };
}

/** The vendor's object of a subscription; of the known row only the ids in its address are used. */
export async function findObject(
  client: CloudmoreClient,
  { id, known }: Target,
  signal: AbortSignal | undefined,
): Promise<object | null> {
  if (client.level === 'reseller' && known === null) return searchEverywhere(client, id, signal);
  const call =
    known === null
      ? { path: client.root + path`/subscriptions/${id}`, asked: oneObject({ id }), signal }
      : subscriptionCall(client, { ...known, id }, signal);
  return client.read.find(call, objectWire);
}

/** At reseller level an id alone has no address: each service's list is searched for it. */
async function searchEverywhere(client: CloudmoreClient, id: string, signal?: AbortSignal): Promise<object | null> {
  const services = await client.read.get({ path: `${client.root}/services`, asked: listOf({}), signal }, listWire);
  for (const service of services) {
    const wire = objectId(service);
    if (wire === null) continue;
    const list = {
      path: client.root + path`/services/${wire}/subscriptions`,
      asked: listOf({ serviceId: wire }),
      signal,
    };
    for await (const item of client.read.rows(list)) {
      if (typeof item === 'object' && item !== null && isSameId(objectId(item) ?? '', id)) return item;
    }
  }
  return null;
}

function objectId(item: unknown): string | null {
  return typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : null;
}

/** The audit trail. The path that answered last is tried first. */
export function historyReader(client: CloudmoreClient) {
  const paths = { either: [0, 1], document: [0], swagger: [1] }[client.choices['history-path']];
  let usual = paths[0] ?? 0;
  return async (target: Subscription, signal?: AbortSignal): Promise<readonly HistoryEntry[]> => {
    const service = servicePath(client, target);
    let refused: unknown = null;
    for (const which of [...paths].sort((one) => (one === usual ? -1 : 1))) {
      const call = {
        path: historyPaths[which === 0 ? 0 : 1](service, target.id),
        asked: historyAsked(target.id),
        signal,
      };
      const items = await client.read.find(call, listWire).catch((error: unknown) => {
        if (!(error instanceof FaultError) || error.fault.kind !== 'refused') throw error;
        refused = error;
        return null;
      });
      if (items === null) continue;
      usual = which;
      return historyOf(items);
    }
    if (refused !== null) throw refused;
    const message = `Cloudmore has no history of ${target.name}.`;
    throw fault('missing', message, 'Refresh the subscription: it may no longer exist.', {
      connection: client.connection,
    });
  };
}

export async function readAddons(
  client: CloudmoreClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly Addon[]> {
  const object = await client.read.get(subscriptionCall(client, target, signal), objectWire);
  const status = client.reading(object)?.subscription.status ?? target.status;
  return addonsOf(Array.isArray(object.addons) ? object.addons : [], status);
}

/**
 * What the row has no fields for: custom properties, add-ons with their prices, and every other field under a plain
 * label.
 */
export async function readDetails(
  client: CloudmoreClient,
  target: Subscription,
  signal?: AbortSignal,
): Promise<readonly DetailSection[]> {
  const object = await client.read.get(subscriptionCall(client, target, signal), objectWire);
  const raw = client.reading(object)?.raw ?? {};
  const shown = [...Object.keys(subscriptionWire.entries), 'customProperties'];
  return [
    licenseKeySection(raw),
    {
      title: 'Custom properties',
      fields: propertiesOf(raw.customProperties),
      empty: 'The subscription has no custom properties.',
    },
    {
      title: 'More',
      fields: [...statusFields(raw), ...addonFields(raw), ...plainFields(raw, shown)],
      empty: 'Cloudmore gives no further data.',
    },
  ];
}

function licenseKeySection(raw: JsonObject): DetailSection {
  if (!('licenseKey' in raw))
    return { title: 'Licence key', fields: [], empty: 'Cloudmore shows no licence key here.' };
  const value = safeText(raw.licenseKey === null ? noLicenseKey : 'set');
  return { title: 'Licence key', fields: [{ label: safeText('Licence key'), value }] };
}

/** The add-on list has no fields for their prices and products. */
function addonFields({ addons = null }: JsonObject): DetailSection['fields'] {
  return Array.isArray(addons) && addons.length > 0 ? plainFields({ 'add-on': addons }) : [];
}

/** The row has the status's word; a numeric status is shown here. */
function statusFields({ status = null }: JsonObject): DetailSection['fields'] {
  return isJsonObject(status) ? plainFields({ status }) : [];
}

function propertiesOf(list: JsonObject[string] | undefined): DetailSection['fields'] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: JsonObject[string]) => {
    if (!isJsonObject(item)) return [];
    const { name, propertyId, value } = item;
    const label = safeText(String(name ?? propertyId ?? 'unnamed'));
    return { label, value: value === null || value === undefined ? null : safeText(String(value)) };
  });
}

/** Price list of an organization or of the reseller; at seller level the products of a service. */
export async function readProducts(
  client: CloudmoreClient,
  { organization, service }: ProductPlace,
  signal?: AbortSignal,
): Promise<readonly Product[]> {
  if (service === null) {
    const next = 'Add --service S; `subdeck service list` shows the services.';
    throw fault('usage', 'Cloudmore has one price list for each service, so a service is required.', next, {
      connection: client.connection,
    });
  }
  const asked = listOf({ serviceId: service, organizationId: client.level === 'seller' ? null : organization });
  const call = { path: productsPath(client, organization, service), asked, signal };
  try {
    return productsOf(await client.read.get(call, listWire));
  } catch (error) {
    if (!asksFor(error, /currency/i) || client.level === 'seller') throw error;
    const currency = await currencyOf(client, organization, service, signal);
    if (currency === null) throw noCurrency(error, client.connection);
    const query = { currencyCode: currency, currency };
    return productsOf(await client.read.get({ ...call, query }, listWire));
  }
}

/** Whether a refusal names an omitted parameter. */
export function asksFor(error: unknown, parameter: RegExp): error is FaultError {
  if (!(error instanceof FaultError) || error.fault.kind !== 'refused') return false;
  const { vendor } = error.fault;
  return parameter.test(`${vendor?.code ?? ''} ${vendor?.message ?? ''}`);
}

/** The organization's currency, from itself or its subscriptions; else that of any subscription of the service. */
async function currencyOf(
  client: CloudmoreClient,
  organization: string | null,
  service: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const own = organization === null ? '' : path`/organizations/${organization}`;
  if (organization !== null) {
    const asked = oneObject({ id: organization });
    const object = await client.read.find({ path: client.root + own, asked, signal }, objectWire);
    const said = exactText(object, ['currencyCode', 'currency', 'defaultCurrency']);
    if (said !== undefined) return said;
  }
  const list = `${client.root}${own}${path`/services/${service}/subscriptions`}`;
  const asked = listOf({ serviceId: service, organizationId: organization });
  for await (const item of client.read.rows({ path: list, asked, signal })) {
    const said = exactText(item, ['currencyCode', 'currency']);
    if (said !== undefined) return said;
  }
  return null;
}

function noCurrency({ fault: refused }: FaultError, connection: string): FaultError {
  const message = 'Cloudmore requires a currency for this price list, but no subscription shows one.';
  return fault('refused', message, 'Open the price list in the Cloudmore portal.', {
    connection,
    vendor: refused.vendor,
  });
}

function productsPath(client: CloudmoreClient, organization: string | null, service: string): string {
  if (client.level === 'seller') return client.root + path`/services/${service}/products`;
  return organization === null
    ? client.root + path`/services/${service}/pricelist`
    : client.root + path`/organizations/${organization}/services/${service}/pricelist`;
}
