/**
 * What Subdeck takes for granted of CloudCockpit where its pages say nothing. Each stands here once: a correction is one
 * edit.
 */

/** The query names that got lost in the document, as the sibling pages have them. */
export const queryNames = {
  search: 'searchValue',
  sort: 'sortPropertyName',
  ascending: 'ascendingOrder',
} as const;

/** The name of the status filter got lost too, and no sibling has one: both readings are sent, and either may be ignored. */
export const statusFilterNames = ['subscriptionStatuses', 'statuses'] as const;

/** What stands between two statuses of the filter. [Stated; the character goes percent-encoded.] */
export const statusSeparator = '|';

/** Subscriptions, customers and resellers asked for a page: the most that is allowed. */
export const pageSize = 2000;

/** Lists of customers that are read at once. No limit is documented. */
export const listsAtOnce = 4;

/** A subscription sorted by its start keeps its place while others are added: lists are asked for in this order. */
export const stableSort = 'StartDate';

/** What a subscription may show once its cancellation went through; one that is not found any more was cancelled, too. */
export const cancelledStatuses: readonly string[] = ['deleted', 'cancelled', 'canceled'];

/** The fields of a 409: what the portal has and what the provider has. */
export const conflictSides = { portal: /^portal/i, provider: /^provider/i } as const;

/** Fields in which the vendor's search surely looks: a subscription's name, and its offer's. */
export const searched: readonly string[] = ['name', 'service', 'product'];

/**
 * Words of fields in which it surely does not look, and Subdeck's own search does: a row is found here by its status, its
 * renewal, its billing, its term, its connection's vendor.
 */
export const otherWords: readonly string[] = [
  ...['active', 'pending', 'suspended', 'cancelled', 'expired', 'error', 'unknown', 'cloudcockpit'],
  ...['auto', 'manual', 'change', 'cancel', 'none', 'OneTime', 'Monthly', 'Annual', 'Triennial', 'NoTerm'],
  ...['OneMonth', 'OneYear', 'ThreeYears', 'FiveYears'],
];
