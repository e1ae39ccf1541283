/**
 * What Subdeck takes for granted of VMware Cloud Partner Navigator where neither the vendor's document nor its public pages
 * say it. Each stands here once: a correction is one edit.
 */

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

/** Filters combine with AND; the value of INCLUDE_INACTIVE_SUBSCRIPTIONS is a word, not a JSON boolean. */
export const includeInactive = { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'true' } as const;

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

/** `offerGroup.offerCost` is what the offer is listed at: no page says whether it is a cost or a price, or of how many. */
export const offerCostKind = 'list' as const;
