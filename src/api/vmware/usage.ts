import * as v from 'valibot';
import type { Pin } from '../../model/scope.ts';
import type { Named } from '../../model/subscription.ts';
import type { NodeFact } from '../contract.ts';
import { listOf } from '../identity.ts';
import { showId } from '../text.ts';
import { readRow } from '../wire-row.ts';
import { serviceOf, type VmwareClient } from './client.ts';
import { customerUsageWire, resellerUsageWire } from './wire.ts';

/**
 * Resellers, their customers and the customers' services, as the usage of customers lists them: no list of resellers alone
 * is documented. Throws `FaultError`.
 */
export async function usageNodes(client: VmwareClient, signal: AbortSignal | undefined): Promise<readonly NodeFact[]> {
  const call = { path: `${client.home}/usage/customers`, asked: listOf({}), signal };
  const groups = await client.read.get(call, v.array(v.unknown()));
  const seller: Pin = { level: 'seller', connection: client.connection, id: client.orgId };
  const top: NodeFact = { ...client.seller, level: 'seller', domain: null, parents: [] };
  return [top, ...groups.flatMap((group) => resellerNodes(group, seller))];
}

function resellerNodes(group: unknown, seller: Pin): readonly NodeFact[] {
  const wire = readRow(resellerUsageWire, group)?.row;
  if (wire === undefined) return [];
  const reseller = named(wire.resellerPRMId, wire.resellerName);
  const parents = reseller === null ? [seller] : [seller, pinOf('reseller', seller, reseller)];
  const node: readonly NodeFact[] =
    reseller === null ? [] : [{ ...reseller, level: 'reseller', domain: null, parents: [seller] }];
  return [...node, ...wire.customers.flatMap((customer) => customerNodes(customer, parents, seller))];
}

function customerNodes(object: unknown, parents: readonly Pin[], seller: Pin): readonly NodeFact[] {
  const wire = readRow(customerUsageWire, object)?.row;
  const customer = wire === undefined ? null : named(wire.customerOrgId, wire.customerName);
  if (wire === undefined || customer === null) return [];
  const below = [...parents, pinOf('organization', seller, customer)];
  const services = wire.serviceRef.flatMap(serviceOf);
  return [
    { ...customer, level: 'organization', domain: null, parents },
    ...services.map((service): NodeFact => ({ ...service, level: 'service', domain: null, parents: below })),
  ];
}

function pinOf(level: Pin['level'], { connection }: Pin, { id }: Named): Pin {
  return { level, connection, id };
}

function named(id: string | null, name: Named['name'] | null): Named | null {
  const either = id ?? name;
  return either === null ? null : { id: either, name: name ?? showId(either) };
}
