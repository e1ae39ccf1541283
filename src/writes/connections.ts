import type { AccountFact, AccountKey } from '../model/account.ts';
import { fault } from '../model/fault.ts';

/** The current connections of the settings, and the account of each. */
export interface KnownConnections {
  readonly list: readonly KnownConnection[];
}

export interface KnownConnection extends AccountFact {
  readonly name: string;
}

/** The current account of a connection; null if the connection does not exist. */
export function accountNow({ list }: KnownConnections, connection: string): AccountKey | null {
  return list.find(({ name }) => name === connection)?.account ?? null;
}

/** Nothing is sent to another account than it was planned on. */
export function otherAccountFault(planned: AccountKey, now: AccountKey, connection: string) {
  const message = `This was planned for the account ${planned}; the connection ${connection} now uses ${now}. Nothing was sent.`;
  const next = 'Change the connection back, or make a new plan for the current account.';
  return fault('refused', message, next, { connection });
}
