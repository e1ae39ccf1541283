import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { FaultError, fault } from '../model/fault.ts';
import { type Hints, hintChannel } from './hints.ts';
import { PostgresError, type StatementOutcome } from './postgres-error.ts';
import { processOf } from './process-of.ts';
import { demandProof, scramClientFor } from './scram-client.ts';
import { type Sentence, sentenceOfSocket, sentenceOfState, slow } from './sentences.ts';
import { demandOwnSocket, serverUserIn } from './socket-directory.ts';
import type { StoreUrl } from './store-url.ts';

/** What a statement gave. */
export interface Answer {
  /** Not checked: what other members wrote is input. Times are texts as PostgreSQL writes them, `bigint` is a text. */
  readonly rows: readonly unknown[];
  /** Notices of level WARNING, by SQLSTATE. One on a commit means that it may not be durable on a standby. */
  readonly warnings: readonly string[];
  /** The server process that the connection was said to have. A pooler says a number of its own; null: nothing was said. */
  readonly process: number | null;
}

/**
 * A parameterized statement. Names are qualified with their schema, and nothing is set that outlasts its transaction: a pooler
 * may give each transaction another session. Throws `PostgresError`.
 */
export type Query = (text: string, values?: readonly unknown[]) => Promise<Answer>;

/** A PostgreSQL database. At most two connections, opened at first use and again after each loss. */
export interface Database {
  readonly url: StoreUrl;
  /** One statement, a transaction of its own. `within`: milliseconds until the caller is told that there was no answer; the server lets it last as long. */
  query(text: string, values?: readonly unknown[], options?: { readonly within?: number }): Promise<Answer>;
  /** Several statements in one transaction, rolled back where `work` throws. For set-up alone: nobody else may wait for it. */
  transaction<Result>(work: (query: Query) => Promise<Result>, within?: number): Promise<Result>;
  /** The server refused what direct connections are set up with: there is a pooler in between. Known after the first connection. */
  isPooled(): boolean;
  readonly hints: Hints;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: StoreUrl;
  /** Asked for at each connection; null: none is known. Throws a fault where it must not be sent there. */
  password(): Promise<string | null>;
  /** Authorities besides those that Node trusts, PEM; for tests. */
  readonly ca?: string;
}

/** A person waits for no statement longer than this, in milliseconds. */
const usualWait = 2_500;
const setUpWait = 60_000;
/** Nobody waits for a hint. */
const giving = 1_000;
/** The server gives up a little earlier, so that its answer still comes: then nothing was changed. */
const serverWait = usualWait - 300;

/** Timestamps as PostgreSQL writes them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    [1082, 1083, 1114, 1184, 1186, 1266].includes(oid) ? String : pg.types.getTypeParser(oid, format),
};

/** What a direct connection starts with: nothing of the role or the database can change how a statement is understood, or how long it lasts. */
const startOptions = [
  'search_path=pg_catalog',
  `statement_timeout=${serverWait}`,
  'lock_timeout=2000',
  'idle_in_transaction_session_timeout=60000',
  'client_min_messages=warning',
  'default_transaction_isolation=read\\ committed',
  'TimeZone=UTC',
  'DateStyle=ISO',
]
  .map((each) => `-c ${each}`)
  .join(' ');

