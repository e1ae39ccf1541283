import type { Ids } from '../identity.ts';

/**
 * What Subdeck takes for granted of the LINE WORKS Partner API where its pages say nothing. Each stands here once: a
 * correction is one edit.
 */

/**
 * A subscription's id is unique over all customers of a partner, though every path names the customer too: it alone is the
 * subscription's id.
 */
export function subscriptionIdOf({ subscriptionId }: { readonly subscriptionId: string | null }): string | null {
  return subscriptionId;
}

/**
 * What names a subscription names its customer as well, as the list's example does: an id alone is unique by assumption
 * only, so an answer about it without the customer is not believed.
 */
export function subscriptionNamed(subscriptionId: string, domainId: string): Ids {
  return { subscriptionId, domainId };
}

/** Dates are calendar days without a time zone; what counts as today is the day in Tokyo, where the vendor is. */
const vendorTimeZone = 'Asia/Tokyo';

/** The day after today there. `now` in milliseconds since the epoch; `YYYY-MM-DD`. */
export function tomorrowAt(now: number): string {
  const inOneDay = now + 24 * 60 * 60 * 1000;
  return new Intl.DateTimeFormat('en-CA', { timeZone: vendorTimeZone, dateStyle: 'short' }).format(inOneDay);
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

/** Codes of products and plans are of visible ASCII characters. [Holds for every code on the vendor's pages.] */
export function isCode(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** A trial's product ends in `_T`. [Holds for every code on the vendor's pages.] */
export function isTrialProduct(productId: string): boolean {
  return /_T$/.test(productId);
}

/** How long an access token lives where the answer does not say: the shorter of the app's two choices. Seconds. */
export const tokenLifetime = 3600;

/** How long the assertion that buys a token is good for; the vendor allows an hour. Seconds. */
export const assertionLifetime = 5 * 60;
