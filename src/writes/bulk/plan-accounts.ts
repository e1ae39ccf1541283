import type { AccountKey } from '../../model/account.ts';
import { fault } from '../../model/fault.ts';
import { parseReference } from '../../model/reference.ts';
import type { WriteRequest } from '../../operations/registry.ts';
import { connectionOf, refOf } from '../../operations/requests.ts';
import { accountNow, type KnownConnections, otherAccountFault } from '../connections.ts';
import type { BulkPlan } from './plan-file.ts';

/** Throws a `refused` fault if a plan would change one subscription through two connections. */
export function refuseTwice(writes: readonly WriteRequest[], connections: KnownConnections): void {
  const seen = new Map<string, string>();
  for (const writeRequest of writes) {
    const connection = connectionOf(writeRequest);
    const ref = refOf(writeRequest);
    const account = accountNow(connections, connection);
    if (account === null) continue;
    const key = JSON.stringify([account, parseReference(ref)?.id]);
    const other = seen.get(key) ?? ref;
    seen.set(key, other);
    if (other === ref) continue;
    const message = `${other} and ${ref} are the same subscription (${account}); a plan can change it through one connection only.`;
    throw fault('refused', message, 'Remove one of the two. Nothing was sent.', { connection });
  }
}

/**
 * Throws a `refused` fault if a plan was made on another account than its connections point to, or changes one
 * subscription twice.
 */
export function refuseOtherAccount({ rows }: BulkPlan, connections: KnownConnections): void {
  for (const { writeRequest, account } of rows) {
    const connection = connectionOf(writeRequest);
    const now = accountNow(connections, connection);
    if (account !== undefined && now !== null && account !== now) throw otherAccountFault(account, now, connection);
  }
  refuseTwice(
    rows.map(({ writeRequest }) => writeRequest),
    connections,
  );
}

/** The accounts that a plan changes, as recorded in its file. */
export function accountsOf({ rows }: BulkPlan): readonly AccountKey[] {
  return [...new Set(rows.flatMap(({ account }) => account ?? []))].sort();
}

/** The same as text, one sentence each. */
export function accountLines(plan: BulkPlan): readonly string[] {
  const unknown = plan.rows.some(({ account }) => account === undefined)
    ? ['Subdeck 0.1.0 wrote this file without its account: it will run on the accounts that its connections use now.']
    : [];
  return [...accountsOf(plan).map((account) => `Account: ${account}`), ...unknown];
}
