import { createServer } from 'node:net';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import { sentencesByState } from '../../src/postgres/sentences.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { hasPostgres, sharedServer, startServer, type TestServer } from './server.ts';
import { tcpProxy } from './tcp-proxy.ts';

/** With few connections, and ways to sign in that prove nothing. */
let strict: Promise<TestServer> | null = null;
function strictServer(): Promise<TestServer> {
  strict ??= startServer({
    settings: { max_connections: '6', superuser_reserved_connections: '1' },
    hba: ['password', 'md5', 'trust'].map((method) => `host all with_${method} 127.0.0.1/32 ${method}`),
  });
  return strict;
}
afterAll(async () => void (await (await strict)?.dispose()));

async function ownServer(): Promise<TestServer> {
  const server = await startServer();
  onTestFinished(() => server.dispose());
  return server;
}

function open(server: TestServer, { port = server.port, user = 'postgres', name = 'postgres' } = {}): Database {
  const url = parseStoreUrl(`postgres://${user}@127.0.0.1:${port}/${name}`);
  const password = async () => (user === 'postgres' ? server.password : `${user}-password`);
  const database = openDatabase({ url, password });
  onTestFinished(() => database.close());
  return database;
}

/** How a statement failed, and how long that took. */
async function failureOf(statement: Promise<unknown>) {
  const from = performance.now();
  const error = await statement.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PostgresError)) throw error ?? new Error('nothing failed');
  expect(performance.now() - from).toBeLessThan(3_000);
  const { fault, outcome, state } = error;
  expect(fault.next).not.toBe('');
  return { kind: fault.kind, message: fault.message, outcome, state };
}

const slow = { kind: 'unreachable', message: expect.stringContaining('did not answer in time') };
const sleep = 'SELECT pg_catalog.pg_sleep(20)';

