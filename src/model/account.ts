import { canonicalId } from './id-spelling.ts';
import type { Subscription } from './subscription.ts';

/**
 * The account that a vendor's ids belong to, as printable text: the vendor, the origin of its API and, if ids are
 * unique in one tenant only, that tenant. Two rows with the same account key and the same id are one subscription,
 * through whatever connection they are read. Never a secret.
 */
export type AccountKey = string;

/**
 * The view that a connection has of its account: the seller, the reseller, the role, the user. Only the same view of
 * the same account can conclude from "not found" that something is gone; another view may never have included it.
 * Empty: all views are the same.
 */
export type AccountView = string;

/** The vendor, which is the first word of a key. */
export function vendorOfAccount(account: AccountKey): string {
  return account.split(' ', 1)[0] ?? '';
}

/**
 * What tells a subscription from all others of a vendor, whatever the account is called: an id that is unique everywhere, or else
 * the id together with its organization's. Two accounts that show the same may be one.
 */
export function likenessOf({
  vendor,
  connection,
  id,
  organization,
}: Pick<Subscription, 'vendor' | 'connection' | 'id' | 'organization'>): string {
  const subject = canonicalId(id);
  const isUnique = /^[0-9a-f]{32}$/.test(subject);
  // An implied organization is named after the connection.
  const owner = isUnique || organization === null || organization.id === connection ? null : organization.id;
  return JSON.stringify([vendor, subject, owner === null ? null : canonicalId(owner)]);
}

/** An account, and the view of it. */
export interface AccountFact {
  readonly account: AccountKey;
  readonly view: AccountView;
}
