import type { Variants, VariantTable } from '../variants.ts';

/** The chosen readings of this sandbox, by assumption. */
export const variants = {
  /** Calls a minute: 240 on the paid plan, 60 on the free one. */
  'rate-limit': ['paid', 'free'],
  /** Whether a product is wrong from a trial and missing from a free plan, or taken and found out. */
  'start-paid-product': ['strict', 'lenient'],
  /** Whose day today is. */
  'vendor-day': ['utc', 'tokyo'],
} as const satisfies VariantTable;
export type Readings = Variants<typeof variants>;

/**
 * The sandbox's assumptions about LINE WORKS where the vendor's documents say nothing. Each is here once; a correction
 * is one edit. The sandbox runs for hours, not weeks: no reservation or renewal becomes due.
 */
export const assumptions = {
  /** Applying for a product and making a reservation answer 201; the page of the latter only prints "OK". */
  createdStatus: 201,
  /** Going over to paid service answers 200 with the subscription. */
  paidServiceStatus: 200,
  /** Days of a trial, and how long after them its conversion may still be reserved. */
  trialDays: 30,
  trialGraceDays: 30,
  /** Days are calendar days of no time zone. Tokyo is nine hours ahead of UTC. */
  tokyoOffset: 9 * 3_600_000,
  dayMilliseconds: 86_400_000,
  /** Withdrawing a reservation answers 204 without a body. */
  withdrawnStatus: 204,
  /** Access tokens live an hour (the other choice of the vendor's app setting is a day). Seconds; sent as a string. */
  tokenLifetime: 3600,
} as const;

/** Stated by the vendor: calls a minute for each operation, customers a page, licences a subscription. */
export const limits = {
  callsPerMinute: { paid: 240, free: 60 },
  customersPerPage: { least: 1, most: 30, usual: 10 },
  licenses: 1_000_000,
  preOrderDays: 31,
} as const;
