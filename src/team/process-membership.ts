import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { fault } from '../model/fault.ts';
import type { Database } from '../postgres/database.ts';
import type { ProcessMark } from '../system/process-mark.ts';
import { schemaVersion } from './schema/parts.ts';

/** A running process as it tells the store of itself. */
export interface ProcessIdentity {
  /** The member's name. */
  readonly as: string;
  readonly osUser: string;
  readonly mark: ProcessMark;
  /** Of this program. */
  readonly version: string;
}

/** What the server said at a sign of life. */
export interface Heartbeat {
  /** How long the lease runs from the server's answer on, in milliseconds. */
  readonly leaseMs: number;
  /** The server's clock, milliseconds since the epoch. */
  readonly serverMs: number;
  /** Which server, and which line of its history; another one after a failover or a restored backup. Null: a standby. */
  readonly epoch: string | null;
  readonly schema: number;
}

/** This process as the store knows it. */
export interface ProcessMembership {
  /** Its id in `subdeck.processes`: what it writes refers to this. */
  readonly id: string;
  readonly as: string;
  /** Renews the lease. Throws `PostgresError`; `denied` where the store does not take this process for a member's any more. */
  beat(): Promise<Heartbeat>;
  /** Gives the lease up. */
  end(): Promise<void>;
}

const beatRow = v.object({
  lease_ms: v.number(),
  server_ms: v.number(),
  epoch: v.nullable(v.string()),
  schema: v.number(),
});

/** Registers this process; its lease begins. Throws `PostgresError`, and `denied` where the name is not this login's. */
export async function beginProcess(
  database: Pick<Database, 'query'>,
  identity: ProcessIdentity,
): Promise<ProcessMembership> {
  const id = randomUUID();
  const { as, osUser, mark, version } = identity;
  const { rows } = await database.query(
    'SELECT subdeck.begin_process($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS begun',
    [
      id,
      as,
      mark.host ?? '',
      osUser,
      mark.machine ?? '',
      mark.namespace ?? null,
      mark.pid,
      mark.started,
      version,
      schemaVersion,
    ],
  );
  if (v.parse(v.array(v.object({ begun: v.nullable(v.boolean()) })), rows)[0]?.begun !== true) throw notMember(as);
  return {
    id,
    as,
    beat: async () => {
      const answer = await database.query('SELECT lease_ms, server_ms, epoch, schema FROM subdeck.heartbeat($1)', [id]);
      const [row] = v.parse(v.array(beatRow), answer.rows);
      if (row === undefined) throw notMember(as);
      return { leaseMs: row.lease_ms, serverMs: row.server_ms, epoch: row.epoch, schema: row.schema };
    },
    end: async () => void (await database.query('SELECT subdeck.end_process($1)', [id])),
  };
}

function notMember(as: string): Error {
  const message = `The team's store does not take this process for ${as}: the name is another login's, it has left, or the schema was upgraded.`;
  return fault('denied', message, 'Run subdeck team status, then subdeck team join URL --as NAME.');
}
