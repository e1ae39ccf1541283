import * as v from 'valibot';
import { FaultError } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import type { Database } from '../postgres/database.ts';
import { checkStore } from './check-store.ts';
import { journalStanding, type ServerWait } from './journal-standing.ts';

/** One thing that `doctor` says of the store. `bad` stops something from working, or may lose what was recorded. */
export interface StoreCheck {
  readonly name: string;
  readonly state: 'good' | 'warn' | 'bad';
  readonly detail: string;
  readonly next: string | null;
}

const facts = v.object({
  version: v.string(),
  tls: v.nullable(v.string()),
  server_ms: v.number(),
  read_only: v.string(),
  synchronous_commit: v.string(),
  standby_names: v.string(),
  standbys: v.number(),
  oldest_s: v.nullable(v.number()),
  pid: v.number(),
  statement_timeout: v.string(),
});

const question = `
SELECT pg_catalog.current_setting('server_version') AS version,
  (SELECT s.version FROM pg_catalog.pg_stat_ssl s WHERE s.pid = pg_catalog.pg_backend_pid() AND s.ssl) AS tls,
  pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) * 1000 AS server_ms,
  pg_catalog.current_setting('default_transaction_read_only') AS read_only,
  pg_catalog.current_setting('synchronous_commit') AS synchronous_commit,
  pg_catalog.current_setting('synchronous_standby_names') AS standby_names,
  (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication)::int AS standbys,
  (SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.min(a.xact_start))
   FROM pg_catalog.pg_stat_activity a WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()) AS oldest_s,
  pg_catalog.pg_backend_pid() AS pid, pg_catalog.current_setting('statement_timeout') AS statement_timeout`;

/** Looks at the store as a member depends on it. Never throws for what is wrong with it. */
export async function storeChecks(
  database: Database,
  clock: { now(): number; monotonic(): number },
): Promise<readonly StoreCheck[]> {
  try {
    const store = await checkStore(database);
    const trip = async () => {
      const [from, wall] = [clock.monotonic(), clock.now()];
      const { rows, process } = await database.query(question);
      const milliseconds = clock.monotonic() - from;
      const row = v.parse(v.tuple([facts]), rows)[0];
      return { milliseconds, skew: row.server_ms - (wall + milliseconds / 2), row, process };
    };
    // On two connections, and then on one of them: a pooler in transaction mode gives both one session, or one of them another.
    const both = await Promise.all([trip(), trip()]);
    const trips = [...both, await trip(), await trip(), await trip()];
    const best = trips.reduce((a, b) => (b.milliseconds < a.milliseconds ? b : a));
    return [
      good('team', `${database.url.text}, PostgreSQL ${best.row.version}`),
      roundTrip(best.milliseconds),
      tls(database, best.row.tls),
      rights(store.role, best.row),
      good('team schema', `version ${store.schema}, as Subdeck made it`),
      clockDifference(best.skew),
      commit(best.row),
      replication(best.row, store.epoch),
      ...shut(store.epoch === null ? null : await journalStanding(database.query)),
      ...pooler(database, trips),
      ...oldTransaction(best.row.oldest_s),
    ];
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return [{ name: 'team', state: 'bad', detail: error.fault.message, next: error.fault.next }];
  }
}

function rights(role: 'member' | 'viewer', { read_only: readOnly }: v.InferOutput<typeof facts>): StoreCheck {
  if (role === 'viewer') return warn('team rights', 'viewer: reads only, every write is refused.', null);
  if (readOnly === 'off') return good('team rights', 'member: reads and writes');
  const detail = 'member, but default_transaction_read_only is on: every write is refused.';
  return { name: 'team rights', state: 'bad', detail, next: 'Let the administrator of the store switch it off.' };
}

