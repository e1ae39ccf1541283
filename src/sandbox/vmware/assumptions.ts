import type { Variants, VariantTable } from '../variants.ts';

/** The chosen readings of this sandbox, by assumption. */
export const variants = {
  /** The value that INCLUDE_INACTIVE_SUBSCRIPTIONS accepts; anything else is a 400. */
  'inactive-value': ['either', 'word', 'boolean'],
  /**
   * The value of `next` on the last page; `turns` alternates between all of them. `silent` has neither `next` nor the
   * total on any page.
   */
  'next-at-end': ['turns', 'omitted', 'same', 'zero', 'beyond', 'last-again', 'silent'],
  /** What a price is for. */
  'price-per-unit': ['unit', 'total'],
} as const satisfies VariantTable;

/**
 * The sandbox's assumptions about VMware Partner Navigator where the vendor's documents say nothing. Each is here once;
 * a correction is one edit.
 */
export const assumptions = {
  /** Paging of the 2-tier pages is not documented; the MSP pages default to 100. More than the cap is clamped, not refused. */
  defaultPageLimit: 100,
  maximumPageLimit: 100,
  /** Access tokens live as long as those of VMware Cloud Services. Seconds. */
  tokenLifetime: 1800,
  /** Left out unless INCLUDE_INACTIVE_SUBSCRIPTIONS is "true". Whether ERROR belongs here is open. */
  inactive: ['CANCELLED', 'TERMINATED', 'EXPIRED', 'ERROR'],
  /** Keys the search takes, from this page and its siblings. Anything else is a 400. */
  filterKeys: ['BILLING_ENGINE_SUBSCRIPTION_ID', 'CUSTOMER_NAME', 'SUBSCRIPTION_ID', 'INCLUDE_INACTIVE_SUBSCRIPTIONS'],
  sorterKeys: ['SUBSCRIPTION_END_DATE', 'BILLING_ENGINE_SUBSCRIPTION_ID', 'SUBSCRIPTION_ID', 'CUSTOMER_NAME'],
  /** Filters combine with AND; LIKE is a substring without regard to case. */
  operators: ['EQUALS', 'LIKE'],
} as const;

/**
 * The value of `next` on the last page. The documents are silent, so the sandbox alternates, chosen by
 * `(totalResultsCount + pageLimit) % 5`: a different page size or filter gets a different one.
 */
export const lastPageManners = ['omitted', 'same', 'zero', 'beyond', 'last-again'] as const;
export type LastPageManner = (typeof lastPageManners)[number];
export type Readings = Variants<typeof variants>;

/** Every seventh page has half of the requested results, and `next` follows: a short page is not the last one. */
export const shortPageEvery = 7;
