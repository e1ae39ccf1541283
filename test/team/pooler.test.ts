import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTeamJournal } from '../../src/journal/postgres/open-team-journal.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { initStore } from '../../src/team/init-store.ts';
import { joinStore } from '../../src/team/join-store.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import { sharedLimitsOf } from '../../src/team/shared-limits.ts';
import { storeChecks } from '../../src/team/store-checks.ts';
import { realClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { intent } from '../journal/intent.ts';
import { done } from '../journal/interface-suite.ts';
import { behindPgbouncer } from '../postgres/pgbouncer.ts';
import { hasPostgres } from '../postgres/server.ts';
import { needs } from '../setup/needs.ts';
import { account, desk, seller } from './desk.ts';
import { type NewStore, newStore, openAs } from './store-fixture.ts';

/** A member of a login that others use too. */
async function memberOf({ server, name }: Pick<NewStore, 'server' | 'name'>, login: string, as: string) {
  const database = openAs(server, name, login);
  onTestFinished(() => database.close());
  await joinStore(database, as, []);
  const begin = () => beginProcess(database, { as, osUser: as, mark: thisProcess(), version: '0.2.0' });
  const { id } = await begin();
  const journal = openTeamJournal({
    ...{ database, hints: database.hints, begin, author: as, clock: realClock },
    path: join(temporaryDirectory(), 'team.db'),
  });
  onTestFinished(() => journal.dispose());
  return { as, database, process: async () => id, journal };
}

/** All that a client can leave in a session for the next one. */
const session = `
SELECT pg_backend_pid() AS pid, current_user AS "user",
  (SELECT json_agg(name || '=' || setting ORDER BY name) FROM pg_settings WHERE source = 'session') AS settings,
  (SELECT count(*) FROM pg_prepared_statements) + (SELECT count(*) FROM pg_cursors) + (SELECT count(*) FROM pg_listening_channels())
    + (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory')
    + (SELECT count(*) FROM pg_class WHERE pg_is_other_temp_schema(relnamespace) OR relnamespace = pg_my_temp_schema()) AS things`;

describe.runIf(hasPostgres() && needs('pgbouncer'))('behind PgBouncer', () => {
  test('[rule 17] members who share one session work as without it, and leave nothing in it', async () => {
    const direct = await newStore();
    direct.server.createLogin('pooled', 'subdeck_member');
    await initStore(direct.database, { force: false, acceptServer: false });
    const server = await behindPgbouncer(direct.server, {
      ...{ mode: 'transaction', poolSize: 1, dropsOptions: false, logins: ['pooled'] },
    });
    // PgBouncer itself gives each client its own application_name.
    const connectionString = server.url(direct.name, 'pooled').replace('@', ':pooled-password@');
    const bare = new pg.Client({ connectionString, application_name: 'subdeck' });
    await bare.connect();
    onTestFinished(() => bare.end());
    const before = (await bare.query(session)).rows;
    expect(before).toMatchObject([{ things: '0' }]);

    const store = { ...direct, server };
    const [cora, nora] = [await memberOf(store, 'pooled', 'cora'), await memberOf(store, 'pooled', 'nora')];
    const vendor = seller(['a', 'b', 'c', 'd']);
    const desks = [desk(cora, vendor), desk(nora, vendor)] as const;
    await Promise.all(desks.map((each) => each.sync()));
    expect([vendor.asked.syncs, ...desks.map((each) => each.rows())]).toEqual([1, vendor.rows, vendor.rows]);

    const limit = { operation: 'subscriptions', allowed: 1, limit: { calls: 1, seconds: 60 } };
    const limits = [cora, nora].map((each) => sharedLimitsOf({ ...each, clock: realClock })(account));
    const turns = await Promise.all(limits.map((each) => each.take(limit)));
    expect(turns.filter(({ mayBegin }) => mayBegin)).toHaveLength(1);

    const both = await Promise.all([cora, nora].map(({ journal }) => journal.intend(intent)));
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['intended', 'open']);
    const id = await done(cora.journal, { ref: 'nordic/done' });
    await expect.poll(() => nora.journal.entry(id)?.state, { timeout: 5_000 }).toBe('done');
    expect(cora.journal.health()).toBeNull();
    expect([cora, nora].map(({ database }) => [database.isPooled(), database.hints.isHeard()])).toEqual([
      [true, false],
      [true, false],
    ]);
    expect((await storeChecks(cora.database, realClock)).filter(({ state }) => state !== 'good')).toEqual([
      expect.objectContaining({ name: 'team pooler', detail: expect.stringContaining('in transaction mode') }),
    ]);
    expect((await bare.query(session)).rows).toEqual(before);
  });

  test('[rules 2, 7, 17] one that drops start options is noticed, and what a role sets loosens nothing', async () => {
    const direct = await newStore();
    direct.server.createLogin('loose', 'subdeck_member');
    const server = await behindPgbouncer(direct.server, {
      ...{ mode: 'session', poolSize: 5, dropsOptions: true, logins: ['loose'] },
    });
    const store = { ...direct, server };
    const dropped = await memberOf(store, 'loose', 'dan');
    expect((await storeChecks(dropped.database, realClock)).filter(({ state }) => state !== 'good')).toEqual([
      {
        ...{ name: 'team pooler', state: 'warn' },
        detail: 'There is a pooler: changes are polled, not notified. Nothing there ends a statement that hangs.',
        next: 'Run subdeck team init URL, which bounds the statements of each login.',
      },
    ]);
    const quiet = "BEGIN; SET client_min_messages = error; SELECT subdeck.internal_begin_change(gen_random_uuid(), '')";
    expect(direct.server.psql(`${quiet}; SHOW client_min_messages; ROLLBACK`, direct.name)).toMatch(/\nwarning$/);
    direct.server.psql("ALTER ROLE loose SET default_transaction_isolation = 'serializable'");
    const strict = await memberOf(await pooledAnew(direct), 'loose', 'emil');
    expect(await strict.journal.intend(intent)).toMatchObject({
      kind: 'refused',
      fault: {
        kind: 'unreachable',
        message: expect.stringContaining('isolates transactions too strictly'),
        sent: false,
      },
    });
    expect(await (await memberOf(direct, 'loose', 'finn')).journal.intend(intent)).toMatchObject({ kind: 'intended' });
  });
});

/** A pooler whose sessions begin now. */
async function pooledAnew(direct: NewStore): Promise<NewStore> {
  const options = { mode: 'session', poolSize: 5, dropsOptions: true, logins: ['loose'] } as const;
  return { ...direct, server: await behindPgbouncer(direct.server, options) };
}
