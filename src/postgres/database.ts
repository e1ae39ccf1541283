import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { FaultError, fault } from '../model/fault.ts';
import { type Hints, hintChannel } from './hints.ts';
import { PostgresError } from './postgres-error.ts';
import { processOf } from './process-of.ts';
import { demandProof, scramClientFor } from './scram-client.ts';
import { type Sentence, sentenceOfSocket, sentenceOfState, slow } from './sentences.ts';
import { demandOwnSocket, serverUserIn } from './socket-directory.ts';
import type { StoreUrl } from './store-url.ts';
import type { StoreWaits, WaitEnd } from './store-waits.ts';

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

export interface Patience {
  /** How long a statement may take, in milliseconds. Absent: as any other. */
  readonly within?: number;
  /** It also waits for a new connection over a slow link; a statement on one that is open then waits as long. */
  readonly connects?: boolean;
}

/** A PostgreSQL database. At most two connections, opened at first use and again after each loss. */
export interface Database {
  readonly url: StoreUrl;
  /** One statement, a transaction of its own. `within`: milliseconds until the caller is told that there was no answer; the server lets it last as long. */
  query(text: string, values?: readonly unknown[], options?: Patience): Promise<Answer>;
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
  /** Told of what is waited for. Absent: nobody is. */
  readonly waits?: StoreWaits;
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
/** A new connection may take longer than a statement on it waits, as over a slow link: the next statement finds it. */
const connectingTakes = 4_000;
/** Milliseconds until the first byte on a new connection, which even a slow link brings after two round trips. */
const firstByteWait = usualWait - 100;
/** The same while the last that was asked got no answer: a person waits already. */
const firstByteInDoubt = 1_500;
/** Whoever asks one thing after another waits for a server that sends no byte once, not each time: for so many milliseconds. */
const silentFor = 1_500;
/** A statement that waited less proves nothing of the connection. */
const leastDoubt = 2_000;

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

/** No byte came on a new connection. */
class Silence extends Error {
  readonly code = 'ETIMEDOUT';
}

export function openDatabase({ url, password, waits, ca }: DatabaseOptions): Database {
  const Client = scramClientFor(url);
  let pooled = false;
  /** The last statement got no answer, or the last connection. */
  let isInDoubt = false;
  let silentUntil = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;
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
      stream: () => socketThatHears(isInDoubt ? firstByteInDoubt : firstByteWait),
      connectionTimeoutMillis: connectingTakes,
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

  /** Connections that are open are closed once nothing is under way on them. */
  function renewPool(): void {
    void pool.end();
    pool = poolOf(pooled ? undefined : startOptions);
  }

  /** Others that are open have probably lost their way like this one: what is asked next connects anew. */
  function doubt(used: pg.Pool): void {
    isInDoubt = true;
    if (used === pool && closing === null) renewPool();
  }

  function noteAnswer(): void {
    isInDoubt = false;
    silentUntil = Number.NEGATIVE_INFINITY;
    heardAt = performance.now();
  }

  async function connect(): Promise<Connection> {
    if (url.isSocket) demandOwnSocket(url.host, serverUserIn(passwd()));
    if (pool.idleCount === 0 && performance.now() < silentUntil) throw new Silence();
    try {
      return await proven(pool, url);
    } catch (error) {
      if (error instanceof Silence) {
        isInDoubt = true;
        silentUntil = performance.now() + silentFor;
      }
      if (pooled || stateOf(error) !== '08P01') throw error;
      // PgBouncer refuses what it cannot keep for each client.
      pooled = true;
      renewPool();
      return proven(pool, url);
    }
  }

  /** Runs `work` on a connection that is closed, whatever it does then, once the time is over. */
  async function withClient<Result>(within: number, work: (query: Query) => Promise<Result>): Promise<Result> {
    const waiting = waits?.begin(url.shown) ?? null;
    let open: Connection | null = null;
    let isOver = false;
    let askedAt = performance.now();
    const doing = (async () => {
      try {
        open = await connect();
      } catch (error) {
        throw explained(error, url, 'not-sent');
      }
      const { client } = open;
      await hints.prepare(client).catch(() => undefined);
      if (isOver) {
        client.release();
        throw failure(slow(url.shown), { state: null, outcome: 'not-sent', isTimeout: true });
      }
      try {
        const result = await work(async (text, values = []) => {
          askedAt = performance.now();
          const answer = await ask(client, url, text, values);
          noteAnswer();
          waiting?.heard();
          return answer;
        });
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
      const outcome = open === null ? 'not-sent' : 'unknown';
      reject(failure(slow(url.shown), { state: null, outcome, isTimeout: true }));
      if (open === null) return;
      open.client.release(true);
      if (performance.now() - askedAt >= leastDoubt && heardAt < askedAt) doubt(open.from);
    }, within);
    try {
      const result = await Promise.race([doing, deadline]);
      waiting?.end('answered');
      return result;
    } catch (error) {
      const end = endOf(error);
      if (end === 'answered') noteAnswer();
      waiting?.end(end);
      throw error;
    } finally {
      clearTimeout(timer);
      doing.catch(() => undefined);
    }
  }

  function transaction<Result>(work: (query: Query) => Promise<Result>, within = setUpWait): Promise<Result> {
    return withClient(within, async (query) => {
      await query('BEGIN');
      try {
        await query(`SET LOCAL statement_timeout = ${within}`);
        const result = await work(query);
        await query('COMMIT');
        return result;
      } catch (error) {
        await query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  const hints = hintChannel((text, value) => withClient(giving, (query) => query(text, [value])));

  return {
    url,
    hints,
    isPooled: () => pooled,
    query: (text, values = [], { within = usualWait, connects = false } = {}) =>
      within > usualWait
        ? transaction((query) => query(text, values), within)
        : withClient(connects ? connectingTakes : within, (query) => query(text, values)),
    transaction,
    close: () => {
      closing ??= hints.flush().then(() => pool.end());
      return closing;
    },
  };
}

/** A connection, and what it goes back to. */
interface Connection {
  readonly client: pg.PoolClient;
  readonly from: pg.Pool;
}

/** A socket that ends where no byte has come in time. */
function socketThatHears(within: number): Socket {
  const socket = new Socket();
  const timer = setTimeout(() => {
    if (socket.bytesRead === 0) socket.destroy(new Silence());
  }, within).unref();
  return socket.once('close', () => clearTimeout(timer));
}

function endOf(error: unknown): WaitEnd {
  if (!(error instanceof PostgresError)) return 'failed';
  return error.isTimeout ? 'silent' : error.state === null ? 'failed' : 'answered';
}

async function proven(pool: pg.Pool, url: StoreUrl): Promise<Connection> {
  const client = await pool.connect();
  try {
    demandProof(client as unknown as { readonly isProven: boolean }, url);
    return { client, from: pool };
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
  if (state === null) {
    const code = codeOf(error);
    return failure(sentenceOfSocket(code, url), { state, outcome: otherwise, isTimeout: code === 'ETIMEDOUT' });
  }
  // The severity is in the server's language.
  const isEnded = ('severity' in error && error.severity === 'FATAL') || /^(?:08|57P|XX|25P03)/.test(state);
  const outcome = otherwise === 'not-sent' ? otherwise : isEnded ? 'unknown' : 'rolled-back';
  const sentence = sentenceOfState(state, url) ?? {
    kind: 'broken' as const,
    message: `The team's store ${url.shown} refused a statement (SQLSTATE ${state}).`,
    next: 'Please report it.',
  };
  return failure(sentence, { state, outcome });
}

function failure(
  { kind, message, next }: Sentence,
  what: ConstructorParameters<typeof PostgresError>[1],
): PostgresError {
  return new PostgresError(fault(kind, message, next).fault, what);
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
