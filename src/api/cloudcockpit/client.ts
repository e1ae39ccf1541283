import { randomUUID } from 'node:crypto';
import type { Clock } from '../../model/clock.ts';
import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Named, Subscription } from '../../model/subscription.ts';
import { type Choices, choicesOf } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import { openConnection } from '../http/clients.ts';
import type { ProbeClient } from '../http/probe-client.ts';
import type { ReadClient } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import type { WriteClient } from '../http/write-client.ts';
import { safeJsonObject } from '../json.ts';
import { otherIds } from '../other-ids.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText, showId } from '../text.ts';
import type { TakesTurns } from '../turns.ts';
import { readRow } from '../wire-row.ts';
import { cloudcockpitAssumptions } from './assumptions.ts';
import type { Directory } from './directory.ts';
import { exactOf } from './exact.ts';
import { cloudcockpitLimits } from './limits.ts';
import { subscriptionOf } from './map.ts';
import { type Role, roleOf } from './role.ts';
import { signIn } from './sign-in.ts';
import { subscriptionWire } from './wire.ts';

/** Company names, as far as known. */
export interface Names {
  organization(id: string): Named | null;
  reseller(id: string): Named | null;
}

/** One API access to a CSP tenant, and how its objects become readings. */
export interface CloudcockpitClient extends TakesTurns<CloudcockpitClient> {
  readonly connection: string;
  readonly seller: Named;
  readonly role: Role;
  readonly clock: Clock;
  readonly choices: Choices<typeof cloudcockpitAssumptions>;
  readonly read: ReadClient;
  readonly write: WriteClient;
  readonly probe: ProbeClient;
  /** `customerId`: whose list or path the object came from. Null for what is no subscription. */
  readingOf(object: unknown, customerId: string | null, names: Names): Reading | null;
}

/** Opens no socket. Throws `usage` faults for invalid settings. */
export function openClient(setup: VendorSetup): CloudcockpitClient {
  const { name: connection, settings, clock } = setup;
  const tenant = settings.tenant ?? '';
  const { read, readInBackground, readToRefresh, write, probe, width, timeFor } = openConnection(setup, {
    limits: cloudcockpitLimits,
    baseUrl: settings.baseUrl ?? '',
    headers: { 'x-tenant': tenant },
    freshHeaders: () => ({ 'x-correlation-id': randomUUID() }),
    signIn: (secrets, line) => signIn(connection, settings, secrets, line),
  });
  const seller = { id: tenant, name: showId(tenant) };
  const role = roleOf(settings, connection);
  // A reseller knows only its own id; people know it by the connection's title.
  const ownName = role.kind === 'reseller' ? safeText(setup.title) : null;
  const client: CloudcockpitClient = {
    connection,
    seller,
    role,
    clock,
    choices: choicesOf(cloudcockpitAssumptions, settings),
    read,
    width,
    timeFor,
    inBackground: () => ({ ...client, read: readInBackground }),
    toRefresh: () => ({ ...client, read: readToRefresh }),
    write,
    probe,
    readingOf(object, customerId, names) {
      const wire = readRow(subscriptionWire, object);
      if (wire === null) return null;
      const subscription = subscriptionOf(wire.row, wire.surprises, {
        connection,
        seller,
        readAt: new Date(clock.now()).toISOString(),
        organization: (id) => names.organization(id) ?? { id, name: showId(id) },
        reseller: (id) => names.reseller(id) ?? { id, name: ownName ?? showId(id) },
        customerId,
      });
      if (subscription === null) return null;
      const externalIds = { ...otherIds(object, subscriptionWire), ...subscription.externalIds };
      return { subscription: { ...subscription, externalIds }, raw: safeJsonObject(object), exact: exactOf(object) };
    },
  };
  return client;
}

/** Names out of a directory. */
export function namesIn(directory: Directory): Names {
  const byId = (companies: readonly Named[]) => new Map(companies.map(({ id, name }) => [id, { id, name }]));
  const organizations = byId(directory.customers);
  const resellers = byId(directory.resellers);
  return { organization: (id) => organizations.get(id) ?? null, reseller: (id) => resellers.get(id) ?? null };
}

/** Names out of a row that is known. */
export function namesOf(row: Subscription | null): Names {
  const same = (named: Named | null | undefined, id: string) => (named?.id === id ? named : null);
  return { organization: (id) => same(row?.organization, id), reseller: (id) => same(row?.reseller, id) };
}

/** The path of a customer's subscriptions. */
export function subscriptionsPath(customerId: string): string {
  return path`/v1/customers/${customerId}/subscriptions`;
}

/** The path of one subscription. Throws a `missing` fault if its customer is not known. */
export function subscriptionPath({ organization, connection, id, ref }: Subscription): string {
  if (organization !== null) return subscriptionsPath(organization.id) + path`/${id}`;
  const message = `CloudCockpit finds ${ref} only through its customer, and the customer is not known.`;
  throw fault('missing', message, `Run \`subdeck sync ${shellWord(connection)}\`, then try again.`, { connection });
}
