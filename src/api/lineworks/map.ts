import { subscriptionFrom } from '../../model/mapped-subscription.ts';
import { formatReference } from '../../model/reference.ts';
import type { Named, Renewal, RenewalMode, Status, Subscription } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import { domainName } from '../domain-name.ts';
import { safeText, showId } from '../text.ts';
import { meaningOf } from '../word-meaning.ts';
import { isTrialProduct, isUnpaidPlan, subscriptionIdOf } from './assumptions.ts';
import { groupOf, productLabel, productName } from './products.ts';
import type { CustomerWire, RenewalWire, SubscriptionWire } from './wire.ts';

/** What a row needs beside the vendor's object. */
export interface MapContext {
  readonly connection: string;
  /** The connection itself: LINE WORKS has no level above the customer. */
  readonly partner: Named;
  readonly customer: Customer;
  readonly readAt: string;
}

/** The parts of a customer that its subscriptions need. */
export interface Customer {
  readonly organization: Named;
  readonly domain: SafeText | null;
  /** Its ids beside the domain's. */
  readonly externalIds: Readonly<Record<string, string>>;
}

const statusOf: Readonly<Record<string, Status>> = { ACTIVE: 'active', SUSPENDED_TRIALEND: 'suspended' };

const renewalModeOf: Readonly<Record<string, RenewalMode>> = { STAY: 'auto', CHANGE: 'change', CANCEL: 'cancel' };

/** A customer of the list; null without a domain id, which every call needs. */
export function customerOf(wire: CustomerWire): Customer | null {
  if (wire.domainId === null) return null;
  const name = wire.companyName ?? wire.domain ?? showId(wire.domainId);
  return {
    organization: { id: wire.domainId, name },
    domain: wire.domain === null ? null : domainName(wire.domain),
    externalIds: { domainId: wire.domainId, ...(wire.tenantId === null ? {} : { tenantId: wire.tenantId }) },
  };
}

/** The customer behind a row that is known. */
export function customerOfRow(row: Subscription): Customer | null {
  if (row.organization === null) return null;
  const { domainId = row.organization.id, tenantId } = row.externalIds;
  return {
    organization: row.organization,
    domain: null,
    externalIds: { domainId, ...(tenantId === undefined ? {} : { tenantId }) },
  };
}

/** A subscription of one customer; null if it has no id. It is named after its product. */
export function subscriptionOf(
  wire: SubscriptionWire,
  surprises: readonly string[],
  { connection, partner, customer, readAt }: MapContext,
): Subscription | null {
  const { productId, plan } = wire;
  const id = subscriptionIdOf(wire);
  if (id === null) return null;
  return subscriptionFrom({
    ref: formatReference({ connection, id }),
    connection,
    vendor: 'lineworks',
    id,
    name: productId === null ? showId(id) : safeText(productName(productId)),
    status: (wire.status !== null && meaningOf(statusOf, wire.status.toUpperCase())) || 'unknown',
    vendorStatus: wire.status,
    seller: partner,
    reseller: partner,
    organization: customer.organization,
    services: productId === null ? [] : [serviceOf(productId)],
    product: productId === null ? null : { id: productId, name: safeText(productLabel(productId)) },
    isAddon: false,
    isTrial: (plan !== null && /^TRIAL(?:_|$)/.test(plan)) || (productId !== null && isTrialProduct(productId)),
    quantity: wire.licenseCount,
    billing: plan,
    startsAt: wire.planStartDate,
    endsAt: wire.planEndDate,
    renewal: wire.renewal === null ? null : renewalOf(wire.renewal),
    prices: [],
    hasLicenseKey: false,
    externalIds: { ...customer.externalIds, ...(wire.domainId === null ? {} : { domainId: wire.domainId }) },
    readAt,
    surprises: [...surprises, ...oddities(wire)],
  });
}

/** The product group, as the service. */
function serviceOf(productId: string): Named {
  const group = groupOf(productId);
  return { id: group, name: safeText(productLabel(group)) };
}

function renewalOf(wire: RenewalWire): Renewal {
  const mode = wire.type === null ? 'unknown' : (meaningOf(renewalModeOf, wire.type.toUpperCase()) ?? 'unknown');
  return { mode, quantity: wire.licenseCount, productId: wire.productId, plan: wire.plan };
}

/**
 * Only paid plans have a renewal according to the documents, but an example shows a trial with one: it is kept, and
 * marked.
 */
function oddities({ renewal, plan }: SubscriptionWire): readonly string[] {
  return renewal !== null && plan !== null && isUnpaidPlan(plan) ? [`A ${plan} plan has a renewal.`] : [];
}
