import type { ConnectionRow } from './connections-table.ts';

/**
 * Connections that share an account, by their codes: all of an account in the order of the settings, which decides
 * which of their rows counts.
 */
export type SharedAccounts = ReadonlyMap<number, readonly ConnectionRow[]>;

export function sharedAccounts(connections: readonly ConnectionRow[]): SharedAccounts {
  const shared = new Map<number, readonly ConnectionRow[]>();
  for (const [account, alike] of Map.groupBy(connections, ({ account }) => account)) {
    if (account === null || alike.length < 2) continue;
    const inOrder = alike.toSorted((one, other) => one.position - other.position || one.code - other.code);
    for (const { code } of alike) shared.set(code, inOrder);
  }
  return shared;
}
