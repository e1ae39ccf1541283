import type { Variants, VariantTable } from '../variants.ts';

/** The chosen readings of this sandbox, by assumption. */
export const variants = {
  /** What a PATCH does with omitted renewal fields: unchanged, or switched off and cleared. */
  'omitted-renewal': ['kept', 'cleared'],
  /** What an immediate PATCH does with changes scheduled for the renewal. */
  'immediate-change': ['keeps-schedule', 'deletes-schedule'],
  /** A call without `X-Correlation-Id`. */
  'correlation-id': ['required', 'optional'],
  /** The name of the status filter. */
  'status-filter-name': ['subscriptionStatuses', 'statuses', 'ignored'],
  /** A cancellation after its window: 400, or 409 without the two sides. */
  'late-cancellation': ['invalid', 'conflict'],
  /** What a price is for. */
  'price-per-unit': ['unit', 'total'],
} as const satisfies VariantTable;
export type Readings = Variants<typeof variants>;

/**
 * The sandbox's assumptions about CloudCockpit where the vendor's documents say nothing. Each is here once; a
 * correction is one edit.
 */
export const assumptions = {
  /** Default sort of a list; the only documented direction parameter is `ascendingOrder`. */
  defaultSort: 'StartDate',
  defaultAscending: true,
  /** How long an accepted change takes to show in the detail, at speed 1. Milliseconds. */
  changeDelay: 4000,
  /** How long an order stays in each of Processing and Provisioning, at speed 1. Milliseconds. */
  orderDelay: 4000,
  /** The status of a cancelled subscription; it stays listed. */
  cancelledStatus: 'Deleted',
  /** Only subscriptions in these states can be changed. */
  changeable: ['Active', 'Suspended'],
  leastQuantity: 1,
  longestText: 255,
  /** An empty list has `items: null`, which the vendor's model allows. */
  emptyItems: null,
  /** Days after its end that a subscription is Expired, then Disabled; then it is Deleted. From the vendor's help pages. */
  expiredDays: 30,
  disabledDays: 120,
} as const;

/** Stated by the vendor. */
export const limits = {
  pageSize: { least: 1, most: 2000, usual: 25 },
  sortProperties: ['Offer.Name', 'Status', 'StartDate', 'EndDate'],
  /** Seconds. */
  tokenLifetime: 3599,
} as const;

export const billingFrequencies = ['OneTime', 'Monthly', 'Annual', 'Triennial', 'None'] as const;
export const termDurations = ['NoTerm', 'OneMonth', 'OneYear', 'ThreeYears', 'FiveYears'] as const;

/** Rows, by index, whose portal and provider data differ: cancelling them returns a 409 with both. */
export const sidesDiffer = (index: number) => index % 67 === 13;

/** Rows, by index, whose accepted changes never show: the vendor never reports a dropped change. */
export const dropsChanges = (index: number) => index % 101 === 57;

/** Rows, by index, with the document's placeholder "string" as an id or text. */
export const holdsPlaceholders = (index: number) => index % 97 === 11;
