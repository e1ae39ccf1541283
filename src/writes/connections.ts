import type { AccountFact, AccountKey } from '../model/account.ts';
import { fault } from '../model/fault.ts';

/** The connections of the settings as they stand, and the account of each. */
export interface KnownConnections {
  readonly list: readonly KnownConnection[];
}

export interface KnownConnection extends AccountFact {
  readonly name: string;
}

/** The account that a connection points to now; null where there is no such connection. */
export function accountNow({ list }: KnownConnections, connection: string): AccountKey | null {
  return list.find(({ name }) => name === connection)?.account ?? null;
}

/** Nothing is sent to another account than it was planned on. */
export function otherAccountFault(planned: AccountKey, now: AccountKey, connection: string) {
  const message = `This was planned on the account ${planned}; the connection ${connection} is on ${now} now. Nothing was sent.`;
  const next = 'Point the connection back, or plan it again on the account of now.';
  return fault('refused', message, next, { connection });
}
