import type { Named } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import type { PlanReading, PlanReads, Target, Unsaid } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { oneObject, underAskedId } from '../identity.ts';
import { askedName, calledBy, placeSaid } from '../said-name.ts';
import { objectWire } from '../wire-list.ts';
import { readRow } from '../wire-row.ts';
import type { CloudmoreApi } from './client.ts';
import { findObject } from './reads.ts';
import { placeWire, subscriptionWire } from './wire.ts';

export function planReads(api: CloudmoreApi): PlanReads {
  return {
    subscription: (target, signal) => readForPlan(api, target, signal),
    place: async (level, id, signal) => placeSaid(id, await nameOf(api, level, id, signal)),
  };
}

async function readForPlan(
  api: CloudmoreApi,
  { id, known }: Target,
  signal?: AbortSignal,
): Promise<PlanReading | null> {
  const object = await findObject(api, { id, known }, signal);
  const reading = api.reading(object);
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
    const name = said ?? (await nameOf(api, level, companyId, signal));
    if (name === null) unsaid.push({ field: level, calledBy: 'id' });
    return calledBy(companyId, name);
  };
  const organizationId = subscription.organization?.id ?? known?.organization?.id;
  const organization = await company('organization', organizationId, wire.organizationName);
  // No call names the connection's own company: where the row does not, it is called by the connection's title.
  const own = (field: 'seller' | 'reseller', { id: ownId, name: title }: Named, said: SafeText | null): Named => {
    if (said === null) unsaid.push({ field, calledBy: 'title' });
    return calledBy(ownId, said ?? title);
  };
  const resellerSaid = wire.resellerName ?? wire.brokerName;
  const reseller =
    api.reseller === null
      ? await company('reseller', subscription.reseller?.id, resellerSaid)
      : own('reseller', { ...api.reseller, id: subscription.reseller?.id ?? api.reseller.id }, resellerSaid);
  const seller = api.level === 'seller' ? own('seller', api.seller, wire.sellerName) : api.seller;
  const isServiceSaid = subscription.services.length > 0;
  if (!isServiceSaid) unsaid.push({ field: 'services', calledBy: 'id' });
  const services = isServiceSaid
    ? subscription.services
    : (known?.services ?? []).map((service) => calledBy(service.id, null));
  return { ...reading, subscription: { ...subscription, seller, reseller, organization, services }, unsaid };
}

function nameOf(
  api: CloudmoreApi,
  level: 'reseller' | 'organization' | 'service',
  id: string,
  signal: AbortSignal | undefined,
): Promise<SafeText | null> {
  const organizations = api.level === 'seller' ? 'SellerOrganizations' : 'organizations';
  const folder = { reseller: 'resellers', organization: organizations, service: 'services' }[level];
  return askedName(async () => {
    const call = { path: `${api.root}/${folder}${path`/${id}`}`, asked: oneObject({ id }), signal };
    const object = await api.read.get(call, objectWire);
    const wire = readRow(placeWire, object)?.row;
    return wire?.name ?? wire?.companyName ?? null;
  });
}
