import { readdirSync, readFileSync } from 'node:fs';
import type { TestServer } from '../test/postgres/server.ts';

/** What a server did between two moments. */
export interface ServerLoad {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly statements: number;
  readonly walBytes: number;
  /** Connections of members at the end. */
  readonly connections: number;
}

export interface SlowStatement {
  readonly text: string;
  readonly calls: number;
  readonly meanMilliseconds: number;
  readonly totalSeconds: number;
}

/** Statements are counted by pg_stat_statements, processor time by the system. */
export function serverLoad(server: TestServer, store: string) {
  const statementsOf = `FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
    WHERE d.datname = '${store}' AND r.rolname LIKE 'desk-%' AND s.toplevel`;
  const now = () => {
    const text = server.psql(
      `SELECT (SELECT coalesce(sum(s.calls), 0) ${statementsOf}), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0'),
         (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'subdeck' AND datname = '${store}')`,
      store,
    );
    const [statements = 0, wal = 0, connections = 0] = text.split('|').map(Number);
    return { at: performance.now(), cpu: cpuSecondsOf(server.pid), statements, wal, connections };
  };
  let before = now();
  return {
    /** Does now what the server would do at some later time because of what was written so far. */
    settle() {
      server.psql('VACUUM ANALYZE', store);
      server.psql('CHECKPOINT');
    },
    mark() {
      before = now();
    },
    since(): ServerLoad {
      const after = now();
      return {
        seconds: (after.at - before.at) / 1000,
        cpuSeconds: after.cpu - before.cpu,
        statements: after.statements - before.statements,
        walBytes: after.wal - before.wal,
        connections: after.connections,
      };
    },
    /** Bytes of the database, and tables that were read from beginning to end although they have many rows. */
    store() {
      const bytes = Number(server.psql(`SELECT pg_database_size('${store}')`));
      const scanned = server
        .psql(
          `SELECT relname || ': ' || seq_scan || ' × ' || n_live_tup FROM pg_stat_user_tables
           WHERE schemaname = 'subdeck' AND seq_scan > 0 AND n_live_tup > 200 ORDER BY seq_tup_read DESC`,
          store,
        )
        .split('\n')
        .filter((line) => line !== '');
      return { bytes, scanned };
    },
    slowest(): readonly SlowStatement[] {
      const text = server.psql(
        `SELECT replace(regexp_replace(s.query, '\\s+', ' ', 'g'), '|', '/'), sum(s.calls), sum(s.total_exec_time) / sum(s.calls), sum(s.total_exec_time) / 1000
         ${statementsOf} GROUP BY 1 ORDER BY 4 DESC LIMIT 8`,
        store,
      );
      return text.split('\n').map((line) => {
        const [query = '', calls, mean, total] = line.split('|');
        const called = /subdeck\.(\w+)\(\$|FROM subdeck\.(\w+)/.exec(query);
        const name = called?.[1] ?? called?.[2] ?? query.slice(0, 40);
        return {
          text: name,
          calls: Number(calls),
          meanMilliseconds: Number(mean),
          totalSeconds: Number(total),
        };
      });
    },
  };
}

/** Of a server's process, of those that it started, and of those of them that have ended. */
function cpuSecondsOf(pid: number): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(name))
    .filter((stat) => stat !== null)
    .map((stat) => {
      if (stat.pid === pid) return stat.own + stat.ofChildren;
      return stat.parent === pid ? stat.own : 0;
    });
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}

/** Of Linux, as programs are told. */
const ticksPerSecond = 100;

function statOf(pid: string) {
  try {
    // The name of the program may contain blanks and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    return { pid: Number(pid), parent: fields[1] ?? 0, own: user + system, ofChildren: childUser + childSystem };
  } catch {
    return null;
  }
}
