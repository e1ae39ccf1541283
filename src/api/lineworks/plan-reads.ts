import type { SafeText } from '../../model/text.ts';
import type { PlanReading, PlanReads, Target } from '../contract.ts';
import { askedName, calledBy, placeSaid } from '../said-name.ts';
import { domainIdOf, type LineworksClient } from './client.ts';
import { customerCall } from './customers.ts';
import { readOne } from './reads.ts';
import { customerWire } from './wire.ts';

export function planReads(client: LineworksClient): PlanReads {
  return {
    subscription: (target, signal) => readForPlan(client, target, signal),
    place: async (level, id, signal) =>
      placeSaid(id, level === 'organization' ? await customerName(client, id, signal) : null),
  };
}

/** A subscription names its customer by the domain only: the customer is asked what it is called. */
async function readForPlan(client: LineworksClient, target: Target, signal?: AbortSignal): Promise<PlanReading | null> {
  const reading = await readOne(client, target, signal);
  if (reading === null) return null;
  const { subscription } = reading;
  const id = domainIdOf(subscription);
  const name = await customerName(client, id, signal);
  return {
    ...reading,
    subscription: { ...subscription, organization: calledBy(id, name) },
    unsaid: name === null ? [{ field: 'organization', calledBy: 'id' }] : [],
  };
}

function customerName(client: LineworksClient, id: string, signal: AbortSignal | undefined): Promise<SafeText | null> {
  return askedName(async () => {
    const { companyName, domain } = await client.get('customer', customerCall(id, signal), customerWire);
    return companyName ?? domain;
  });
}
