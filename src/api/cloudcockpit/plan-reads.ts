import type { SafeText } from '../../model/text.ts';
import type { PlanReading, PlanReads, Reading, Target, Unsaid } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { isSameId, oneObject, underAskedId } from '../identity.ts';
import { withKnown } from '../known-fields.ts';
import { askedName, calledBy, placeSaid } from '../said-name.ts';
import { objectWire } from '../wire-list.ts';
import { readRow } from '../wire-row.ts';
import type { CloudcockpitClient, Names } from './client.ts';
import { customerSubscriptions } from './lists.ts';
import { listFields, readDetail, searchEverywhere } from './reads.ts';
import { companyWire } from './wire.ts';

export function planReads(client: CloudcockpitClient): PlanReads {
  return {
    subscription: (target, signal) => readForPlan(client, target, signal),
    place: async (level, id, signal) =>
      placeSaid(id, level === 'organization' ? await companyName(client, 'Customers', id, signal) : null),
  };
}

/** Nobody is known by name before the vendor said it. */
const nameless: Names = { organization: () => null, reseller: () => null };

/**
 * The detail, joined with what only the customer's list says (product, service, prices), both read now. Companies stand in
 * both by their ids only: they are asked what they are called.
 */
async function readForPlan(
  client: CloudcockpitClient,
  target: Target,
  signal?: AbortSignal,
): Promise<PlanReading | null> {
  const reading = await detailAndItem(client, target, signal);
  if (reading === null) return null;
  const { subscription } = reading;
  const { organization, reseller } = subscription;
  const [organizationName, resellerName] = await Promise.all([
    organization === null ? null : companyName(client, 'Customers', organization.id, signal),
    // The reseller that this access belongs to is called by the connection's title.
    reseller === null || client.role.kind === 'reseller'
      ? (reseller?.name ?? null)
      : companyName(client, 'Resellers', reseller.id, signal),
  ]);
  const unsaid: Unsaid[] = [];
  if (organization !== null && organizationName === null) unsaid.push({ field: 'organization', calledBy: 'id' });
  if (reseller !== null && client.role.kind === 'reseller') unsaid.push({ field: 'reseller', calledBy: 'title' });
  else if (reseller !== null && resellerName === null) unsaid.push({ field: 'reseller', calledBy: 'id' });
  if (subscription.product === null) unsaid.push({ field: 'product', calledBy: 'id' });
  if (subscription.services.length === 0) unsaid.push({ field: 'services', calledBy: 'id' });
  return {
    ...reading,
    subscription: {
      ...subscription,
      organization: organization === null ? null : calledBy(organization.id, organizationName),
      reseller: reseller === null ? null : calledBy(reseller.id, resellerName),
    },
    unsaid,
  };
}

async function detailAndItem(
  client: CloudcockpitClient,
  { id, known }: Target,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const found = known?.organization ? known : (await searchEverywhere(client, id, signal))?.subscription;
  if (!found?.organization) return null;
  const customerId = found.organization.id;
  const object = await readDetail(client, { ...found, id }, signal);
  const reading = object === null ? null : client.readingOf(object, customerId, nameless);
  if (reading === null) return null;
  const detail = underAskedId(reading, id);
  const item = await itemOf(client, customerId, id, signal);
  return { ...detail, subscription: withKnown(detail.subscription, item?.subscription ?? null, listFields) };
}

/** What the customer's list says of one subscription; null where it is not on it. */
async function itemOf(
  client: CloudcockpitClient,
  customerId: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Reading | null> {
  const options = { names: nameless, signal, onIncomplete: () => {} };
  for await (const { items } of customerSubscriptions(client, customerId, options)) {
    const item = items.find(({ subscription }) => isSameId(subscription.id, id));
    if (item !== undefined) return item;
  }
  return null;
}

function companyName(
  { read }: CloudcockpitClient,
  folder: 'Customers' | 'Resellers',
  id: string,
  signal: AbortSignal | undefined,
): Promise<SafeText | null> {
  return askedName(async () => {
    const call = { path: `/v1/${folder}${path`/${id}`}`, asked: oneObject({ id }), signal };
    const object = await read.get(call, objectWire);
    return readRow(companyWire, object)?.row.companyName ?? null;
  });
}