export function openDatabase({ url, password, ca }: DatabaseOptions): Database {
  const Client = scramClientFor(url);
  let pooled = false;
  let pool = poolOf(startOptions);
  let closing: Promise<void> | null = null;

  function poolOf(options: string | undefined): pg.Pool {
    const made = new pg.Pool({
      user: url.user,
      host: url.host,
      port: url.port,
      database: url.database,
      password: async () => (await password()) ?? noPassword(url),
      ssl: tlsOf(url, ca),
      enableChannelBinding: url.sslmode !== 'disable',
      application_name: 'subdeck',
      ...(options === undefined ? {} : { options }),
      connectionTimeoutMillis: usualWait,
      keepAlive: true,
      max: 2,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
      types,
      Client,
    } satisfies pg.PoolConfig & { Client: unknown });
    // A connection that is lost while nobody uses it is opened again at the next statement.
    made.on('error', () => undefined);
    // One that is lost in the middle of a statement ends that statement; the event alone would end the program.
    made.on('connect', (client) => client.on('error', () => undefined));
    return made;
  }

  async function connect(): Promise<pg.PoolClient> {
    if (url.isSocket) demandOwnSocket(url.host, serverUserIn(passwd()));
    try {
      return await proven(pool, url);
    } catch (error) {
      if (pooled || stateOf(error) !== '08P01') throw error;
      // PgBouncer refuses what it cannot keep for each client.
      pooled = true;
      void pool.end();
      pool = poolOf(undefined);
      return proven(pool, url);
    }
  }

  /** Runs `work` on a connection that is closed, whatever it does then, once the time is over. */
  async function withClient<Result>(within: number, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    let client: pg.PoolClient | null = null;
    let isOver = false;
    const doing = (async () => {
      try {
        client = await connect();
      } catch (error) {
        throw explained(error, url, 'not-sent');
      }
      await hints.prepare(client).catch(() => undefined);
      if (isOver) {
        client.release();
        throw failure(slow(url.shown), null, 'not-sent');
      }
      try {
        const result = await work(client);
        if (!isOver) client.release();
        return result;
      } catch (error) {
        const isUsable = error instanceof PostgresError && error.outcome === 'rolled-back';
        if (!isOver) client.release(!isUsable);
        throw error;
      }
    })();
    const { promise: deadline, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      isOver = true;
      reject(failure(slow(url.shown), null, client === null ? 'not-sent' : 'unknown'));
      client?.release(true);
    }, within);
    try {
      return await Promise.race([doing, deadline]);
    } finally {
      clearTimeout(timer);
      doing.catch(() => undefined);
    }
  }

  function transaction<Result>(work: (query: Query) => Promise<Result>, within = setUpWait): Promise<Result> {
    return withClient(within, async (client) => {
      const query: Query = (text, values = []) => ask(client, url, text, values);
      await query('BEGIN');
      try {
        await query(`SET LOCAL statement_timeout = ${within}`);
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  const hints = hintChannel((text, value) => withClient(giving, (client) => ask(client, url, text, [value])));

  return {
    url,
    hints,
    isPooled: () => pooled,
    query: (text, values = [], { within = usualWait } = {}) =>
      within > usualWait
        ? transaction((query) => query(text, values), within)
        : withClient(within, (client) => ask(client, url, text, values)),
    transaction,
    close: () => {
      closing ??= hints.flush().then(() => pool.end());
      return closing;
    },
  };
}

async function proven(pool: pg.Pool, url: StoreUrl): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    demandProof(client as unknown as { readonly isProven: boolean }, url);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function ask(client: pg.PoolClient, url: StoreUrl, text: string, values: readonly unknown[]): Promise<Answer> {
  const warnings: string[] = [];
  const onNotice = ({
    severity,
    code,
  }: {
    readonly severity: string | undefined;
    readonly code: string | undefined;
  }) => {
    // The severity is in the server's language; a notice that is not a warning has class 00.
    if (severity === 'WARNING' || !code?.startsWith('00')) warnings.push(code ?? '');
  };
  client.on('notice', onNotice);
  try {
    // Without values it may be several statements, as a part of the schema is.
    const result: unknown = await (values.length === 0 ? client.query(text) : client.query(text, [...values]));
    return { rows: result instanceof pg.Result ? result.rows : [], warnings, process: processOf(client) };
  } catch (error) {
    throw explained(error, url, 'unknown');
  } finally {
    client.off('notice', onNotice);
  }
}

function tlsOf({ sslmode }: StoreUrl, ca: string | undefined): ConnectionOptions | false {
  const authorities = ca === undefined ? {} : { ca };
  switch (sslmode) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { ...authorities, checkServerIdentity: () => undefined };
    case 'verify-full':
      return authorities;
  }
}

function noPassword({ user }: StoreUrl): never {
  const next = 'Run subdeck team join URL, or set SUBDECK_TEAM_PASSWORD or PGPASSFILE.';
  throw fault('signed-out', `There is no password for ${user} in the team's store.`, next);
}

function explained(error: unknown, url: StoreUrl, otherwise: 'not-sent' | 'unknown'): unknown {
  if (error instanceof FaultError) return error;
  if (!(error instanceof Error)) return error;
  const state = stateOf(error);
  if (state === null) return failure(sentenceOfSocket(codeOf(error), url), null, otherwise);
  // The severity is in the server's language.
  const isEnded = ('severity' in error && error.severity === 'FATAL') || /^(?:08|57P|XX|25P03)/.test(state);
  const outcome = otherwise === 'not-sent' ? otherwise : isEnded ? 'unknown' : 'rolled-back';
  const sentence = sentenceOfState(state, url) ?? {
    kind: 'broken' as const,
    message: `The team's store ${url.shown} refused a statement (SQLSTATE ${state}).`,
    next: 'Please report it.',
  };
  return failure(sentence, state, outcome);
}

function failure({ kind, message, next }: Sentence, state: string | null, outcome: StatementOutcome): PostgresError {
  return new PostgresError(fault(kind, message, next).fault, { state, outcome });
}

/** The server's answer; null: the error is not one. */
function stateOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code !== undefined ? error.code : null;
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (/does not support SSL|establishing an SSL/.test(error.message)) return 'NO_TLS';
  return /timeout/i.test(error.message) ? 'ETIMEDOUT' : 'ECONNRESET';
}

function passwd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
