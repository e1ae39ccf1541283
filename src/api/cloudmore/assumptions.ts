import type { Status } from '../../model/subscription.ts';
import type { Query } from '../http/url-path.ts';
import { path } from '../http/url-path.ts';
import { type Asked, type Ids, listOf } from '../identity.ts';

/**
 * What this adapter takes for granted about Cloudmore where its document ("Custom Service Subscription Management API") and
 * its public pages are silent. Each stands here alone, so that a correction is one edit. Lists are taken for bare JSON
 * arrays, unpaged, cancelled subscriptions included; an object around one array is read too (`wire-list.ts`, `json-rows.ts`).
 */

/**
 * [A] The seller's DELETE takes `action` in the query; one public client has a required `removeAction`. Both are always sent: one
 * that is ignored or missing leaves the default, which is the destructive one there.
 */
export function removalAction(action: 'Cancel' | 'Delete'): Query {
  return { action, removeAction: action };
}

/** [A] Body of a new subscription. The document asks for a productId from a price list. A metered product takes no quantity. */
export function createBody(productId: string, quantity: number | null, name: string | null): unknown {
  return { productId, ...(quantity === null ? {} : { quantity }), ...(name === null ? {} : { name }) };
}

/** [A] Body of an update: the quantity always, unless it is metered; the name where it changes. */
export function updateBody(quantity: number | null, name: string | null): unknown {
  return { ...(quantity === null ? {} : { quantity }), ...(name === null ? {} : { name }) };
}

/** [A] Body of SetLicenseKey. */
export function licenseKeyBody(licenseKey: string): unknown {
  return { licenseKey };
}

/**
 * The document writes `Subscriptionshistory/`, where a slash was lost; the swagger list has `Subscriptions/history/`. The
 * document's is tried first, the other one where it answers 404.
 */
export const historyPaths = [
  (service: string, id: string) => service + path`/Subscriptionshistory/${id}`,
  (service: string, id: string) => service + path`/Subscriptions/history/${id}`,
] as const;

/** [A] A line of the history may name its subscription; one about another is not taken for this one's. */
export function historyAsked(id: string): Asked {
  return listOf({ subscriptionId: id });
}

/** [A] A subscription that was asked for under its organization names that organization: one that does not is not believed. */
export function organizationNamed(organizationId: string | undefined): Ids {
  return { organizationId };
}

/** [A] Status words, in any case. */
export const statusWords: Readonly<Record<string, Status>> = {
  active: 'active',
  pending: 'pending',
  suspended: 'suspended',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  deleted: 'cancelled',
  expired: 'expired',
  error: 'error',
};

/** [A] `price` of a subscription is the price of one unit. */
export const priceKind = 'unit';

/** [A] A change is applied before it is answered: Cloudmore names no asynchronous change of a subscription. */
export const changesAtOnce = true;
