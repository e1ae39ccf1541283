import type { Named } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import type { PlanReading, PlanReads, Target, Unsaid } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { oneObject, underAskedId } from '../identity.ts';
import { askedName, calledBy, placeSaid } from '../said-name.ts';
import { objectWire } from '../wire-list.ts';
import { readRow } from '../wire-row.ts';
import type { CloudmoreClient } from './client.ts';
import { findObject } from './reads.ts';
import { placeWire, subscriptionWire } from './wire.ts';

export function planReads(client: CloudmoreClient): PlanReads {
  return {
    subscription: (target, signal) => readForPlan(client, target, signal),
    place: async (level, id, signal) => placeSaid(id, await nameOf(client, level, id, signal)),
  };
}

async function readForPlan(
  client: CloudmoreClient,
  { id, known }: Target,
  signal?: AbortSignal,
): Promise<PlanReading | null> {
  const object = await findObject(client, { id, known }, signal);
  const reading = client.reading(object);
  const wire = readRow(subscriptionWire, object)?.row;
  if (reading === null || wire === undefined) return null;
  const { subscription } = underAskedId(reading, id);
  const unsaid: Unsaid[] = [];
  const company = async (
    level: 'reseller' | 'organization',
    companyId: string | undefined,
    said: SafeText | null,
  ): Promise<Named | null> => {
    if (companyId === undefined) return null;
    const name = said ?? (await nameOf(client, level, companyId, signal));
    if (name === null) unsaid.push({ field: level, calledBy: 'id' });
    return calledBy(companyId, name);
  };
  const organizationId = subscription.organization?.id ?? known?.organization?.id;
  const organization = await company('organization', organizationId, wire.organizationName);
  // No call returns the connection's own company: if the row does not name it, the connection's title is used.
  const own = (field: 'seller' | 'reseller', { id: ownId, name: title }: Named, said: SafeText | null): Named => {
    if (said === null) unsaid.push({ field, calledBy: 'title' });
    return calledBy(ownId, said ?? title);
  };
  const resellerSaid = wire.resellerName ?? wire.brokerName;
  const reseller =
    client.reseller === null
      ? await company('reseller', subscription.reseller?.id, resellerSaid)
      : own('reseller', { ...client.reseller, id: subscription.reseller?.id ?? client.reseller.id }, resellerSaid);
  const seller = client.level === 'seller' ? own('seller', client.seller, wire.sellerName) : client.seller;
  const isServiceSaid = subscription.services.length > 0;
  if (!isServiceSaid) unsaid.push({ field: 'services', calledBy: 'id' });
  const services = isServiceSaid
    ? subscription.services
    : (known?.services ?? []).map((service) => calledBy(service.id, null));
  return { ...reading, subscription: { ...subscription, seller, reseller, organization, services }, unsaid };
}

function nameOf(
  client: CloudmoreClient,
  level: 'reseller' | 'organization' | 'service',
  id: string,
  signal: AbortSignal | undefined,
): Promise<SafeText | null> {
  const organizations = client.level === 'seller' ? 'SellerOrganizations' : 'organizations';
  const folder = { reseller: 'resellers', organization: organizations, service: 'services' }[level];
  return askedName(async () => {
    const call = { path: `${client.root}/${folder}${path`/${id}`}`, asked: oneObject({ id }), signal };
    const object = await client.read.get(call, objectWire);
    const wire = readRow(placeWire, object)?.row;
    return wire?.name ?? wire?.companyName ?? null;
  });
}
