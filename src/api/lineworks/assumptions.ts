/**
 * What Subdeck takes for granted of the LINE WORKS Partner API where its pages say nothing. Each stands here once: a
 * correction is one edit.
 */

/** A subscription's id is unique over all customers of a partner, though every path names the customer too. */
export const subscriptionIdsAreUnique = true;

/** Dates are calendar days without a time zone; what counts as today is the day in Tokyo, where the vendor is. */
export const vendorTimeZone = 'Asia/Tokyo';

/** No renewal and no reservation are answered with 404 (an empty object is taken the same way). */
export const noneStatus = 404;

/** A plan counts licences when its name says so: ANNUAL_LICENSE, ANNUAL_PREPAY_LICENSE, MONTHLY_LICENSE, … */
export function isLicensePlan(plan: string): boolean {
  return /(?:^|_)LICENSE$/.test(plan);
}

/** Free and trial plans: nothing is paid, so there is nothing to renew. */
export function isUnpaidPlan(plan: string): boolean {
  return /^(?:FREE|TRIAL)(?:_|$)/.test(plan);
}

/** A trial's product ends in `_T`. [Holds for every code on the vendor's pages.] */
export function isTrialProduct(productId: string): boolean {
  return /_T$/.test(productId);
}

/** How long an access token lives where the answer does not say: the shorter of the app's two choices. Seconds. */
export const tokenLifetime = 3600;

/** How long the assertion that buys a token is good for; the vendor allows an hour. Seconds. */
export const assertionLifetime = 5 * 60;
