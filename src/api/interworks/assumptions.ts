import type { RequestState } from '../../model/request.ts';
import type { Status } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import { type Assumptions, pricePerUnit } from '../assumption.ts';
import { domainName } from '../domain-name.ts';
import { idToken } from '../json.ts';
import { safeText } from '../text.ts';

/**
 * This adapter's assumptions about the interworks.cloud BSS API V3 where its document ("Subscription Management
 * Endpoints for White-Label Resellers") and its public pages are silent. Each is here once: a correction is one edit.
 */

export const interworksAssumptions = {
  'api-version': {
    says: 'X-Api-Version is 3.0, from the setting apiVersion; if that is refused, Subdeck tries 3. The refusal of an old version may look like a list without that method.',
    evidence: 'seen',
    source:
      '3: crobboxos/Sales-Portal. The refusal: Livsy/http-api.interworks-cisco.muk.ua- simple2.php. The list of versions: developers.interworks.cloud.',
  },
  'list-paging': {
    says: 'Lists take page (from 1) and size, or pageIndex and pageSize. Subdeck sends both pairs. The first two pages show whether the index starts at 0 and whether the size is applied.',
    evidence: 'seen',
    source:
      'pageIndex and pageSize: crobboxos/Sales-Portal, HP_API_AccountService (accounts, version 3). No source has page and size.',
    alternatives: {
      learned: 'both pairs are sent; the answers show which one is used',
      'page-size': 'page from 1, and size',
      'page-index-0': 'pageIndex from 0, and pageSize',
      'page-index-1': 'pageIndex from 1, and pageSize',
      none: 'a list is always complete, without pages',
    },
  },
  'order-answer': {
    says: 'The answer to a new order contains its id: as a bare value, as orderId or id, or in an enclosing object.',
    evidence: 'seen',
    source: 'A bare number for accounts: mosskhm/Api48, reg_interworks.ashx.',
  },
  'decrease-quantity': {
    says: 'A decrease sends the new total, which is lower than the present one.',
    evidence: 'none',
    source: 'Document: POST …/quantity (decrease), without a body.',
    alternatives: {
      'new-total': 'quantity is the new total',
      amount: 'quantity is the number to remove',
    },
  },
  'order-item-quantity': {
    says: 'The quantity of an order item for an existing subscription is added to it. Subdeck reads the subscription again after the checkout and compares.',
    evidence: 'none',
    source: 'Document: the item names the subscription. No page says what its quantity counts.',
    alternatives: {
      'amount-added': 'quantity is the number to add',
      'new-total': 'quantity is the new total',
    },
  },
  'ordered-quantity': {
    says: 'A subscription may show an order some time after its checkout, so an unchanged row proves nothing.',
    evidence: 'likely',
    source: 'Adobe, which is comparable: the quantity lags behind orders. No page of interworks says so.',
  },
  'rate-limit-403': {
    says: 'A 403 means too many calls only if it gives a delay (Retry-After) or a limit.',
    evidence: 'stated',
    source: 'kb.interworks.cloud, BSS API: 403 stands for a missing right as well as a rate limit.',
  },
  'old-token-500': {
    says: 'A 500 on a read may mean an expired token, so Subdeck signs in once more.',
    evidence: 'seen',
    source: 'Livsy/http-api.interworks-cisco.muk.ua- InterWorks.php.',
  },
  'interworks-status-words': {
    says: 'The status of a subscription is Active, Pending, Suspended, Cancelled, Expired or Error.',
    evidence: 'none',
    source: 'No page lists the values.',
  },
  'request-words': {
    says: 'A quantity request goes from Pending through InProgress to Completed or Failed.',
    evidence: 'none',
    source: 'Document: the state of the request can be read. No page lists its values.',
  },
  'subscription-fields': {
    says: 'A subscription has id, name, quantity, startDate, endDate, status, account and product.',
    evidence: 'seen',
    source: 'Livsy/http-api.interworks-cisco.muk.ua- (version 2.2). The fields of version 3 are not public.',
  },
  [pricePerUnit]: {
    says: 'unitPrice is the price of one unit for one billing period.',
    evidence: 'seen',
    source: 'Livsy/http-api.interworks-cisco.muk.ua- (version 2.2): unitPrice, quantity and total side by side.',
  },
  'account-web-site': {
    says: 'The host of an account’s webSite, without www., is the domain of the account, unless the address has a path. Subdeck only compares it with the domains of organizations elsewhere.',
    evidence: 'likely',
    source: 'developers.interworks.cloud: an account has webSite. No page says what it is used for.',
  },
  'filter-properties': {
    says: '$filter and $orderby accept name, id, quantity, startDate, endDate, account/id and product/id. If one is refused, Subdeck reads the whole list.',
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

/** [A] `https://www.acme.example/` and `acme.example` are of the domain acme.example; a page on somebody else's host is of none. */
export function domainOfSite(webSite: SafeText): SafeText | null {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/?#:@\s]+)\/?$/i.exec(webSite.trim())?.[1];
  return host === undefined ? null : domainName(safeText(host));
}

/** [A] Words of an order that was not checked out, in any case. */
export function isDraftOrder(status: string): boolean {
  return /^(?:draft|open|expired)$/i.test(status.trim());
}
