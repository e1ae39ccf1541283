import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultError } from '../../src/model/fault.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { checkStore } from '../../src/team/check-store.ts';
import { initStore } from '../../src/team/init-store.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import { currentSchema, printedScript, protectDatabase } from '../../src/team/schema/script.ts';
import { hasPostgres, sharedServer, startServer, type TestServer } from '../postgres/server.ts';
import { newStore, openAs } from './store-fixture.ts';

async function faultOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof FaultError) return error.fault;
  throw error ?? new Error('no fault was thrown');
}

async function emptyDatabase(): Promise<{ readonly server: TestServer; readonly name: string }> {
  const server = await sharedServer();
  return { server, name: server.createDatabase() };
}

const unforced = { force: false, acceptServer: false };

describe.runIf(hasPostgres())('team init', () => {
  test('[rule 25] functions run as the owner with a search path of their own', async () => {
    const { server, name } = await newStore();
    const unsafe = server.psql(
      `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'subdeck'::regnamespace AND p.proname NOT LIKE 'internal\\_%' AND NOT (
         p.prosecdef AND 'search_path=pg_catalog, subdeck, pg_temp' = ANY (p.proconfig)
         AND p.proowner = 'subdeck_owner'::regrole AND NOT has_function_privilege('public', p.oid, 'EXECUTE'))`,
      name,
    );
    expect(unsafe).toBe('');
    const rights = `has_schema_privilege('subdeck_member', 'subdeck', 'CREATE'), has_database_privilege('public', '${name}', 'TEMP'),
      (SELECT bool_or(has_table_privilege('subdeck_member', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES'))
       FROM pg_class c WHERE c.relnamespace = 'subdeck'::regnamespace AND c.relkind = 'r'),
      (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'subdeck_owner')`;
    expect(server.psql(`SELECT ${rights}`, name)).toBe('f|f|f|f');
  });

  test('a second set-up changes nothing', async () => {
    const { database } = await newStore();
    expect(await initStore(database, unforced)).toMatchObject({ what: 'unchanged', schema: 1, cutOff: [] });
  });

  test('[rule 26] refuses a schema of another owner, and fires nothing of theirs', async () => {
    const { server, name } = await emptyDatabase();
    server.psql('DROP ROLE IF EXISTS eve; CREATE ROLE eve LOGIN; CREATE SCHEMA subdeck AUTHORIZATION eve;', name);
    server.psql(
      'CREATE TABLE subdeck.store (schema int); INSERT INTO subdeck.store VALUES (1); ALTER TABLE subdeck.store OWNER TO eve',
      name,
    );
    const database = openAs(server, name);
    onTestFinished(() => database.close());
    expect(await faultOf(initStore(database, unforced))).toMatchObject({
      kind: 'refused',
      message: 'There is a schema "subdeck" of eve, which Subdeck did not make.',
    });
    expect(server.psql('SELECT schema FROM subdeck.store', name)).toBe('1');
    server.psql(`DROP SCHEMA subdeck CASCADE; DROP ROLE eve`, name);
  });

  test.each([
    [
      'a trigger',
      'CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$; CREATE TRIGGER t BEFORE INSERT ON subdeck.members FOR EACH ROW EXECUTE FUNCTION public.f()',
    ],
    ['a function', "CREATE FUNCTION subdeck.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
    ['a column', 'ALTER TABLE subdeck.members ADD more text'],
    [
      'another body of a function',
      "CREATE OR REPLACE FUNCTION subdeck.end_process(process uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, subdeck, pg_temp AS 'SELECT NULL'",
    ],
    ['a right', 'GRANT UPDATE ON subdeck.members TO subdeck_member'],
    ['a rule', 'CREATE RULE r AS ON DELETE TO subdeck.members DO INSTEAD NOTHING'],
    ['a policy', 'ALTER TABLE subdeck.members ENABLE ROW LEVEL SECURITY'],
    ['a view', 'CREATE VIEW subdeck.v AS SELECT 1 AS one'],
  ])('[rule 26] refuses a store in which %s was added by hand', async (_, sql) => {
    const { server, name, database } = await newStore();
    server.psql(`SET ROLE subdeck_owner; ${sql.includes('public.f') ? 'RESET ROLE;' : ''} ${sql}`, name);
    expect(await faultOf(initStore(database, unforced))).toMatchObject({ kind: 'refused' });
    // A member asks the catalogue alone before it uses anything of the schema.
    expect(await faultOf(checkStore(database))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('is not as Subdeck made it: it was changed since'),
    });
  });

  test('[rule 18] an upgrade is refused while older members are connected, unless forced', async () => {
    const { server, name, database } = await newStore();
    server.psql(`DROP ROLE IF EXISTS anna; CREATE ROLE anna LOGIN PASSWORD 'anna-password' IN ROLE subdeck_member`);
    const anna = openAs(server, name, 'anna');
    onTestFinished(() => anna.close());
    await anna.query("SELECT subdeck.join_member('anna')");
    const member = await beginProcess(anna, {
      as: 'anna',
      osUser: 'a',
      mark: { ...thisProcess(), host: 'desk' },
      version: '0.1.0',
    });
    const next = {
      ...currentSchema,
      version: 2,
      upgrades: new Map([[2, 'ALTER TABLE subdeck.members ADD COLUMN nickname text;']]),
    };
    expect(await faultOf(initStore(database, { force: false, acceptServer: false, schema: next }))).toMatchObject({
      kind: 'refused',
      message: 'Members are connected with an older Subdeck: anna (a@desk, 0.1.0).',
    });
    expect((await member.beat()).schema).toBe(1);
    expect(await initStore(database, { force: true, acceptServer: false, schema: next })).toMatchObject({
      what: 'upgraded',
      schema: 2,
      cutOff: ['anna (a@desk, 0.1.0)'],
    });
    expect(await faultOf(member.beat())).toMatchObject({ kind: 'denied' });
    expect(await faultOf(initStore(database, unforced))).toMatchObject({
      kind: 'denied',
      message: expect.stringContaining('version 2'),
    });
  });

  test('a failed upgrade leaves the store as it was', async () => {
    const { database } = await newStore();
    const broken = {
      ...currentSchema,
      version: 2,
      upgrades: new Map([[2, 'CREATE TABLE subdeck.more (); SELECT 1 / 0;']]),
    };
    await expect(initStore(database, { force: false, acceptServer: false, schema: broken })).rejects.toThrow();
    expect(await initStore(database, unforced)).toMatchObject({ what: 'unchanged', schema: 1 });
  });

  test('[rule 11] bounds what a login may hold up, and names those without a limit', async () => {
    const { server, name, database } = await newStore();
    const login = `bounded${process.pid}`;
    server.createLogin(login, 'subdeck_viewer');
    const { made, byHand } = await initStore(database, unforced);
    expect(made).toContain(`ALTER ROLE "${login}" IN DATABASE "${name}" SET statement_timeout = '10s';`);
    expect(byHand).toContain(`ALTER ROLE "${login}" CONNECTION LIMIT 20;`);
    const viewer = openAs(server, name, login);
    onTestFinished(() => viewer.close());
    const settings = `SELECT setconfig FROM pg_db_role_setting WHERE setrole = '${login}'::regrole`;
    expect(server.psql(settings)).toBe(
      '{statement_timeout=10s,lock_timeout=2s,idle_in_transaction_session_timeout=1min}',
    );
    expect((await initStore(database, unforced)).made.filter((each) => each.includes(login))).toEqual([]);
    await expect(viewer.query('SELECT subdeck.join_member($1)', ['eve'])).rejects.toMatchObject({ state: '42501' });
    await expect(
      viewer.query('INSERT INTO subdeck.members (name, login) VALUES ($1, $2)', ['eve', 'eve']),
    ).rejects.toMatchObject({ state: '42501' });
  });

  test('[rule 3] after a restore writes stay refused until a person accepts the server', async () => {
    const { server, name, database } = await newStore();
    const restored = server.createDatabase();
    // As pg_dump and psql do, into a database where every object gets another id.
    server.psql(server.dump(name), restored);
    const copy = openAs(server, restored);
    onTestFinished(() => copy.close());
    expect(await initStore(copy, unforced)).toMatchObject({ what: 'unchanged', server: 'other' });
    // Whoever worked here may know of open writes that the backup lacks; the wait begins when somebody notices.
    server.psql(
      `INSERT INTO subdeck.members (name, login) VALUES ('anna', 'anna'), ('ben', 'ben');
      INSERT INTO subdeck.processes (id, member, login, host, os_user, machine, pid, version, schema, lease_until, seen_at)
      SELECT gen_random_uuid(), m.name, m.login, 'desk', m.name, 'm', 1, '0', 1, now(), now() - a.ago FROM subdeck.members m
      JOIN (VALUES ('anna', interval '1 hour'), ('ben', interval '2 days')) a (name, ago) ON a.name = m.name`,
      restored,
    );
    const accepting = { ...unforced, acceptServer: true };
    expect(await initStore(copy, accepting)).toMatchObject({
      server: 'other',
      waits: {
        seconds: expect.toSatisfy((seconds: number) => seconds > 350 && seconds <= 360),
        members: ['anna (anna@desk)'],
      },
    });
    server.psql("UPDATE subdeck.journal_order SET noticed_at = noticed_at - interval '6 minutes'", restored);
    expect(await initStore(copy, accepting)).toMatchObject({
      server: 'other',
      waits: { seconds: 0, members: ['anna (anna@desk)'] },
    });
    server.psql(
      `INSERT INTO subdeck.hand_ins SELECT noticed, 'anna', 'desk', 'anna' FROM subdeck.journal_order`,
      restored,
    );
    expect(await initStore(copy, accepting)).toMatchObject({ server: 'accepted', cutOff: [] });
    expect(await initStore(copy, unforced)).toMatchObject({ server: 'same' });
    expect(await initStore(database, unforced)).toMatchObject({ server: 'same' });
  });

  test('[rule 15] heartbeats update in place: room in each page, no index on what changes', async () => {
    const { server, name, database } = await newStore();
    const beating = `SELECT c.reloptions::text || ' ' || (SELECT string_agg(a.attname, ',' ORDER BY a.attname) FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid) FROM pg_class c`;
    const of = (table: string) => server.psql(`${beating} WHERE c.oid = 'subdeck.${table}'::regclass`, name);
    expect(['processes', 'scopes', 'sync_leases', 'budgets', 'pauses'].map(of)).toEqual([
      '{fillfactor=50} id,member',
      '{fillfactor=50} account,id,view_digest',
      '{fillfactor=50} branch,scope',
      '{fillfactor=50} account,operation',
      '{fillfactor=50} account',
    ]);
    server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('a', 'postgres')`, name);
    const id = '00000000-0000-4000-8000-000000000001';
    await database.query("SELECT subdeck.begin_process($1, 'a', 'h', 'u', 'm', NULL, 1, NULL, '0', 1)", [id]);
    for (let nth = 0; nth < 20; nth += 1) await database.query('SELECT subdeck.heartbeat($1)', [id]);
    // The server's own count, in the transaction that made them, needs no waiting.
    const counted = `DO $$ BEGIN FOR n IN 1..20 LOOP PERFORM subdeck.heartbeat('${id}'); END LOOP; END $$;
      SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'processes'`;
    const [updated, hot] = server.psql(`BEGIN; ${counted}; COMMIT`, name).split('|');
    expect([updated, hot]).toEqual(['20', '20']);
  });

  test('[rule 33] no password is part of a statement', () => {
    expect(printedScript('subdeck')).toContain('CREATE ROLE subdeck_member NOLOGIN;');
    expect(printedScript('subdeck')).not.toMatch(/password/i);
  });

  test('who may not create roles is told what to let run, and then sets the store up', async () => {
    const server = await startServer();
    onTestFinished(() => server.dispose());
    server.createLogin('owner');
    server.psql('CREATE DATABASE own OWNER owner');
    const database = openAs(server, 'own', 'owner');
    onTestFinished(() => database.close());
    const { kind, next } = await faultOf(initStore(database, unforced));
    expect([kind, next]).toEqual(['denied', expect.stringContaining('GRANT subdeck_owner TO "owner";')]);
    server.psql(next.replace('Let an administrator run: ', ''));
    expect(await initStore(database, unforced)).toMatchObject({
      what: 'created',
      made: [protectDatabase('own')],
      byHand: [],
    });
  });

  test('an administrator who is no superuser is not the owner afterwards', async () => {
    const server = await startServer();
    onTestFinished(() => server.dispose());
    server.createLogin('admin');
    server.psql('ALTER ROLE admin CREATEROLE; CREATE DATABASE own OWNER admin');
    const database = openAs(server, 'own', 'admin');
    onTestFinished(() => database.close());
    expect(await initStore(database, unforced)).toMatchObject({ what: 'created', byHand: [] });
    expect(server.psql("SELECT pg_has_role('admin', 'subdeck_owner', 'MEMBER')")).toBe('f');
    expect(await initStore(database, unforced)).toMatchObject({ what: 'unchanged', made: [], byHand: [] });
  });
});
