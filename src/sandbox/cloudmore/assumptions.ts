import type { Variants, VariantTable } from '../variants.ts';

/** The chosen readings of this sandbox, by assumption. */
export const variants = {
  /** The parameter that the seller's DELETE reads. `either` needs one; with the others, a missing one means delete. */
  'removal-parameter': ['either', 'action', 'removeAction'],
  /** What an update does to an omitted name. */
  'omitted-name': ['kept', 'cleared'],
  /** Whether a price list is refused without `currencyCode`. */
  'price-list-currency': ['optional', 'required'],
  /** Whether the organizations of a reseller are refused without `showActive`. */
  'organizations-show-active': ['optional', 'required'],
  'history-path': ['either', 'document', 'swagger'],
  /** Whether a change is applied before its answer, or some seconds later. */
  provisioning: ['at-once', 'later'],
  /** What a price is for. */
  'price-per-unit': ['unit', 'total'],
} as const satisfies VariantTable;
export type Readings = Variants<typeof variants>;

/** How much later. Milliseconds. */
export const provisioningDelay = 8000;

/**
 * The sandbox's assumptions about Cloudmore where its document and its public pages are silent. Each is here once, so
 * that a correction is one edit. Shapes of bodies are in `wire.ts`, lists are bare unpaged arrays, and a subscription
 * requested under another organization or service is missing (404).
 */

/** A token lives 24 hours (documented); its lifetime is counted from issuing. */
export const tokenSeconds = 86_400;

/** `client_id` and `client_secret` are taken from the form or from a Basic header: public clients do both. */
export const clientId = 'ro.customer.client';

/** A token of the wrong level, or of another seller or reseller, gets 403 with an empty body. */
export const wrongLevelStatus = 403;

/** Query parameters of the seller's DELETE, in any case; where both are read, they must agree. */
export const deleteParameters: Readonly<Record<Readings['removal-parameter'], readonly string[]>> = {
  either: ['action', 'removeaction'],
  action: ['action'],
  removeAction: ['removeaction'],
};

/** Their values, in any case. */
export const deleteActions = ['cancel', 'delete'] as const;

/** The licence key is sent as `{licenseKey}` and answered with 204; where the service has keys off, a 400 business error. */
export const licenseKeyField = 'licenseKey';

/** Calls a minute for each credential before 429 with `Retry-After`; the real number is not published. */
export const callsAMinute = 3000;

/** Codes of business errors. Only 5, InvalidValue, is documented. */
export const errorCodes = { NotFound: 4, InvalidValue: 5, OperationNotAllowed: 6 } as const;

/** Status words. `statusIds` are used where a row gives its status as `{id, name}`. */
export const statusIds = { Active: 1, Pending: 2, Suspended: 3, Cancelled: 4, Expired: 5 } as const;

/** A cancelled subscription keeps its row and can be neither changed nor cancelled again (400 business error). */
export function isFinal(statusWord: string | null): boolean {
  return statusWord === 'Cancelled';
}
