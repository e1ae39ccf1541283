import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Clock } from '../../model/clock.ts';
import { FaultError, fault } from '../../model/fault.ts';
import type { PendingChange } from '../../model/store-wait.ts';
import { batchPace } from '../../postgres/batch-pace.ts';
import type { Database } from '../../postgres/database.ts';
import type { Hints } from '../../postgres/hints.ts';
import { PostgresError } from '../../postgres/postgres-error.ts';
import type { StoreWaits } from '../../postgres/store-waits.ts';

/** A line of the team's journal as it is stored. Only its frame is checked: what it says may be another version's, or anybody's. */
export interface StoreLine {
  readonly number: number;
  readonly kind: 'entry' | 'mark' | 'link';
  /** The id of an entry, or a JSON string. */
  readonly key: string;
  readonly version: number;
  readonly connection: string | null;
  /** A JSON string. */
  readonly target: string | null;
  readonly account: string | null;
  readonly state: string | null;
  readonly body: string;
  readonly request: string | null;
  readonly more: string | null;
  /** Of the call that wrote it: two lines of two histories of a server may have one number, never one token. */
  readonly token: string;
}

/** What the store has after a number. */
export interface StoreNews {
  /** Which server, and which line of its history, answers; null: a standby. */
  readonly epoch: string | null;
  /** The one for which writes are open. */
  readonly open: string | null;
  /** The store's clock, milliseconds since the epoch. */
  readonly now: number;
  readonly last: number;
  /** Of the line with the number that was asked from; null: there is none. */
  readonly token: string | null;
  readonly lines: readonly StoreLine[];
  readonly looks: readonly { readonly entry: string; readonly due: number | null; readonly attempts: number }[];
}

const text = v.nullable(v.string());
const line = v.object({
  ...{ number: v.number(), kind: v.picklist(['entry', 'mark', 'link']), key: v.string(), version: v.number() },
  ...{ connection: text, target: text, account: text, state: text, body: v.string(), request: text, more: text },
  token: v.string(),
});
const news = v.object({
  ...{ epoch: text, open: text, now: v.number(), last: v.pipe(v.string(), v.transform(Number)), lines: v.array(line) },
  token: text,
  looks: v.array(v.object({ entry: v.string(), due: v.nullable(v.number()), attempts: v.number() })),
});
/** What a call came to; each is one statement and one transaction. */
const attempt = v.object({
  kind: v.picklist([
    ...(['begun', 'changed', 'open', 'repeated', 'overtaken', 'late', 'behind'] as const),
    ...(['no-lease', 'alive', 'no-member', 'too-many', 'shut', 'shared'] as const),
  ]),
  number: v.optional(v.string()),
  entry: v.optional(v.string()),
  account: v.optional(v.string()),
});

/** Functions of the schema `subdeck` that change the journal. */
export type ChangeCall = 'begin_entry' | 'change_entry' | 'add_marks' | 'add_links' | 'hand_in_entry';

export interface StoreCalls {
  since(number: number): Promise<StoreNews>;
  /**
   * Calls a function that changes the journal, again where its acknowledgement was lost: each call has a token, which has its effect once.
   * Throws where the store cannot be asked, or a commit may not be durable on a standby.
   */
  change(
    name: ChangeCall,
    by: { readonly process: string; readonly epoch: string | null },
    values: readonly unknown[],
    pending: PendingChange,
  ): Promise<v.InferOutput<typeof attempt>>;
  /** One value of a function that is harmless to call again. */
  ask<Schema extends v.GenericSchema>(
    sql: string,
    values: readonly unknown[],
    shape: Schema,
  ): Promise<readonly v.InferOutput<Schema>[]>;
}

/** Lines at once, over a link that is fast enough. */
const most = 500;
/**
 * How long a call is repeated whose acknowledgement was lost, in milliseconds, also over a link that needs so long for a new connection. Giving
 * up is safe: what is not confirmed is not sent.
 */
const longest = 4000;
const pause = 250;

