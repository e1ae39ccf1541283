/**
 * The account that a vendor's ids belong to, as plain printable text: the vendor, the origin of its API and, where ids are
 * unique in one tenant only, that tenant. Two rows with the same account key and the same id are one subscription, through
 * whatever connection they are read. Never a secret.
 */
export type AccountKey = string;

/**
 * What within an account a connection looks at it as: the seller, the reseller, the role, the user. Only the same view of the
 * same account can tell from "not found" that something is gone; another may never have seen it. Empty: all see the same.
 */
export type AccountView = string;

/** The vendor, which is the first word of a key. */
export function vendorOfAccount(account: AccountKey): string {
  return account.split(' ', 1)[0] ?? '';
}

/** Which account, seen as whom. */
export interface AccountFact {
  readonly account: AccountKey;
  readonly view: AccountView;
}
