import { subscriptionFrom } from '../../model/mapped-subscription.ts';
import { formatReference } from '../../model/reference.ts';
import type { Named, Price, Renewal, RenewalMode, Status, Subscription } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import { safeText, showId } from '../text.ts';
import { meaningOf } from '../word-meaning.ts';
import { offerCostKind, resellerIdOf } from './assumptions.ts';
import type { SubscriptionWire } from './wire.ts';

/** What a row needs beside the vendor's object. */
export interface MapContext {
  readonly connection: string;
  readonly seller: Named;
  readonly readAt: string;
}

const statusOf: Readonly<Record<string, Status>> = {
  SUBMITTED: 'pending',
  CREATED: 'pending',
  ACTIVE: 'active',
  PENDING_EXPIRY: 'active',
  SUSPENDED: 'suspended',
  CANCELLED: 'cancelled',
  TERMINATED: 'cancelled',
  EXPIRED: 'expired',
  ERROR: 'error',
};

const renewalModeOf: Readonly<Record<string, RenewalMode>> = {
  AUTO: 'auto',
  MANUAL: 'manual',
  CANCEL: 'cancel',
  NOT_SELECTED: 'none',
};

/**
 * A subscription out of the list or of the detail; null where it has no id. It has no name of its own: it is called after
 * its services, else by the billing engine's id.
 */
export function subscriptionOf(
  wire: SubscriptionWire,
  services: readonly Named[],
  surprises: readonly string[],
  { connection, seller, readAt }: MapContext,
): Subscription | null {
  if (wire.id === null) return null;
  return subscriptionFrom({
    ref: formatReference({ connection, id: wire.id }),
    connection,
    vendor: 'vmware',
    id: wire.id,
    name: nameOf(wire, services, wire.id),
    status: (wire.status !== null && meaningOf(statusOf, wire.status.toUpperCase())) || 'unknown',
    vendorStatus: wire.status,
    seller,
    reseller: resellerOf(wire),
    organization: organizationOf(wire),
    services,
    product: productOf(wire),
    isAddon: false,
    isTrial: false,
    billing: wire.offerGroup?.billingFrequency ?? null,
    term: termOf(wire),
    startsAt: wire.subscriptionStartDate ?? wire.startDate,
    endsAt: wire.subscriptionEndDate ?? wire.endDate,
    renewal: renewalOf(wire.renewalPreference),
    prices: pricesOf(wire),
    hasLicenseKey: false,
    externalIds: externalIdsOf(wire),
    readAt,
    surprises,
  });
}

function resellerOf({ resellerRef }: SubscriptionWire): Named | null {
  if (resellerRef === null) return null;
  const id = resellerIdOf(resellerRef);
  return id === null ? null : { id, name: resellerRef.name ?? showId(id) };
}

function organizationOf({ customerOrgId, customerRef }: SubscriptionWire): Named | null {
  const name = customerRef?.name ?? customerRef?.orgName ?? null;
  const id = customerOrgId ?? customerRef?.orgId ?? name;
  return id === null ? null : { id, name: name ?? showId(id) };
}

function nameOf(wire: SubscriptionWire, services: readonly Named[], id: string): SafeText {
  if (services.length > 0) return safeText(services.map((service) => service.name).join(' + '));
  return showId(wire.billingEngineSubscriptionId ?? id);
}

function productOf({ offerGroup }: SubscriptionWire): Named | null {
  if (offerGroup === null) return null;
  const id = offerGroup.id ?? offerGroup.name;
  return id === null ? null : { id, name: offerGroup.name ?? showId(id) };
}

/** `12 MONTHS`, in the vendor's words. */
function termOf({ offerGroup }: SubscriptionWire): SafeText | null {
  if (offerGroup === null || offerGroup.billingTerm === null) return null;
  return safeText([offerGroup.billingTerm, offerGroup.billingTermUom].filter((word) => word !== null).join(' '));
}

function pricesOf({ offerGroup, currency }: SubscriptionWire): readonly Price[] {
  if (offerGroup === null || offerGroup.offerCost === null) return [];
  return [{ kind: offerCostKind, amount: offerGroup.offerCost, currency: offerGroup.currency ?? currency }];
}

function renewalOf(preference: SafeText | null): Renewal | null {
  if (preference === null) return null;
  const mode = meaningOf(renewalModeOf, preference.toUpperCase()) ?? 'unknown';
  return { mode, quantity: null, productId: null, plan: null };
}

/** Every other id, by the vendor's own field name; those of a reference with the reference's name before them. */
function externalIdsOf(wire: SubscriptionWire): Readonly<Record<string, string>> {
  const ids = {
    billingEngineSubscriptionId: wire.billingEngineSubscriptionId,
    customerOrgId: wire.customerOrgId,
    subscriptionGroupId: wire.subscriptionGroupId,
    'customerRef.orgId': wire.customerRef?.orgId ?? null,
    'resellerRef.orgId': wire.resellerRef?.orgId ?? null,
    'resellerRef.partnerId': wire.resellerRef?.partnerId ?? null,
  };
  return Object.fromEntries(Object.entries(ids).flatMap(([name, id]) => (id === null ? [] : [[name, id]])));
}
