import type { Vendor } from '../api/contract.ts';
import type { JournalRecord } from '../journal/journal.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { shellWord } from '../model/shell-word.ts';
import { accountNow, type KnownConnection } from './connections.ts';
import type { WriteDeps } from './deps.ts';

/**
 * The vendor of the account that a write went to: through the connection that sent it, or another one on that account,
 * preferably one with the same view. Without an account (Subdeck 0.1.0) only the connection's name is known. Throws a
 * `FaultError` that names both accounts if no connection is on it; the entry is unchanged.
 */
export async function accountVendor(
  { connections, vendorOf }: Pick<WriteDeps, 'connections' | 'vendorOf'>,
  record: JournalRecord,
): Promise<Vendor> {
  const { account } = record.entry;
  const sentThrough = connectionOf(record);
  if (account === null) return vendorOf(sentThrough);
  const rank = ({ name, view }: KnownConnection) => (view === record.view ? 2 : 0) + (name === sentThrough ? 1 : 0);
  const [best] = connections.list
    .filter((one) => one.account === account)
    .sort((one, other) => rank(other) - rank(one));
  if (best === undefined) throw new FaultError(elsewhere(record, account, accountNow(connections, sentThrough)));
  const vendor = await vendorOf(best.name);
  if (vendor.account !== account) throw new FaultError(elsewhere(record, account, vendor.account));
  return vendor;
}

/** The connection that sent a write. */
export function connectionOf({ entry }: Pick<JournalRecord, 'entry'>): string {
  return entry.ref.slice(0, entry.ref.indexOf('/'));
}

function elsewhere(record: JournalRecord, account: string, now: string | null): Fault {
  const { id, ref } = record.entry;
  const connection = connectionOf(record);
  const present =
    now === null ? `the connection ${connection} no longer exists` : `the connection ${connection} now uses ${now}`;
  const message = `${ref} was sent on the account ${account}; ${present}, and no connection uses that account, so the vendor is not asked.`;
  const next = `Add a connection to that account, under any name, or record the outcome yourself: subdeck journal settle ${shellWord(id)} --as applied or not-applied.`;
  return fault('refused', message, next, { connection, sent: true }).fault;
}
