import type { RequestState } from '../../model/request.ts';
import type { Status } from '../../model/subscription.ts';
import type { Assumptions } from '../assumption.ts';
import { idToken } from '../json.ts';

/**
 * What this adapter takes for granted about the interworks.cloud BSS API V3 where its document ("Subscription Management
 * Endpoints for White-Label Resellers") and its public pages are silent. Each stands here alone, so that a correction is
 * one edit.
 */

export const interworksAssumptions = {
  'list-paging': {
    says: 'Lists take page (from 1) and size, or pageIndex and pageSize. Both pairs are sent; whether the index counts from 0, and whether the size is obeyed, is learned from the first two pages.',
    evidence: 'seen',
    source:
      'pageIndex and pageSize: crobboxos/Sales-Portal, HP_API_AccountService (accounts, version 3). page and size: none.',
    alternatives: {
      learned: 'both pairs are sent, and the answers show which one counts',
      'page-size': 'page from 1, and size',
      'page-index-0': 'pageIndex from 0, and pageSize',
      'page-index-1': 'pageIndex from 1, and pageSize',
      none: 'a list comes whole, whatever is asked for',
    },
  },
} as const satisfies Assumptions;

/** Rows asked for a page. */
export const pageSize = 200;

/** [A] A decrease carries the new total, which is lower than the present one. */
export function lowerBody(quantity: number): unknown {
  return { quantity };
}

/** [A] A draft order names the account. Accounts have integer ids. */
export function orderBody(accountId: string): unknown {
  return { accountId: idToken(accountId) };
}

/**
 * [A] `quantity` of an order item is the amount added, not the new total: the riskiest unknown, so the subscription is
 * read again after checkout and compared. The subscription's id is documented as what ties the order to it.
 */
export function orderItemBody(productId: string, added: number, subscriptionId: string): unknown {
  return { productId: idToken(productId), quantity: added, subscriptionId };
}

/** [A] Status words of a subscription, in any case. */
export const statusWords: Readonly<Record<string, Status>> = {
  active: 'active',
  pending: 'pending',
  suspended: 'suspended',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  expired: 'expired',
  error: 'error',
};

/** [A] Words of a quantity request, in any case, spaces and dashes left out. */
export const requestWords: Readonly<Record<string, RequestState>> = {
  pending: 'pending',
  submitted: 'pending',
  queued: 'pending',
  new: 'pending',
  inprogress: 'running',
  processing: 'running',
  running: 'running',
  completed: 'done',
  succeeded: 'done',
  failed: 'failed',
  rejected: 'failed',
  cancelled: 'failed',
};

/**
 * [A] A 403 means "too many calls" only where it says so: with `Retry-After`, or in its message. The vendor describes 403
 * both as a missing right and as a rate limit.
 */
export function isThrottling403(retryAfter: string | undefined, body: string): boolean {
  return retryAfter !== undefined || /rate.?limit|too many|throttl|quota/i.test(body);
}

/** [A] A 500 on a read may mean that the token is old: one public client treats it so. One new sign-in is tried. */
export const signInAgainOn = [500] as const;

/** [A] The id that means "none". */
export const noId = '00000000-0000-0000-0000-000000000000';

/**
 * [A] Properties of a subscription that `$filter` and `$orderby` know, by Subdeck's field names; `contains` looks without
 * regard to case. That both exist for subscriptions is documented, the list of properties is not: where the vendor does
 * not take one, the whole list is read instead.
 */
export const properties = {
  name: 'name',
  id: 'id',
  qty: 'quantity',
  starts: 'startDate',
  ends: 'endDate',
  organization: 'account/id',
  service: 'product/id',
} as const;

/** [A] `datetime'…'` names no zone: a bound is widened by so many milliseconds, whatever zone the vendor reads it in. */
export const zoneSlack = 2 * 86_400_000;
