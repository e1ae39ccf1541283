import type { ConnectionRow } from './connections-table.ts';

/**
 * Connections that share an account with another one, by their codes: all of that account in the order in which their rows
 * count, which is that of the settings.
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
