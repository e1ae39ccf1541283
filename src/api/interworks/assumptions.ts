import type { RequestState } from '../../model/request.ts';
import type { Status } from '../../model/subscription.ts';
import type { Assumptions } from '../assumption.ts';
import { idToken } from '../json.ts';

/**
 * This adapter's assumptions about the interworks.cloud BSS API V3 where its document ("Subscription Management
 * Endpoints for White-Label Resellers") and its public pages are silent. Each is here once: a correction is one edit.
 */

export const interworksAssumptions = {
  'api-version': {
    says: 'X-Api-Version is 3.0, as the setting apiVersion says; where that is refused, 3 is tried. An old version may be refused as a method that the list does not have.',
    evidence: 'seen',
    source:
      '3: crobboxos/Sales-Portal. The refusal: Livsy/http-api.interworks-cisco.muk.ua- simple2.php. The list of versions: developers.interworks.cloud.',
  },
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
  'order-answer': {
    says: 'A new order is answered with its id: bare, under orderId or id, or in an object around it.',
    evidence: 'seen',
    source: 'A bare number for accounts: mosskhm/Api48, reg_interworks.ashx.',
  },
  'decrease-quantity': {
    says: 'A decrease carries the new total, which is lower than the present one.',
    evidence: 'none',
    source: 'Document: POST …/quantity (decrease), without a body.',
    alternatives: {
      'new-total': 'quantity is what is left afterwards',
      amount: 'quantity is what is taken away',
    },
  },
  'order-item-quantity': {
    says: 'The quantity of an order item that names a subscription is what is added to it. The subscription is read again after the checkout and compared.',
    evidence: 'none',
    source: 'Document: the item names the subscription. What its quantity counts: nowhere.',
    alternatives: {
      'amount-added': 'quantity is what is added',
      'new-total': 'quantity is what there is afterwards',
    },
  },
  'ordered-quantity': {
    says: 'A subscription may show an order some time after its checkout: a row that is still unchanged proves nothing.',
    evidence: 'likely',
    source: 'Adobe, a sibling: the quantity lags orders. No page of interworks says it.',
  },
  'rate-limit-403': {
    says: 'A 403 means too many calls only where it names a pause (Retry-After) or a limit.',
    evidence: 'stated',
    source: 'kb.interworks.cloud, BSS API: 403 is a missing right and a rate limit alike.',
  },
  'old-token-500': {
    says: 'A 500 on a read may mean that the token is old: one new sign-in is tried.',
    evidence: 'seen',
    source: 'Livsy/http-api.interworks-cisco.muk.ua- InterWorks.php.',
  },
  'interworks-status-words': {
    says: 'A subscription is Active, Pending, Suspended, Cancelled, Expired or Error.',
    evidence: 'none',
    source: 'No page lists the words.',
  },
  'request-words': {
    says: 'A quantity request goes from Pending over InProgress to Completed or Failed.',
    evidence: 'none',
    source: 'Document: the state of the request can be asked for; its words: nowhere.',
  },
  'subscription-fields': {
    says: 'A subscription has id, name, quantity, startDate, endDate, status, account and product.',
    evidence: 'seen',
    source: 'Livsy/http-api.interworks-cisco.muk.ua- (version 2.2). The fields of version 3 are not public.',
  },
  'filter-properties': {
    says: '$filter and $orderby know name, id, quantity, startDate, endDate, account/id and product/id. Where one is refused, the whole list is read.',
    evidence: 'likely',
    source: 'developers.interworks.cloud: both cover subscriptions; the list of properties is not public.',
  },
} as const satisfies Assumptions;

/** Rows per page. */
export const pageSize = 200;

/** [A] The body of a decrease. */
export function lowerBody(quantity: number): unknown {
  return { quantity };
}

/** [A] A draft order names the account. Accounts have integer ids. */
export function orderBody(accountId: string): unknown {
  return { accountId: idToken(accountId) };
}

/** [A] An order item. The subscription's id is documented as what ties the order to it. */
export function orderItemBody(productId: string, quantity: number, subscriptionId: string): unknown {
  return { productId: idToken(productId), quantity, subscriptionId };
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

/** [A] Words of an order that was not checked out, in any case. */
export function isDraftOrder(status: string): boolean {
  return /^(?:draft|open|expired)$/i.test(status.trim());
}
