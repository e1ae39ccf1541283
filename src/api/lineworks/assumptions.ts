import type { Assumptions } from '../assumption.ts';
import type { Ids } from '../identity.ts';

export const lineworksAssumptions = {
  'rate-limit': {
    says: 'Calls are limited per operation: 240 a minute on the paid plan, 60 on the free plan, and half of that after half an hour. Each answer gives the limit, the remaining calls and the reset time; Subdeck keeps to them.',
    evidence: 'stated',
    source: 'developers.worksmobile.com/jp/docs/rate-limits.',
  },
  'start-paid-product': {
    says: 'A reservation of paid service must name the product for a free plan and must not for a trial. Subdeck checks this before sending.',
    evidence: 'stated',
    source:
      'developers.worksmobile.com/jp/docs/partner-customer-subscriptions-reservation-create; its own sample differs.',
  },
  'subscription-id-unique': {
    says: "A subscription's id is unique across all customers of a partner, although every path also contains the customer.",
    evidence: 'likely',
    source: 'Every path contains both; no page says where the id is unique.',
  },
  'vendor-day': {
    says: 'Dates are calendar days; no page gives their time zone. Subdeck takes the later reading: a subscription lasts until the end of its last day in UTC, and the first day for a reservation is tomorrow in Tokyo.',
    evidence: 'likely',
    source: 'Time zones of the samples; no page says so.',
    alternatives: { tokyo: 'the day in Tokyo', utc: 'the day in UTC' },
  },
  'none-answers': {
    says: 'The answer for no renewal or no reservation is a 404 or an empty object.',
    evidence: 'none',
    source: 'The pages show only existing ones.',
  },
  'license-plans': {
    says: 'A plan counts licences if its code ends in LICENSE. Codes of free and trial plans begin with FREE and TRIAL. Codes of trial products end in _T.',
    evidence: 'likely',
    source: "Every code on the vendor's pages.",
  },
  'paid-codes': {
    says: "The products and plans that can be bought are the paid codes of the vendor's pages. Subdeck offers these, and refuses others before sending.",
    evidence: 'stated',
    source: 'developers.worksmobile.com/jp/docs/partner-customer-subscriptions-list; no call lists them.',
  },
  'lineworks-status-words': {
    says: 'The status of a subscription is ACTIVE or SUSPENDED_TRIALEND.',
    evidence: 'stated',
    source: 'Document: allowed values.',
  },
  'unknown-customer': {
    says: 'The answer for a customer or subscription that does not exist is a 404.',
    evidence: 'likely',
    source: 'developers.worksmobile.com/en/docs/error-codes; the code of this case is not public.',
  },
} as const satisfies Assumptions;

/**
 * Subdeck's assumptions about the LINE WORKS Partner API where its pages say nothing. Each is here once: a correction
 * is one edit.
 */

/**
 * A subscription's id is assumed to be unique over all customers of a partner, though every path names the customer
 * too: it alone is the subscription's id.
 */
export function subscriptionIdOf({ subscriptionId }: { readonly subscriptionId: string | null }): string | null {
  return subscriptionId;
}

/**
 * Answers about a subscription must name its customer as well, as the list's example does: an id alone is unique by
 * assumption only.
 */
export function subscriptionNamed(subscriptionId: string, domainId: string): Ids {
  return { subscriptionId, domainId };
}

const timeZones = { tokyo: 'Asia/Tokyo', utc: 'UTC' } as const;

/** The day after today where the vendor's day is. `now` in milliseconds since the epoch; `YYYY-MM-DD`. */
export function tomorrowAt(now: number, day: keyof typeof timeZones): string {
  const inOneDay = now + 24 * 60 * 60 * 1000;
  return new Intl.DateTimeFormat('en-CA', { timeZone: timeZones[day], dateStyle: 'short' }).format(inOneDay);
}

/** No renewal and no reservation are answered with 404, or with an empty object. */
export function isNone(object: object): boolean {
  return Object.keys(object).length === 0;
}

/** A plan counts licences when its name says so: ANNUAL_LICENSE, ANNUAL_PREPAY_LICENSE, MONTHLY_LICENSE, … */
export function isLicensePlan(plan: string): boolean {
  return /(?:^|_)LICENSE$/.test(plan);
}

/** Free and trial plans: nothing is paid, so there is nothing to renew. */
export function isUnpaidPlan(plan: string): boolean {
  return /^(?:FREE|TRIAL)(?:_|$)/.test(plan);
}

/** Free plans: FREE, FREE_LICENSE. */
export function isFreePlan(plan: string): boolean {
  return /^FREE(?:_|$)/.test(plan);
}

/** Codes of paid products on the vendor's pages. */
export const paidProducts: readonly string[] = [
  ...['STD', 'ADV', 'ROG_STD', 'ROG_ADV', 'NTA_SL', 'NTA_TM', 'NTA_BZ', 'NTA_EP'],
  ...['JP_PPO_LT', 'JP_PPO_STD', 'JP_PPO_ADV', 'JP_AIS_STD'],
];

/** Codes of paid plans there. */
export const paidPlans: readonly string[] = [
  ...['MONTHLY', 'MONTHLY_LICENSE', 'ANNUAL', 'ANNUAL_LICENSE', 'ANNUAL_PREPAY', 'ANNUAL_PREPAY_LICENSE'],
];

/** Codes of products and plans are printable ASCII. [True for every code on the vendor's pages.] */
export function isCode(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** A trial's product ends in `_T`. [True for every code on the vendor's pages.] */
export function isTrialProduct(productId: string): boolean {
  return /_T$/.test(productId);
}

/** An access token's lifetime if the answer does not say: the shorter of the app's two choices. Seconds. */
export const tokenLifetime = 3600;

/** The validity of the assertion for a token; the vendor allows an hour. Seconds. */
export const assertionLifetime = 5 * 60;
