import * as v from 'valibot';
import type { AccountKey } from '../model/account.ts';
import type { Database } from '../postgres/database.ts';

/** What members do at the vendors just now. Times are ISO 8601 UTC, by the server's clock. */
export interface StoreActivity {
  /** Who reads an account; the others wait for what it publishes. */
  readonly leases: readonly { readonly account: AccountKey; readonly holder: string; readonly until: string }[];
  /** Calls left in the vendor's present window. `operation`: null where all calls are counted together. */
  readonly budgets: readonly {
    readonly account: AccountKey;
    readonly operation: string | null;
    readonly left: number;
    readonly resetsAt: string;
  }[];
}

const lease = v.object({ account: v.string(), holder: v.string(), until: v.string() });
const budget = v.object({
  account: v.string(),
  operation: v.nullable(v.string()),
  left: v.number(),
  resetsAt: v.string(),
});

const iso = (time: string) => `pg_catalog.to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function storeActivity(database: Pick<Database, 'query'>): Promise<StoreActivity> {
  const leases = await database.query(
    `SELECT s.account, p.member AS holder, ${iso('l.until')} AS until
     FROM subdeck.sync_leases l JOIN subdeck.scopes s ON s.id = l.scope JOIN subdeck.processes p ON p.id = l.holder
     WHERE l.until > pg_catalog.clock_timestamp() ORDER BY s.account, l.until LIMIT 1000`,
  );
  // A pause that the vendor asked for leaves nothing, whatever the window.
  const budgets = await database.query(
    `SELECT b.account, NULLIF(b.operation, '') AS operation, GREATEST(b.calls - b.used, 0) AS left, ${iso('b.window_ends')} AS "resetsAt"
     FROM subdeck.budgets b WHERE b.window_ends > pg_catalog.clock_timestamp()
     UNION ALL
     SELECT p.account, NULL, 0, ${iso('p.until')} FROM subdeck.pauses p WHERE p.until > pg_catalog.clock_timestamp()
     ORDER BY account, operation LIMIT 1000`,
  );
  return { leases: v.parse(v.array(lease), leases.rows), budgets: v.parse(v.array(budget), budgets.rows) };
}
