import type { Variants, VariantTable } from '../variants.ts';

/** The readings that this twin takes, by the assumption they are about. */
export const variants = {
  /** What a PATCH leaves out of the renewal: it stays as it is, or is switched off and cleared. */
  'omitted-renewal': ['kept', 'cleared'],
  /** What a PATCH of now does to what is scheduled for the renewal. */
  'immediate-change': ['keeps-schedule', 'deletes-schedule'],
  /** A call without `X-Correlation-Id`. */
  'correlation-id': ['required', 'optional'],
  /** How the status filter is called. */
  'status-filter-name': ['subscriptionStatuses', 'statuses', 'ignored'],
  /** A cancellation behind its window: 400, or 409 without the two sides. */
  'late-cancellation': ['invalid', 'conflict'],
} as const satisfies VariantTable;
export type Readings = Variants<typeof variants>;

/**
 * What this twin of CloudCockpit takes for granted where the vendor's documents say nothing. Each stands here once; a
 * correction is one edit.
 */
export const assumptions = {
  /** Sort of a list that names none; the only direction known to be asked for is `ascendingOrder`. */
  defaultSort: 'StartDate',
  defaultAscending: true,
  /** How long an accepted change takes to show in the detail, at speed 1. Milliseconds. */
  changeDelay: 4000,
  /** How long an order stays in each of Processing and Provisioning, at speed 1. Milliseconds. */
  orderDelay: 4000,
  /** What a cancelled subscription becomes; it stays listed. */
  cancelledStatus: 'Deleted',
  /** Changes are taken of subscriptions in these states only. */
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

/** Rows, by index, whose portal side and provider side differ: cancelling them is a 409 that shows both. */
export const sidesDiffer = (index: number) => index % 67 === 13;

/** Rows, by index, whose accepted changes never show: no answer of the vendor says that a change was dropped. */
export const dropsChanges = (index: number) => index % 101 === 57;

/** Rows, by index, that hold the document's placeholder "string" where an id or text belongs. */
export const holdsPlaceholders = (index: number) => index % 97 === 11;
