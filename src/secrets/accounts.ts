/**
 * What the keychain's entries are called. A connection's begins with its name, which begins with a letter or digit; an entry of
 * Subdeck's own begins with a slash, so that no connection can be called like one.
 */

/** A connection's access token, shared between processes. */
export function tokenAccount(connection: string): string {
  return `${connection}/token`;
}

/** The password of the team's store. */
export const teamAccount = '/team';

/** What licence keys are digested with. */
export const digestAccount = '/journal-digest';

/** The same in Subdeck 0.1.0: a connection may be called so. */
export const oldDigestAccount = 'journal-digest';

/** A value that is written, read and deleted again to see whether the keychain works. */
export function probeAccount(random: string): string {
  return `/probe-${random}`;
}
