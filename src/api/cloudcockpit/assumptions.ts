import { type Assumptions, pricePerUnit, priceReadings } from '../assumption.ts';

/**
 * Subdeck's assumptions about CloudCockpit where its pages say nothing. Each is here once: a correction is one edit.
 */

export const cloudcockpitAssumptions = {
  'status-filter-name': {
    says: 'The status filter of a list is named subscriptionStatuses or statuses; Subdeck sends both. An ignored filter does no harm, because Subdeck filters the rows again.',
    evidence: 'none',
    source: 'Document: the name is missing; no related page has such a filter.',
    alternatives: {
      both: 'both names are sent',
      subscriptionStatuses: 'subscriptionStatuses alone',
      statuses: 'statuses alone',
    },
  },
  'query-names': {
    says: 'Search, order and direction are searchValue, sortPropertyName and ascendingOrder.',
    evidence: 'likely',
    source: 'developer.cloudcockpit.com, GET /v1/Customers/mca; the document names sortPropertyName.',
  },
  'stable-sort': {
    says: 'Sorted by StartDate, a subscription keeps its position while others are added.',
    evidence: 'likely',
    source: 'Document: the possible sort fields. No page says that the order is stable.',
  },
  'omitted-renewal': {
    says: 'A PATCH without the renewal fields may switch renewal off, so Subdeck always sends autoRenewEnabled and autoRenewSettings as it read them.',
    evidence: 'likely',
    source: 'developer.cloudcockpit.com, PATCH: autoRenewEnabled looks like a plain boolean.',
  },
  'immediate-change': {
    says: 'An immediate change may delete changes scheduled for the renewal. A renewal starts at 00:00 UTC of the next day and may take a day.',
    evidence: 'seen',
    source: 'learn.microsoft.com: CloudCockpit uses Partner Center.',
  },
  'late-cancellation': {
    says: 'A cancellation after its period is refused with 400 or 409.',
    evidence: 'seen',
    source: 'learn.microsoft.com: CloudCockpit uses Partner Center.',
  },
  'correlation-id': {
    says: 'Every call carries X-Correlation-Id.',
    evidence: 'contradicted',
    source: 'Document: optional. Required in practice: Jonathanb-74/MSP-Consolidator, BeCloudApiClient.',
  },
  'cloudcockpit-status-words': {
    says: 'A subscription is Active, Suspended, Suspended-Disabled, Expired, Disabled (about 30 days after Expired, unbilled) or Deleted (how a cancellation ends).',
    evidence: 'stated',
    source: 'support.cloudcockpit.com, subscription-status. Document: Active and Suspended.',
  },
  'list-fields': {
    says: 'A subscription in a list has id, customerId, subscriptionName, subscriptionStatus, startDate, endDate, quantity and autoRenewal.',
    evidence: 'stated',
    source: 'Document: sample answer.',
  },
  'detail-fields': {
    says: 'A single subscription has id, customerId, name, status, quantity and autoRenewEnabled.',
    evidence: 'stated',
    source: 'developer.cloudcockpit.com, GET /v1/customers/{customerId}/subscriptions/{subscriptionId}.',
  },
  'conflict-sides': {
    says: 'A 409 contains the state in the portal and at the provider, in fields whose names begin with portal and provider.',
    evidence: 'stated',
    source: 'developer.cloudcockpit.com, DELETE.',
  },
  'search-columns': {
    says: 'The search covers the names of the subscription and of its offer.',
    evidence: 'none',
    source: 'Document: "the search query string".',
  },
  'customer-domain': {
    says: 'A customer may have its internet domain as domain. Subdeck only compares it with the domains of organizations elsewhere.',
    evidence: 'likely',
    source:
      'developer.cloudcockpit.com, GET /v1/Customers: the list can be searched by Domain; the fields of its answer name none.',
  },
  [pricePerUnit]: {
    says: 'Whether listPrice, revenuePrice and erpPrice are per unit or in total is not known, so nothing is calculated with them.',
    evidence: 'none',
    source:
      'Document: the three fields, without a word on it; developer.cloudcockpit.com and support.cloudcockpit.com.',
    alternatives: { unknown: priceReadings.unknown, unit: priceReadings.unit, total: priceReadings.total },
  },
  'currency-code': {
    says: 'The name of a currency is its ISO 4217 code.',
    evidence: 'none',
    source: 'Document: a placeholder.',
  },
} as const satisfies Assumptions;

/** The query names that are missing in the document, as on the sibling pages. */
export const queryNames = {
  search: 'searchValue',
  sort: 'sortPropertyName',
  ascending: 'ascendingOrder',
} as const;

/** The names that the status filter is sent under. */
export const statusFilterNames = {
  both: ['subscriptionStatuses', 'statuses'],
  subscriptionStatuses: ['subscriptionStatuses'],
  statuses: ['statuses'],
} as const;

/** The separator between two statuses of the filter. [Stated; the character is percent-encoded.] */
export const statusSeparator = '|';

/** Subscriptions, customers and resellers per page: the allowed maximum. */
export const pageSize = 2000;

/** A subscription sorted by its start keeps its place while others are added: lists are asked for in this order. */
export const stableSort = 'StartDate';

/** Statuses that prove a cancellation; a subscription that no longer exists was cancelled, too. */
export const cancelledStatuses: readonly string[] = ['deleted', 'cancelled', 'canceled'];

/** The fields of a 409: the portal's and the provider's values. */
export const conflictSides = { portal: /^portal/i, provider: /^provider/i } as const;

/** Fields that the vendor's search certainly covers: a subscription's name, and its offer's. */
export const searched: readonly string[] = ['name', 'service', 'product'];