function roundTrip(milliseconds: number): StoreCheck {
  const detail = `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 250) return good('team round trip', detail);
  return warn(
    'team round trip',
    `${detail}: a write waits for several.`,
    'Check the network between this machine and the store.',
  );
}

function tls({ url }: Database, version: string | null): StoreCheck {
  if (url.isSocket) return good('team TLS', 'a Unix socket needs none');
  if (version === null) {
    const isHere = ['localhost', '::1'].includes(url.host) || url.host.startsWith('127.');
    if (isHere) return good('team TLS', 'none, on this machine');
    return warn('team TLS', 'None: others on the network can read what the team writes.', 'Use sslmode=verify-full.');
  }
  if (url.sslmode === 'verify-full') return good('team TLS', `${version}, certificate verified`);
  const detail = `${version}, but sslmode=${url.sslmode} does not verify who answers.`;
  return warn('team TLS', detail, 'Use sslmode=verify-full.');
}

function clockDifference(milliseconds: number): StoreCheck {
  const detail = `${Math.round(milliseconds)} ms from this machine's`;
  if (Math.abs(milliseconds) < 2_000) return good('team clock', detail);
  return warn(
    'team clock',
    `${detail}: times of entries differ from what this machine shows.`,
    'Let both machines set their clocks by NTP.',
  );
}

function commit({ synchronous_commit: setting }: v.InferOutput<typeof facts>): StoreCheck {
  if (!['off', 'local'].includes(setting)) return good('team commits', `synchronous_commit is ${setting}`);
  const detail = `synchronous_commit is ${setting}: the journal sets it for its own writes, other rows may be lost in a crash.`;
  return warn('team commits', detail, 'Set it to on for this database.');
}

/** What was acknowledged by a server that then dies is lost where no standby has confirmed it. */
function replication(
  { standbys, standby_names: names }: v.InferOutput<typeof facts>,
  epoch: string | null,
): StoreCheck {
  if (epoch === null) {
    return {
      name: 'team server',
      state: 'bad',
      detail: 'A standby answers, where nothing can be written.',
      next: 'Let the address lead to the primary server.',
    };
  }
  if (standbys === 0) return good('team server', 'the primary, without a standby');
  if (names !== '') return good('team server', `the primary; ${standbys} standby, synchronous: ${names}`);
  const detail = `${standbys} standby without synchronous_standby_names: a failover may lose acknowledged writes, and send them twice.`;
  return { name: 'team server', state: 'bad', detail, next: 'Set synchronous_standby_names on the server.' };
}

/** Writes are refused on a server that is not the one that the journal was written on. */
function shut(waits: ServerWait | null): readonly StoreCheck[] {
  if (waits === null) return [];
  const { seconds, members } = waits;
  const missing =
    members.length === 0 ? '' : ` These have not handed in their open writes: ${members.map(printable).join(', ')}.`;
  const detail = `Writes are refused: another server, a restored backup, or one that was set back.${missing}`;
  const wait = seconds === 0 ? '' : `In ${seconds} s: `;
  const next = `${wait}subdeck team init URL --accept-server, by its administrator, once each member has opened Subdeck.`;
  return [{ name: 'team journal', state: 'bad', detail, next }];
}

interface Trip {
  readonly row: v.InferOutput<typeof facts>;
  readonly process: number | null;
}

/** What is between this machine and the server, as far as it shows. */
function pooler(database: Database, trips: readonly Trip[]): readonly StoreCheck[] {
  if (!database.isPooled() && trips.every(({ row, process }) => row.pid === process)) return [];
  const isShared = trips.some((one) =>
    trips.some((other) => (one.row.pid === other.row.pid) !== (one.process === other.process)),
  );
  const detail = `There is a pooler${isShared ? ' in transaction mode' : ''}: changes are polled, not notified.`;
  if (trips.some(({ row }) => row.statement_timeout === '0')) {
    const next = 'Run subdeck team init URL, which bounds the statements of each login.';
    return [warn('team pooler', `${detail} Nothing there ends a statement that hangs.`, next)];
  }
  return [warn('team pooler', detail, 'It works; a direct connection is faster.')];
}

function oldTransaction(seconds: number | null): readonly StoreCheck[] {
  if (seconds === null || seconds < 600) return [];
  const detail = `A transaction is open for ${Math.round(seconds / 60)} minutes; until it ends, rows of heartbeats pile up.`;
  return [warn('team transactions', detail, 'Look for it in pg_stat_activity.')];
}

function good(name: string, detail: string): StoreCheck {
  return { name, state: 'good', detail, next: null };
}

function warn(name: string, detail: string, next: string | null): StoreCheck {
  return { name, state: 'warn', detail, next };
}
