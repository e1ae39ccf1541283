import type { SafeText } from '../../model/text.ts';
import type { PlanReading, PlanReads, Target } from '../contract.ts';
import { path } from '../http/url-path.ts';
import { oneObject } from '../identity.ts';
import { askedName, calledBy, placeSaid } from '../said-name.ts';
import { objectWire } from '../wire-list.ts';
import { readRow } from '../wire-row.ts';
import type { InterworksClient } from './client.ts';
import { readSubscription } from './reads.ts';
import { accountWire } from './wire.ts';

export function planReads(client: InterworksClient): PlanReads {
  return {
    subscription: (target, signal) => readForPlan(client, target, signal),
    place: async (level, id, signal) =>
      placeSaid(id, level === 'organization' ? await accountName(client, id, signal) : null),
  };
}

async function readForPlan(
  client: InterworksClient,
  target: Target,
  signal?: AbortSignal,
): Promise<PlanReading | null> {
  const reading = await readSubscription(client, target, signal);
  const organization = reading?.subscription.organization ?? null;
  if (reading === null || organization === null) return reading === null ? null : { ...reading, unsaid: [] };
  // The subscription carries its account's name; where it names the account by its id only, the account is asked.
  const isNamed = organization.name !== calledBy(organization.id, null).name;
  const name = isNamed ? organization.name : await accountName(client, organization.id, signal);
  return {
    ...reading,
    subscription: { ...reading.subscription, organization: calledBy(organization.id, name) },
    unsaid: name === null ? [{ field: 'organization', calledBy: 'id' }] : [],
  };
}

function accountName(client: InterworksClient, id: string, signal: AbortSignal | undefined): Promise<SafeText | null> {
  return askedName(async () => {
    const call = { path: path`/api/accounts/${id}`, asked: oneObject({ id }), signal };
    const object = await client.read.get(call, objectWire);
    const wire = readRow(accountWire, object)?.row;
    return wire?.name ?? wire?.code ?? null;
  });
}
