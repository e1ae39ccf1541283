/**
 * What this sandbox takes for granted about Cloudmore where its document and its public pages are silent. Each stands
 * here alone, so that a correction is one edit. Shapes of bodies stand in `wire.ts`, lists are bare unpaged arrays, and a
 * subscription asked for under another organization or service than its own is missing (404).
 */

/** A token lives 24 hours (documented); its lifetime is counted from issuing. */
export const tokenSeconds = 86_400;

/** `client_id` and `client_secret` are taken from the form or from a Basic header: public clients do both. */
export const clientId = 'ro.customer.client';

/** A token of the wrong level, or of another seller or reseller, gets 403 with an empty body. */
export const wrongLevelStatus = 403;

/** The seller's DELETE needs one of these query parameters, in any case; where both are there, they must agree. */
export const deleteParameters = ['action', 'removeaction'] as const;

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
