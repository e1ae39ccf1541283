import { FaultError, fault } from '../../model/fault.ts';
import type { Named } from '../../model/subscription.ts';
import { type Choices, choicesOf } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import { openConnection } from '../http/clients.ts';
import type { ProbeClient } from '../http/probe-client.ts';
import type { ReadClient } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import { safeJsonObject } from '../json.ts';
import { otherIds } from '../other-ids.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText, showId } from '../text.ts';
import type { TakesTurns } from '../turns.ts';
import { readRow } from '../wire-row.ts';
import { mayBeRetired, vmwareAssumptions } from './assumptions.ts';
import { vmwareLimits } from './limits.ts';
import { subscriptionOf } from './map.ts';
import { signIn } from './sign-in.ts';
import { serviceWire, subscriptionWire } from './wire.ts';

/** One distributor organization in Cloud Partner Navigator, and how its objects become readings. */
export interface VmwareClient extends TakesTurns<VmwareClient> {
  readonly connection: string;
  readonly orgId: string;
  readonly seller: Named;
  readonly choices: Choices<typeof vmwareAssumptions>;
  readonly read: ReadClient;
  readonly probe: ProbeClient;
  /** Path of everything that belongs to the distributor. */
  readonly home: string;
  /** Null for what is no subscription: no object, or one without an id. */
  readingOf(object: unknown): Reading | null;
}

/** Opens no socket. Throws `usage` faults for an address that cannot be. */
export function openClient(setup: VendorSetup): VmwareClient {
  const { name: connection, settings, clock } = setup;
  const baseUrl = settings.baseUrl ?? '';
  const orgId = settings.orgId ?? '';
  const seller = { id: orgId, name: safeText(setup.title) };
  const { read, readInBackground, readToRefresh, probe, width, timeFor } = openConnection(setup, {
    limits: vmwareLimits,
    baseUrl,
    ifSilent: mayBeRetired,
    tokenHeader: (token) => ({ 'csp-auth-token': token }),
    signIn: (secrets, line) => signIn({ connection, baseUrl, now: clock.now }, secrets, line),
  });
  const client: VmwareClient = {
    connection,
    orgId,
    seller,
    choices: choicesOf(vmwareAssumptions, settings),
    read,
    width,
    timeFor,
    inBackground: () => ({ ...client, read: readInBackground }),
    toRefresh: () => ({ ...client, read: readToRefresh }),
    probe,
    home: path`/cphub/api/seller/v1/distributors/${orgId}`,
    readingOf(object) {
      const wire = readRow(subscriptionWire, object);
      if (wire === null) return null;
      const readAt = new Date(clock.now()).toISOString();
      const services = wire.row.serviceRefs.flatMap(serviceOf);
      const subscription = subscriptionOf(wire.row, services, wire.surprises, { connection, seller, readAt });
      if (subscription === null) return null;
      const externalIds = { ...otherIds(object, subscriptionWire), ...subscription.externalIds };
      return { subscription: { ...subscription, externalIds }, raw: safeJsonObject(object) };
    },
  };
  return client;
}

/** One of `serviceRefs`; none where it has neither id nor name. */
export function serviceOf(reference: unknown): readonly Named[] {
  const wire = readRow(serviceWire, reference)?.row;
  const id = wire?.id ?? wire?.name ?? null;
  return id === null ? [] : [{ id, name: wire?.name ?? showId(id) }];
}

/**
 * A 404 on the organization itself: Navigator answers so for an organization of another kind too (a customer's, a
 * provider's), so it is no proof that it is gone. Source: a public client's notes.
 */
export function wrongKindOfOrganization(error: unknown, { connection, orgId }: VmwareClient): unknown {
  if (!(error instanceof FaultError) || error.fault.kind !== 'missing') return error;
  return fault(
    'missing',
    `VMware has no distributor organization ${showId(orgId)}. It may be an organization of another type.`,
    'Check the setting orgId: it must be the distributor organization for which the API token was created.',
    { connection, vendor: error.fault.vendor },
  );
}
