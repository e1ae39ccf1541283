/** The parent's request to the keychain process: one JSON line on its stdin. */
export type KeychainQuestion =
  | { readonly do: 'get'; readonly account: string }
  | { readonly do: 'set'; readonly account: string; readonly secret: string }
  | { readonly do: 'remove'; readonly account: string }
  | { readonly do: 'which'; readonly accounts: readonly string[] };

/**
 * The keychain's answer. `found`, `missing`, `stored`, `removed` and `which` (the accounts that have a secret) come
 * from a working keychain; the others are its faults. `missing` is reported only after a test write succeeded: an empty
 * answer alone proves nothing, since a service without a collection, or a stopped one, answers the same.
 */
export type KeychainAnswer =
  | { readonly state: 'found'; readonly secret: string }
  | { readonly state: 'missing' }
  | { readonly state: 'stored' }
  | { readonly state: 'removed' }
  | { readonly state: 'which'; readonly accounts: readonly string[] }
  | { readonly state: KeychainTrouble; readonly detail: string };

/**
 * - `absent`: there is no keychain service here at all
 * - `no-collection`: the service runs, but has no keyring to keep anything in
 * - `locked`: the keyring is locked, and nobody unlocked it
 * - `hung`: no answer within the deadline
 * - `died`: the service, or our process that spoke to it, ended in the middle
 * - `twice`: two entries with the same name, of which the right one cannot be told
 * - `too-big`: more than this keychain holds in one entry
 */
export const keychainTroubles = ['absent', 'no-collection', 'locked', 'hung', 'died', 'twice', 'too-big'] as const;
export type KeychainTrouble = (typeof keychainTroubles)[number];

/** The keychain's limit for one entry, in bytes: Windows stores at most 2560 (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export function largestSecret(platform: NodeJS.Platform): number {
  return platform === 'win32' ? 2560 : 65_536;
}

/** The word that starts the single executable as a child for one request, where the bundle has a file of its own. */
export const childWord = 'keychain-child';