export function storeCalls(
  database: Pick<Database, 'query'>,
  clock: Pick<Clock, 'monotonic' | 'wait'>,
  hints: Hints | null,
  waits: Pick<StoreWaits, 'change'>,
): StoreCalls {
  const pace = batchPace(most, clock);

  async function ask<Schema extends v.GenericSchema>(sql: string, values: readonly unknown[], shape: Schema) {
    const { rows } = await database.query(`SELECT ${sql} AS value`, values).catch(unsent);
    return rows.map((row) => parsed(v.object({ value: shape }), row).value);
  }

  /**
   * Whether commits hang, since the server waits for a synchronous standby that does not confirm; the first of them holds the lock that the others
   * need. No time limit of the server ends that wait. Null: nothing came in time.
   */
  async function waitsForStandby(): Promise<boolean | null> {
    try {
      const { rows } = await database.query(standbyWait, [], { connects: true });
      return v.safeParse(v.tuple([v.object({ waits: v.literal(true) })]), rows).success;
    } catch (error) {
      if (error instanceof FaultError) return isTimeout(error) ? null : false;
      throw error;
    }
  }

  /** Repeats a statement until the server says what became of it, or does not answer on another connection either. */
  async function again(sql: string, values: readonly unknown[], lookUp: () => void) {
    let lostAt: number | null = null;
    for (;;) {
      try {
        return await database.query(sql, values);
      } catch (error) {
        if (!(error instanceof PostgresError)) throw error;
        const wasLost = lostAt !== null;
        const isLost = error.outcome === 'unknown';
        if (isLost) {
          lostAt ??= clock.monotonic();
          lookUp();
        }
        if (wasLost && error.isTimeout) return unsent(error);
        if (isLost || error.state === lockTimeout) {
          const waits = await waitsForStandby();
          if (waits === true) throw notConfirmed();
          if (waits === null) return unsent(error);
        }
        if (lostAt === null || clock.monotonic() - lostAt >= longest) return unsent(error);
      }
      await clock.wait(pause);
    }
  }

  return {
    ask,
    async since(number) {
      const sql = 'SELECT subdeck.journal_since($1, $2) AS value';
      const { rows } = await pace.once((lines) => database.query(sql, [number, lines])).catch(unsent);
      if (rows[0] === undefined) throw unreadable();
      return parsed(v.object({ value: news }), rows[0]).value;
    },
    async change(name, { process, epoch }, values, pending) {
      const all = [process, epoch, randomUUID(), ...values];
      const parameters = all.map((_, index) => `$${index + 1}`).join(', ');
      const sql = `SELECT subdeck.${name}(${parameters}) AS value`;
      const { rows, warnings } = await waits.change(pending, (lookUp) => again(sql, all, lookUp));
      const said = parsed(v.object({ value: attempt }), rows[0]).value;
      if (said.kind === 'begun' || said.kind === 'changed') hints?.give();
      if (warnings.length === 0) return said;
      throw notConfirmed();
    },
  };
}

/** SQLSTATE. */
const lockTimeout = '55P03';

/** Of other logins only that a standby is connected can be seen. */
const standbyWait = `
SELECT pg_catalog.current_setting('synchronous_standby_names') <> '' AND (
  NOT EXISTS (SELECT FROM pg_catalog.pg_stat_replication)
  OR EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.wait_event = 'SyncRep' AND a.datname = pg_catalog.current_database())
) AS waits`;

function isTimeout(error: FaultError): boolean {
  return error instanceof PostgresError && error.isTimeout;
}

function notConfirmed(): FaultError {
  const message = 'The team’s store did not confirm that its standby has what was recorded.';
  const next = 'Nothing was sent. Let its administrator look at the standby.';
  return fault('unreachable', message, next, { sent: false });
}

function parsed<Schema extends v.GenericSchema>(shape: Schema, value: unknown): v.InferOutput<Schema> {
  const read = v.safeParse(shape, value);
  if (!read.success) throw unreadable();
  return read.output;
}

function unreadable(): FaultError {
  return fault('broken', 'The team’s store answered in a form that this Subdeck does not know.', 'Update Subdeck.');
}

function unsent(error: unknown): never {
  if (error instanceof PostgresError) throw new PostgresError({ ...error.fault, sent: false }, error);
  if (error instanceof FaultError) throw new FaultError({ ...error.fault, sent: false });
  throw error;
}
