/**
 * What Subdeck takes for granted of VMware Cloud Partner Navigator where neither the vendor's document nor its public pages
 * say it. Each stands here once: a correction is one edit.
 */

/** Results asked for a page. The 2-tier pages name no default and no maximum; the MSP pages default to 100. */
export const pageLimit = 100;

/** How long an access token lives when its JWT tells no `exp`. Cloud Services gives half an hour. Seconds. */
export const tokenLifetime = 30 * 60;

/** `resellerPRMId` of the customers' usage list is the same id as `resellerRef.partnerId` of a subscription. */
export const usageResellerIdIsPartnerId = true;

/** Filters combine with AND; the value of INCLUDE_INACTIVE_SUBSCRIPTIONS is a word, not a JSON boolean. */
export const includeInactive = { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'true' } as const;

/** The statuses that a search leaves out when it is told to leave out the inactive. ERROR is taken for inactive. */
export const inactiveStatuses: readonly string[] = ['cancelled', 'expired', 'error'];

/** LIKE finds a text anywhere in the value, without regard to case. */
export const likeIsSubstring = true;

/** What a billing engine's subscription id looks like: both samples of the document are an M and digits. */
export const billingEngineId = /^M\d{7,}$/i;

/** `offerGroup.offerCost` is what the offer is listed at: no page says whether it is a cost or a price, or of how many. */
export const offerCostKind = 'list' as const;
