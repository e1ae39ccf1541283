import { subscriptionFrom } from '../../model/mapped-subscription.ts';
import { formatReference } from '../../model/reference.ts';
import type { Named, Price, PriceKind, Status, Subscription } from '../../model/subscription.ts';
import { showId } from '../text.ts';
import { firstOf } from '../wire-row.ts';
import { meaningOf } from '../word-meaning.ts';
import { cancelledStatuses } from './assumptions.ts';
import { nameFields, type SubscriptionWire } from './wire.ts';

/** What a row needs besides the vendor's object: names of companies that it refers to by id. */
export interface MapContext {
  readonly connection: string;
  readonly seller: Named;
  readonly readAt: string;
  organization(id: string): Named;
  reseller(id: string): Named;
  /** The customer whose list or path the object came from, if its own `customerId` is missing. */
  readonly customerId: string | null;
}

const statusOf: Readonly<Record<string, Status>> = {
  active: 'active',
  pending: 'pending',
  suspended: 'suspended',
  expired: 'expired',
  // Suspended, and no longer usable; only Deleted is final.
  'suspended-disabled': 'suspended',
  // Follows Expired after about 30 days, unbilled: support.cloudcockpit.com, subscription-status.
  disabled: 'expired',
  ...Object.fromEntries(cancelledStatuses.map((word) => [word, 'cancelled' as const])),
};

/** A subscription from the list or the detail, which use different field names; null if it has no id. */
export function subscriptionOf(
  wire: SubscriptionWire,
  surprises: readonly string[],
  surroundings: MapContext,
): Subscription | null {
  const { connection, seller, readAt } = surroundings;
  if (wire.id === null) return null;
  const status = wire.subscriptionStatus ?? wire.status;
  const customerId = wire.customerId ?? surroundings.customerId;
  return subscriptionFrom({
    ref: formatReference({ connection, id: wire.id }),
    connection,
    vendor: 'cloudcockpit',
    id: wire.id,
    name: firstOf(wire, nameFields) ?? showId(wire.id),
    status: (status !== null && meaningOf(statusOf, status.toLowerCase())) || 'unknown',
    vendorStatus: status,
    seller,
    reseller: wire.resellerId === null ? null : surroundings.reseller(wire.resellerId),
    organization: customerId === null ? null : surroundings.organization(customerId),
    services: wire.offerId === null ? [] : [{ id: wire.offerId, name: wire.offerName ?? showId(wire.offerId) }],
    product: productOf(wire),
    parentId: wire.parentSubscriptionId,
    isAddon: wire.isAddonOffer ?? wire.parentSubscriptionId !== null,
    isTrial: wire.isTrialOffer ?? false,
    quantity: wire.quantity,
    billing: wire.billingFrequency,
    term: wire.termDuration,
    segment: wire.segment,
    startsAt: wire.startDate,
    endsAt: wire.endDate,
    cancellableUntil: wire.cancellationAllowedUntil,
    renewal: renewalOf(wire.autoRenewal ?? wire.autoRenewEnabled),
    prices: [...price('list', wire.listPrice), ...price('revenue', wire.revenuePrice), ...price('erp', wire.erpPrice)],
    hasLicenseKey: false,
    externalIds: externalIdsOf(wire),
    readAt,
    surprises,
  });
}

/** The provider's own product, called like the offer it is sold as. */
function productOf({ providerOfferId, offerName }: SubscriptionWire): Named | null {
  return providerOfferId === null ? null : { id: providerOfferId, name: offerName ?? showId(providerOfferId) };
}

function renewalOf(isAutomatic: boolean | null): Subscription['renewal'] {
  if (isAutomatic === null) return null;
  return { mode: isAutomatic ? 'auto' : 'manual', quantity: null, productId: null, plan: null };
}

/** Whether a price is per seat or in total is not documented: it is shown as given. */
function price(kind: PriceKind, wire: SubscriptionWire['listPrice']): readonly Price[] {
  return wire === null || wire.value === null ? [] : [{ kind, amount: wire.value, currency: wire.currency }];
}

function externalIdsOf(wire: SubscriptionWire): Readonly<Record<string, string>> {
  const { orderId, offerId, customerId, providerInstanceId, resellerId } = wire;
  const { providerOfferId, providerSubscriptionId, internalId } = wire;
  const ids = {
    orderId,
    offerId,
    customerId,
    providerInstanceId,
    resellerId,
    providerOfferId,
    providerSubscriptionId,
    internalId,
  };
  return Object.fromEntries(Object.entries(ids).flatMap(([name, id]) => (id === null ? [] : [[name, id]])));
}
