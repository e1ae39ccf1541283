import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { type StoreCheck, storeChecks } from '../../src/team/store-checks.ts';
import { hasPostgres } from '../postgres/server.ts';
import { newStore, openAs } from './store-fixture.ts';

function stateOf(checks: readonly StoreCheck[], name: string) {
  const found = checks.find((each) => each.name === name);
  return found === undefined ? null : [found.state, found.detail];
}

describe.runIf(hasPostgres())('doctor on a team', () => {
  test('a store on this machine is good, for a member without special rights', async () => {
    const { server, name } = await newStore();
    const login = `doctor${process.pid}`;
    server.createLogin(login, 'subdeck_member');
    const database = openAs(server, name, login);
    onTestFinished(() => database.close());
    const checks = await storeChecks(database, systemClock);
    expect(checks.filter(({ state }) => state !== 'good')).toEqual([]);
    expect(checks.map((each) => each.name)).toEqual(
      ['', ' round trip', ' TLS', ' rights', ' schema', ' clock', ' commits', ' server'].map((each) => `team${each}`),
    );
  });

  test('a store that takes no writes is bad for a member, as its writes are refused', async () => {
    const { server, name } = await newStore();
    server.psql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const database = openAs(server, name);
    onTestFinished(() => database.close());
    const checks = await storeChecks(database, systemClock);
    const said = expect.stringContaining('default_transaction_read_only is on');
    expect(stateOf(checks, 'team rights')).toEqual(['bad', said]);
  });

  test('names another clock, commits not synced, a standby not waited for', async () => {
    const { server, name } = await newStore();
    server.psql(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const standby = new pg.Client({
      ...{ host: '127.0.0.1', port: server.port, user: 'postgres', password: server.password, database: name },
      ...{ replication: 'database' },
    });
    await standby.connect();
    onTestFinished(() => standby.end());
    const database = openAs(server, name);
    onTestFinished(() => database.close());
    const checks = await storeChecks(database, { monotonic: systemClock.monotonic, now: () => Date.now() - 60_000 });
    expect(stateOf(checks, 'team clock')).toEqual(['warn', expect.stringMatching(/^(?:59|60)\d{3} ms/)]);
    expect(stateOf(checks, 'team commits')).toEqual(['warn', expect.stringContaining('synchronous_commit is off')]);
    expect(stateOf(checks, 'team server')).toEqual([
      'bad',
      expect.stringContaining('without synchronous_standby_names'),
    ]);
  });

  test('[rule 15] a transaction that keeps old rows of heartbeats is named', async () => {
    const { database } = await newStore();
    const aged = {
      query: async (...statement: Parameters<typeof database.query>) => {
        const answer = await database.query(...statement);
        return { ...answer, rows: answer.rows.map((row) => ({ ...(row as object), oldest_s: 660 })) };
      },
    };
    const checks = await storeChecks({ ...database, ...aged }, systemClock);
    expect(stateOf(checks, 'team transactions')).toEqual(['warn', expect.stringContaining('open for 11 minutes')]);
  });

  test('a store without a schema is one bad line', async () => {
    const { server, name } = await newStore();
    server.psql('SET client_min_messages = warning; DROP SCHEMA subdeck CASCADE', name);
    const database = openAs(server, name);
    onTestFinished(() => database.close());
    expect(await storeChecks(database, systemClock)).toEqual([
      { name: 'team', state: 'bad', detail: expect.stringContaining('no store for a team'), next: expect.any(String) },
    ]);
  });
});
