import * as v from 'valibot';
import type { Database } from '../postgres/database.ts';
import { checkStore, type StoreFacts } from './check-store.ts';
import { type StoreActivity, storeActivity } from './store-activity.ts';

/** What there is to say of a store that answered. */
export interface StoreStatus extends StoreFacts, StoreActivity {
  readonly roundTripMs: number;
  readonly members: readonly MemberStatus[];
  /** Several names come from one login: anybody may sign as any of them. */
  readonly sharedLogins: readonly string[];
}

export interface MemberStatus {
  readonly as: string;
  /** `user@host`, as the process said of itself; null: it never ran one that registered. */
  readonly host: string | null;
  readonly version: string | null;
  /** By the server's clock; null: never. */
  readonly seenAt: string | null;
  /** Its lease has not ended. */
  readonly running: boolean;
}

const member = v.object({
  as: v.string(),
  login: v.string(),
  host: v.nullable(v.string()),
  version: v.nullable(v.string()),
  seen_at: v.nullable(v.string()),
  running: v.boolean(),
});

/** Throws what `checkStore` and a lost connection throw. */
export async function storeStatus(database: Database, now: () => number): Promise<StoreStatus> {
  const facts = await checkStore(database);
  const from = now();
  await database.query('SELECT 1');
  const roundTripMs = Math.round((now() - from) * 10) / 10;
  const { rows } = await database.query(`
    SELECT m.name AS "as", m.login::text AS login, p.os_user || '@' || p.host AS host, p.version,
      pg_catalog.to_char(p.seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS seen_at,
      COALESCE(p.lease_until > pg_catalog.clock_timestamp(), false) AS running
    FROM subdeck.members m LEFT JOIN LATERAL (
      SELECT q.os_user, q.host, q.version, q.seen_at, q.lease_until FROM subdeck.processes q
      WHERE q.member = m.name ORDER BY q.seen_at DESC LIMIT 1
    ) p ON true
    WHERE m.left_at IS NULL ORDER BY m.name LIMIT 1000`);
  const found = v.parse(v.array(member), rows);
  const logins = found.map(({ login }) => login);
  return {
    ...facts,
    ...(await storeActivity(database)),
    roundTripMs,
    members: found.map(({ as, host, version, seen_at, running }) => ({ as, host, version, seenAt: seen_at, running })),
    sharedLogins: [...new Set(logins.filter((login, index) => logins.indexOf(login) !== index))],
  };
}
