import { type Assumptions, pricePerUnit, priceReadings } from '../assumption.ts';

/**
 * Subdeck's assumptions about VMware Cloud Partner Navigator where neither the vendor's document nor its public pages
 * say anything. Each is here once: a correction is one edit.
 */

export const vmwareAssumptions = {
  'inactive-value': {
    says: 'The filter INCLUDE_INACTIVE_SUBSCRIPTIONS takes EQUALS with the string "true", not a JSON boolean. Without it, cancelled subscriptions would seem to be removed.',
    evidence: 'likely',
    source: 'Document: the default filter and the samples, whose values are strings.',
    alternatives: { word: 'the string "true"', boolean: 'the JSON boolean true' },
  },
  'next-at-end': {
    says: 'On the last page next may be missing, 0, the same page, or beyond the total. A list ends at its total or with an empty page.',
    evidence: 'none',
    source: 'Document: next is the first result of the next page; there is no sample of the last page.',
  },
  'page-limit': {
    says: 'A page has 100 results; Subdeck also accepts fewer.',
    evidence: 'likely',
    source: 'developer.vmware.com, the MSP twin: page_limit has the default 100. The document has none.',
  },
  'reseller-id': {
    says: 'resellerPRMId in the list of customers is the partnerId of a subscription.',
    evidence: 'likely',
    source: 'Both identify a partner; no page says that they are equal.',
  },
  'filter-operators': {
    says: 'Filters are combined with AND. LIKE finds text anywhere in a name, ignoring case. If a filter is refused, Subdeck reads the whole list.',
    evidence: 'likely',
    source: 'Document: a sample of both. No page gives their meaning.',
  },
  'vmware-status-words': {
    says: 'The status of a subscription is SUBMITTED, CREATED, ACTIVE, SUSPENDED, CANCELLED, TERMINATED, ERROR, PENDING_EXPIRY or EXPIRED.',
    evidence: 'stated',
    source: 'developer.vmware.com, data structure DistributorSubscription.',
  },
  'vmware-fields': {
    says: 'A subscription has id, customerRef, resellerRef, serviceRefs, status, renewalPreference and subscriptionEndDate.',
    evidence: 'stated',
    source: 'Document: sample answer; developer.vmware.com, data structure DistributorSubscription.',
  },
  [pricePerUnit]: {
    says: 'Whether offerGroup.offerCost is a cost or a price, and of how many units, is not known: it is shown as a list price, and nothing is calculated with it.',
    evidence: 'none',
    source: 'developer.vmware.com, data structure DistributorSubscription: the field, without a description.',
    alternatives: { unknown: priceReadings.unknown, unit: priceReadings.unit, total: priceReadings.total },
  },
  retired: {
    says: 'The service still answers, although it may be retired: Broadcom ended the transaction programme in April 2024 and moved its logins. Distributors could also create service subscriptions.',
    evidence: 'contradicted',
    source: 'developer.vmware.com/apis/cloud-partner-navigator; knowledge.broadcom.com 366903.',
  },
} as const satisfies Assumptions;

/** Where the host does not answer. Source: knowledge.broadcom.com 366903. */
export const mayBeRetired =
  'The service may be retired: Broadcom ended the transaction programme in April 2024 and moved its sign-in.';

/** Results asked for a page. The 2-tier pages name no default and no maximum; the MSP pages default to 100. */
export const pageLimit = 100;

/** How long an access token lives when its JWT tells no `exp`. Cloud Services gives half an hour. Seconds. */
export const tokenLifetime = 30 * 60;

/**
 * A reseller's id: `resellerPRMId` of the customers' usage list is taken for the `partnerId` of a subscription's
 * `resellerRef`, so that both name one reseller. Where that is missing: the organization's id, then the name.
 */
export function resellerIdOf(reference: {
  readonly partnerId: string | null;
  readonly orgId: string | null;
  readonly name: string | null;
}): string | null {
  return reference.partnerId ?? reference.orgId ?? reference.name;
}

/** The filter that keeps cancelled subscriptions in a list, or leaves them out. */
export function inactiveFilter(isIncluded: boolean, reading: 'word' | 'boolean') {
  const value = reading === 'word' ? String(isIncluded) : isIncluded;
  return { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value } as const;
}

/**
 * Our statuses whose rows a search has even when it leaves out the inactive: CANCELLED, TERMINATED, EXPIRED and, perhaps,
 * ERROR are left out.
 */
export const activeStatuses: readonly string[] = ['active', 'pending', 'suspended'];

/**
 * LIKE finds a text anywhere in the value, without regard to case; CUSTOMER_NAME looks in the name that the list of
 * customers and a subscription's `customerRef` give. Where the vendor does not take a filter, the list is asked for without.
 */
export const like = 'LIKE';

/** What a billing engine's subscription id looks like: both samples of the document are an M and digits. */
export const billingEngineId = /^M\d{7,}$/i;

/** An organization's id holds no space, so that a text with one is a name. */
export const namesHaveSpaces = /\S\s\S/;

/** What `offerGroup.offerCost` is called. */
export const offerCostKind = 'list' as const;