describe.runIf(hasPostgres())('trouble with the store', () => {
  test('slow: an answer that does not come is told within 3 seconds, and is unknown', async () => {
    const server = await sharedServer();
    const proxy = await tcpProxy(server.port);
    const database = open(server, { port: proxy.port });
    await database.query('SELECT 1');
    proxy.hold();
    expect(await failureOf(database.query('SELECT 2'))).toMatchObject({ ...slow, outcome: 'unknown' });
    expect(await failureOf(database.query('SELECT 3'))).toMatchObject({ ...slow, outcome: 'not-sent' });
  });

  test('slow: a network that lost its way is waited for once on a new connection', async () => {
    const server = await sharedServer();
    const proxy = await tcpProxy(server.port);
    const database = open(server, { port: proxy.port });
    // Two connections, both of which it loses.
    await Promise.all([database.query('SELECT pg_catalog.pg_sleep(0.1)'), database.query('SELECT 1')]);
    proxy.hold();
    const from = performance.now();
    expect(await failureOf(database.query('SELECT 2'))).toMatchObject({ ...slow, outcome: 'unknown' });
    // A person waits for the second attempt; those behind it are told at once.
    for (const statement of ['SELECT 3', 'SELECT 4', 'SELECT 5']) {
      expect(await failureOf(database.query(statement))).toMatchObject({ ...slow, outcome: 'not-sent' });
    }
    expect(performance.now() - from).toBeLessThan(5_000);
    proxy.pass();
    await expect
      .poll(() => database.query('SELECT 6 AS six').catch(() => null), { timeout: 10_000 })
      .toMatchObject({ rows: [{ six: 6 }] });
  });

  test('slow: a lost connection is replaced, over a link with long ways too', async () => {
    const server = await sharedServer();
    const proxy = await tcpProxy(server.port);
    const database = open(server, { port: proxy.port });
    await database.query('SELECT 1');
    proxy.holdAt('SELECT 2');
    const lost = failureOf(database.query('SELECT 2'));
    await proxy.held;
    proxy.pass();
    proxy.delay(600);
    expect(await lost).toMatchObject({ ...slow, outcome: 'unknown' });
    const found = await database.query('SELECT 3 AS three', [], { connects: true });
    expect(found.rows).toEqual([{ three: 3 }]);
  });

  test('the server ends a statement that lasts too long, and rolls it back', async () => {
    const server = await sharedServer();
    const database = open(server);
    expect(await failureOf(database.query(sleep))).toMatchObject({ state: '57014', outcome: 'rolled-back' });
    const limit = 'SELECT pg_catalog.current_setting($1) AS limit';
    const limits = [{}, { within: 7_000 }, {}].map((more) => database.query(limit, ['statement_timeout'], more));
    const rows = (await Promise.all(limits)).flatMap((each) => each.rows);
    expect(rows).toEqual([{ limit: '2200ms' }, { limit: '7s' }, { limit: '2200ms' }]);
  });

  test('away: a cut connection is opened again at the next statement', async () => {
    const server = await sharedServer();
    const proxy = await tcpProxy(server.port);
    const database = open(server, { port: proxy.port });
    await database.query('SELECT 1');
    const waiting = failureOf(database.query(sleep));
    proxy.cut();
    expect(await waiting).toMatchObject({ message: expect.stringContaining('was lost'), outcome: 'unknown' });
    expect((await database.query('SELECT 4 AS four')).rows).toEqual([{ four: 4 }]);
  });

  test('restarting: shut down, not there, starting up, and there again', async () => {
    const server = await ownServer();
    const database = open(server);
    await database.query('SELECT 1');
    const waiting = failureOf(database.query(sleep));
    await server.stop('fast');
    expect(await waiting).toMatchObject({ state: '57P01', message: expect.stringContaining('shut down or restarted') });
    expect(await failureOf(database.query('SELECT 1'))).toMatchObject({
      message: expect.stringContaining('No server answers at 127.0.0.1'),
      outcome: 'not-sent',
    });
    await server.start();
    expect((await database.query('SELECT 5 AS five')).rows).toEqual([{ five: 5 }]);
  });

  test('failed over or read-only: writing says so, and reading goes on', async () => {
    const server = await sharedServer();
    const name = server.createDatabase();
    server.psql(`CREATE TABLE t (n int); ALTER DATABASE ${name} SET default_transaction_read_only = on`, name);
    const database = open(server, { name });
    expect(await failureOf(database.query('INSERT INTO public.t VALUES (1)'))).toMatchObject({
      kind: 'unreachable',
      state: '25006',
      message: expect.stringContaining('is read-only'),
      outcome: 'rolled-back',
    });
    expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  test('each state that a server answers in use has a sentence; others are reported', async () => {
    const database = open(await sharedServer());
    const fail = async (state: string) => {
      const thrown = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${state}'; END $$`;
      const { fault } = await database.query(thrown).then(
        () => Promise.reject(new Error('nothing failed')),
        (error: unknown) => error as PostgresError,
      );
      return fault;
    };
    const { url } = database;
    for (const key of Object.keys(sentencesByState('', url))) {
      const state = key.length === 2 ? `${key}000` : key;
      const { kind, message, next } = sentencesByState(state, url)[key] ?? {};
      expect([state, await fail(state)]).toEqual([state, expect.objectContaining({ kind, message, next })]);
      expect(next).not.toContain('report');
    }
    expect(await fail('disk_full')).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('is full') });
    for (const state of ['22P02', '23505', '42601', 'P0001']) {
      expect(await fail(state)).toMatchObject({ kind: 'broken', next: 'Please report it.' });
    }
  });

  test('closed: the administrator lets nobody in, and drops it', async () => {
    const server = await sharedServer();
    const name = server.createDatabase();
    server.psql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    expect(await failureOf(open(server, { name }).query('SELECT 1'))).toMatchObject({
      ...{ kind: 'unreachable', state: '55000', outcome: 'not-sent' },
      message: expect.stringContaining('its administrator closed it'),
    });
    server.psql(`DROP DATABASE ${name}`);
    expect(await failureOf(open(server, { name }).query('SELECT 1'))).toMatchObject({
      kind: 'missing',
      state: '3D000',
    });
  });

  test('[rule 16] out of connections, of the server or of the login', async () => {
    const server = await strictServer();
    server.createLogin('anna');
    server.psql('ALTER ROLE anna CONNECTION LIMIT 1');
    const first = open(server, { user: 'anna' });
    await first.query('SELECT 1');
    const none = {
      kind: 'unreachable',
      state: '53300',
      message: expect.stringContaining('no connection left'),
      outcome: 'not-sent',
    };
    expect(await failureOf(open(server, { user: 'anna' }).query('SELECT 1'))).toMatchObject(none);
    server.createLogin('bert');
    for (let count = 0; count < 4; count += 1) await open(server, { user: 'bert' }).query('SELECT 1');
    expect(await failureOf(open(server, { user: 'bert' }).query('SELECT 1'))).toMatchObject(none);
  });

  test('[rule 16] a process has one connection, and a second while both are used', async () => {
    const server = await sharedServer();
    const name = server.createDatabase();
    const database = open(server, { name });
    const connections = () =>
      server.psql(`SELECT count(*) FROM pg_stat_activity WHERE application_name = 'subdeck' AND datname = '${name}'`);
    for (let count = 0; count < 3; count += 1) await database.query('SELECT 1');
    expect(connections()).toBe('1');
    await Promise.all(Array.from({ length: 6 }, () => database.query('SELECT pg_catalog.pg_sleep(0.05)')));
    expect(connections()).toBe('2');
  });

  test('[rule 17] behind a pooler that refuses start options it works without them', async () => {
    const server = await sharedServer();
    const refusing = await pooler(server.port);
    const database = open(server, { port: refusing });
    expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    expect([database.isPooled(), open(server).isPooled()]).toEqual([true, false]);
  });

  test('[rule 32] a server that asks for the password itself gets nothing', async () => {
    const server = await strictServer();
    server.psql(`CREATE ROLE with_password LOGIN PASSWORD 'with_password-password'; CREATE ROLE with_trust LOGIN;
      SET password_encryption = md5; CREATE ROLE with_md5 LOGIN PASSWORD 'with_md5-password'`);
    for (const user of ['with_password', 'with_md5', 'with_trust']) {
      const error = await open(server, { user })
        .query('SELECT 1')
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        fault: { kind: 'unreachable', message: expect.stringContaining('does not use SCRAM') },
      });
    }
  });

  test('[rule 32] a socket is used only where nobody else can have put it', async () => {
    const server = await sharedServer();
    const at = (directory: string) => {
      const url = parseStoreUrl(`postgres://postgres@${encodeURIComponent(directory)}:${server.port}/postgres`);
      const database = openDatabase({ url, password: async () => null });
      onTestFinished(() => database.close());
      return database.query('SELECT 1 AS one').catch((thrown: unknown) => thrown);
    };
    expect(await at(server.socketDirectory)).toMatchObject({ rows: [{ one: 1 }] });
    expect(await at('/tmp')).toMatchObject({
      fault: { kind: 'unreachable', message: expect.stringContaining('every user of this machine can write there') },
    });
    expect(await at('/nonexistent')).toMatchObject({ fault: { kind: 'unreachable' } });
  });
});

/** Answers the first start message with what PgBouncer says of `options`, and leads later ones to the server. */
async function pooler(target: number): Promise<number> {
  const proxy = await tcpProxy(target);
  const { connect } = await import('node:net');
  const server = createServer((client) => {
    client.once('data', (start) => {
      if (!start.includes('options')) {
        const through = connect(proxy.port, '127.0.0.1');
        through.write(start);
        client.pipe(through).pipe(client);
        client.on('error', () => through.destroy());
        through.on('error', () => client.destroy());
        return;
      }
      const text = 'SFATAL\0C08P01\0Munsupported startup parameter: options\0\0';
      const message = Buffer.alloc(5 + text.length);
      message.write('E', 0);
      message.writeInt32BE(4 + text.length, 1);
      message.write(text, 5, 'latin1');
      client.end(message);
    });
  });
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
