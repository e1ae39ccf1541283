import type { Status } from '../../model/subscription.ts';
import { type Assumptions, pricePerUnit, priceReadings } from '../assumption.ts';
import type { Query } from '../http/url-path.ts';
import { path } from '../http/url-path.ts';
import { type ExpectedIds, type Ids, listOf } from '../identity.ts';

/**
 * This adapter's assumptions about Cloudmore where its document ("Custom Service Subscription Management API") and its
 * public pages are silent. Each is here once: a correction is one edit. Lists are assumed to be bare JSON arrays,
 * unpaged, including cancelled subscriptions; an object around one array is read too (`wire-list.ts`, `json-rows.ts`).
 */

export const cloudmoreAssumptions = {
  'removal-parameter': {
    says: "The seller's DELETE takes Cancel or Delete in action or removeAction. Subdeck always sends both, because the default for a missing or ignored parameter may be to delete.",
    evidence: 'seen',
    source: 'AdrianCloudMore/CloudMorePythonSDK api.py: RemoveSellerSubscriptionById has a required removeAction.',
  },
  'history-path': {
    says: 'The history is at Subscriptionshistory/{id}, as documented, or at Subscriptions/history/{id}. If one is not found, Subdeck tries the other.',
    evidence: 'contradicted',
    source:
      'Document: Subscriptionshistory/{subscriptionId}. Swagger list in the README of CloudMorePythonSDK: Subscriptions/history/{subscriptionId}.',
    alternatives: {
      either: 'the documented path, then the other one',
      document: 'Subscriptionshistory/{id} alone',
      swagger: 'Subscriptions/history/{id} alone',
    },
  },
  provisioning: {
    says: 'A successful answer may only record a change: services can be provisioned by mail or by a connector that reports later. An unchanged row after a lost answer therefore proves nothing.',
    evidence: 'seen',
    source: 'support.cloudmore.com, pages on the service connector.',
    alternatives: {
      later: 'a change may come later than its answer',
      'at-once': 'a change is applied before it is answered',
    },
  },
  'omitted-name': {
    says: 'An update may clear omitted fields, so Subdeck always sends quantity and name.',
    evidence: 'none',
    source: 'The fields of OrganizationServiceSubscriptionUpdateViewModel are not public.',
  },
  'price-list-currency': {
    says: 'A price list needs no currency, or a 400 requires currencyCode; Subdeck then sends the currency of the organization.',
    evidence: 'seen',
    source: 'AdrianCloudMore/CloudMorePythonSDK: a required currencyCode; that SDK has copying errors.',
  },
  'organizations-show-active': {
    says: "The list of a reseller's organizations needs no parameter, or a 400 requires showActive; Subdeck then reads it with true and with false.",
    evidence: 'seen',
    source: 'AdrianCloudMore/CloudMorePythonSDK: a required showActive; that SDK has copying errors.',
  },
  'lists-unpaged': {
    says: 'Lists are plain JSON arrays without pages and include cancelled subscriptions.',
    evidence: 'likely',
    source: 'Samples on developer.cloudmore.com; the swagger list has no paging parameter.',
  },
  'create-body': {
    says: 'A new subscription is created with productId from a price list, quantity (unless it is metered) and name.',
    evidence: 'likely',
    source: 'Document: productId. No page names quantity and name.',
  },
  'license-key-body': {
    says: 'The body of SetLicenseKey is {licenseKey}.',
    evidence: 'none',
    source: 'Neither the document nor the SDK shows the body.',
  },
  [pricePerUnit]: {
    says: 'The price of a subscription, and of a line of a price list, is that of one unit for one billing period.',
    evidence: 'none',
    source: 'No page says so.',
    alternatives: { unit: priceReadings.unit, total: priceReadings.total },
  },
  'cloudmore-fields': {
    says: 'A subscription has id, name, status, productId, serviceId, organizationId and quantity.',
    evidence: 'none',
    source: 'Only the names of the models are public (CloudMorePythonSDK), not their fields.',
  },
  'cloudmore-status-words': {
    says: 'The status of a subscription is Active, Pending, Suspended, Cancelled, Deleted, Expired or Error, as a word or as {id, name}.',
    evidence: 'none',
    source: 'Only the events SubscriptionCancelled and SubscriptionDeleted are public (CloudMore-AWS).',
  },
} as const satisfies Assumptions;

/**
 * [A] The seller's DELETE takes `action` in the query; one public client requires `removeAction`. Both are always sent:
 * if the right one were missing, the default would apply, which deletes.
 */
export function removalAction(action: 'Cancel' | 'Delete'): Query {
  return { action, removeAction: action };
}

/**
 * [A] Body of a new subscription. The document requires a productId from a price list. A metered product takes no
 * quantity.
 */
export function createBody(productId: string, quantity: number | null, name: string | null): unknown {
  return { productId, ...(quantity === null ? {} : { quantity }), ...(name === null ? {} : { name }) };
}

/** [A] Body of an update: the quantity, unless it is metered, and the name, if it has its own. */
export function updateBody(quantity: number | null, name: string | null): unknown {
  return { ...(quantity === null ? {} : { quantity }), ...(name === null ? {} : { name }) };
}

/** [A] Body of SetLicenseKey. */
export function licenseKeyBody(licenseKey: string): unknown {
  return { licenseKey };
}

/**
 * The document writes `Subscriptionshistory/`, with a missing slash; the swagger list has `Subscriptions/history/`. The
 * document's path is tried first, the other one after a 404.
 */
export const historyPaths = [
  (service: string, id: string) => service + path`/Subscriptionshistory/${id}`,
  (service: string, id: string) => service + path`/Subscriptions/history/${id}`,
] as const;

/** [A] A line of the history may name its subscription; one of another subscription is ignored. */
export function historyAsked(id: string): ExpectedIds {
  return listOf({ subscriptionId: id });
}

/**
 * [A] A subscription requested under its organization must name that organization; otherwise the answer is rejected.
 */
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

/** What `price` of a subscription is called, as it is read. */
export const priceKinds = { unit: 'unit', total: 'list' } as const;
