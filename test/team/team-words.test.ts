import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { type App, openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { teamCommands } from '../../src/commands/words/team.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { runHere } from '../cli/run-program.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { intent } from '../journal/intent.ts';
import { hasPostgres, type TestServer } from '../postgres/server.ts';
import { newStore } from './store-fixture.ts';

interface Status {
  readonly store: { readonly schema: number | null; readonly roundTripMs: number | null; readonly reachable: boolean };
  readonly me: { readonly as: string; readonly host: string; readonly role: string | null };
  readonly members: readonly { readonly as: string }[];
}

/** An installation, without a keychain: the password comes on stdin or from the environment. */
function installation(more: Readonly<Record<string, string>> = {}) {
  const home = temporaryDirectory();
  const env = { SUBDECK_HOME: home, PATH: process.env.PATH, ...more };
  return {
    home,
    env,
    run: (...args: string[]) => runHere(args, { ...env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }),
    settings: () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')),
  };
}

const mark = { action: 'note', text: 'x', by: 'tester', at: '2026-11-30T00:00:00.000Z', until: null } as const;

/** The parts of an installation. */
function opened(home: string, user: string): App {
  const secrets = new Map(Object.entries(secret(user)));
  const app = openApp({ paths: appPathsIn(home), secrets, env: {}, offline: false, readOnly: false, onCall: null });
  onTestFinished(() => app.close());
  return app;
}

let logins = 0;

/** A new login of a role, in the shared server. */
function login(server: TestServer, ...roles: readonly string[]): string {
  logins += 1;
  const name = `login${process.pid}_${logins}`;
  server.createLogin(name, ...roles);
  return name;
}

const secret = (user: string) => ({ SUBDECK_TEAM_PASSWORD: `${user}-password` });

describe.runIf(hasPostgres())('team', () => {
  test('join offers connections, status shows members, leave waits for open writes', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const at = installation(secret(user));
    await at.run('connection', 'add', 'nordic', '--vendor', 'vmware', 'orgId=o-1', '--json');
    const joined = await at.run('team', 'join', server.url(name, user), '--as', 'anna', '--json');
    expect([joined.code, joined.json()]).toEqual([
      0,
      expect.objectContaining({ as: 'anna', role: 'member', schema: 1, connections: [] }),
    ]);
    expect(at.settings().team).toEqual({ url: `${server.url(name, user)}?sslmode=disable`, as: 'anna' });
    const status = (await at.run('team', 'status', '--json')).json<Status>();
    expect(status).toMatchObject({
      store: { reachable: true, schema: 1, url: `${server.url(name, user)}?sslmode=disable` },
      me: { as: 'anna', role: 'member' },
      members: [{ as: 'anna' }],
      leases: [],
      budgets: [],
    });

    const second = login(server, 'subdeck_member');
    const other = installation(secret(second));
    const taken = await other.run('team', 'join', server.url(name, second), '--as', 'anna');
    expect([taken.code, taken.stderr]).toEqual([5, expect.stringContaining('Another login of the team')]);
    const offered = await other.run('team', 'join', server.url(name, second), '--as', 'bert');
    expect(offered.stdout).toContain('subdeck connection add nordic --vendor vmware orgId=o-1');
    const open = `INSERT INTO subdeck.entries (id, account, subject, target, state, version, member, sender)
      VALUES ('abcdefgh', 'a', 'x', 'x', 'sent', 1, 'bert', '${crypto.randomUUID()}')`;
    server.psql(open, name);
    expect(await other.run('team', 'leave')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('A write of yours is open'),
    });
    server.psql("UPDATE subdeck.entries SET state = 'done'", name);
    expect([(await other.run('team', 'leave')).code, other.settings().team]).toEqual([0, undefined]);
    expect((await at.run('team', 'status')).stdout).not.toContain('bert');
  });

  test('[rule 20] a login with several names is said to prove none', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const at = installation(secret(user));
    await at.run('team', 'join', server.url(name, user), '--as', 'anna');
    await at.run('team', 'join', server.url(name, user), '--as', 'bert');
    expect((await at.run('team', 'status')).stdout).toContain(`${user}: names are not proven`);
  });

  test('join exits 4, 5, 3, 7 or 2 for password, rights, store, server and URL', async () => {
    const { server, name } = await newStore();
    const [member, stranger] = [login(server, 'subdeck_member'), login(server)];
    const join = async (url: string, user: string) => {
      const { code, stderr } = await installation(secret(user)).run('team', 'join', url);
      return [code, stderr.trim()];
    };
    const url = server.url(name, member);
    expect(await join(url, 'someone')).toEqual([
      4,
      expect.stringContaining(`did not accept the password of ${member}`),
    ]);
    expect((await installation().run('team', 'join', url)).code).toBe(4);
    expect(await join(server.url(name, stranger), stranger)).toEqual([5, expect.stringContaining('has no right')]);
    expect(await join(server.url('nowhere', member), member)).toEqual([
      3,
      expect.stringContaining('no database nowhere'),
    ]);
    expect(await join(server.url('postgres', member), member)).toEqual([
      3,
      expect.stringContaining('no store for a team'),
    ]);
    expect(await join(`postgres://${member}@127.0.0.1:1/${name}`, member)).toEqual([
      7,
      expect.stringContaining('No server answers'),
    ]);
    expect(await join(`${url}?sslmode=require`, member)).toEqual([7, expect.stringContaining('does not offer TLS')]);
    expect(await join(`postgres://${member}:x@127.0.0.1:1/${name}`, member)).toEqual([
      2,
      expect.stringContaining('contains a password'),
    ]);
    server.psql('UPDATE subdeck.store SET schema = 99', name);
    expect(await join(url, member)).toEqual([5, expect.stringContaining('version 99')]);
  });

  test('join is refused while a write is open in the private journal', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const at = installation(secret(user));
    await at.run('journal', 'list');
    const journal = openJournal(join(at.home, 'journal.db'), { clock: systemClock });
    await journal.intend(intent);
    journal.dispose();
    const refused = await at.run('team', 'join', server.url(name, user));
    expect([refused.code, refused.stderr]).toEqual([6, expect.stringContaining('open in the journal of this machine')]);
    expect(existsSync(join(at.home, 'settings.json'))).toBe(false);
  });

  test('at a terminal join adds the connections that are wanted, without secrets', async () => {
    const { server, name } = await newStore();
    const [user, second] = [login(server, 'subdeck_member'), login(server, 'subdeck_member')];
    const at = installation(secret(user));
    for (const [own, orgId] of Object.entries({ nordic: 'o-1', baltic: 'o-2', alps: 'o-3' })) {
      await at.run('connection', 'add', own, '--vendor', 'vmware', `orgId=${orgId}`);
    }
    await at.run('team', 'join', server.url(name, user), '--as', 'anna');
    const other = installation(secret(second));
    await other.run('connection', 'add', 'nordic', '--vendor', 'vmware', 'orgId=o-9');
    const asked: string[] = [];
    const said: string[] = [];
    const reply = await teamCommands
      .find(({ id }) => id === 'team join')
      ?.words?.run(opened(other.home, second).context, {
        args: { URL: server.url(name, second) },
        flags: { as: 'bert' },
        rest: [],
        signal: new AbortController().signal,
        stdin: async () => '',
        say: (text) => void said.push(text),
        ask: async (question) => {
          asked.push(question);
          return question.includes('baltic') ? 'n' : 'y';
        },
      });
    expect(asked).toEqual(['Add alps? [y/N] ', 'Add baltic? [y/N] ', 'Add nordic-2? [y/N] ']);
    expect(said.join('\n')).toContain('nordic-2 (vmware), of anna: orgId=o-1');
    const { connections } = other.settings();
    expect(Object.keys(connections).toSorted()).toEqual(['alps', 'nordic', 'nordic-2']);
    expect(connections['nordic-2']).toEqual({ vendor: 'vmware', settings: { orgId: 'o-1' } });
    const text = JSON.stringify(reply?.kind === 'object' ? reply.sections : null);
    expect(text).toContain('subdeck connection set nordic-2');
    expect(text).toContain('subdeck connection add baltic');
    expect(text).not.toContain('subdeck connection add nordic-2');
  });

  test('a console that was open before join refuses writes from then on, and reads', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const at = installation(secret(user));
    const before = opened(at.home, user).context;
    await before.journal.mark(['key'], mark);
    expect([before.team.current, before.journal.health()]).toEqual([null, null]);
    expect((await at.run('team', 'join', server.url(name, user), '--as', 'anna')).code).toBe(0);
    const refused = {
      kind: 'refused',
      message: expect.stringMatching(/^This computer joined a team at \d\d:\d\d UTC\.$/),
    };
    expect(before.journal.health()).toMatchObject({ ...refused, next: expect.stringContaining('Restart Subdeck') });
    expect(await before.journal.intend(intent)).toMatchObject({ kind: 'refused', fault: { ...refused, sent: false } });
    await expect(before.journal.mark(['other'], mark)).rejects.toMatchObject({ fault: refused });
    expect([...before.journal.marks().keys()]).toEqual(['key']);
    expect((await at.run('team', 'leave')).code).toBe(0);
    expect(before.journal.health()).toBeNull();
  });

  test('[rule 31] the password file fits host, port, database and user', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const file = join(temporaryDirectory(), 'pgpass');
    const at = installation({ PGPASSFILE: file });
    const join_ = () => at.run('team', 'join', server.url(name, user));
    writeFileSync(file, `127.0.0.1:${server.port}:${name}:other:wrong\n*:*:${name}:${user}:${user}-password\n`, {
      mode: 0o600,
    });
    expect((await join_()).code).toBe(0);
    chmodSync(file, 0o644);
    expect(await join_()).toMatchObject({ code: 4, stderr: expect.stringContaining('can be read by other users') });
    writeFileSync(file, `elsewhere:*:*:${user}:${user}-password\n`);
    chmodSync(file, 0o600);
    expect(await join_()).toMatchObject({ code: 4, stderr: expect.stringContaining('There is no password') });
  });

  test('[rule 34] variables and URL keys that change the connection exit 2', async () => {
    const { server, name } = await newStore();
    const user = login(server, 'subdeck_member');
    const codes: (number | null)[] = [];
    for (const variable of ['PGOPTIONS', 'PGSSLMODE', 'PGHOSTADDR', 'PGSERVICE', 'PGHOST', 'NODE_PG_FORCE_NATIVE']) {
      codes.push(
        (await installation({ ...secret(user), [variable]: 'x' }).run('team', 'join', server.url(name, user))).code,
      );
    }
    for (const key of [
      'options=-csearch_path=evil',
      'hostaddr=10.0.0.1',
      'service=x',
      'sslmode=prefer',
      'sslmode=disable&sslmode=disable',
    ]) {
      codes.push((await installation(secret(user)).run('team', 'join', `${server.url(name, user)}?${key}`)).code);
    }
    expect(new Set(codes)).toEqual(new Set([2]));
  });

  test('[rule 18] remove frees the name of a member that is gone, not of a running one', async () => {
    const { server, name, database } = await newStore();
    const user = login(server, 'subdeck_member');
    const at = installation(secret(user));
    await at.run('team', 'join', server.url(name, user), '--as', 'anna');
    server.psql(
      `INSERT INTO subdeck.processes (id, member, login, host, os_user, machine, pid, version, schema, lease_until)
       VALUES ('${crypto.randomUUID()}', 'anna', '${user}', 'h', 'u', 'm', 1, '0', 1, now() + interval '1 minute')`,
      name,
    );
    expect(await at.run('team', 'remove', 'anna')).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('anna is running'),
    });
    await database.query('UPDATE subdeck.processes SET lease_until = pg_catalog.clock_timestamp()');
    const other = login(server, 'subdeck_member');
    const by = installation(secret(other));
    await by.run('team', 'join', server.url(name, other), '--as', 'bert');
    expect((await by.run('team', 'remove', 'anna')).code).toBe(0);
    expect((await by.run('team', 'remove', 'nobody')).code).toBe(3);
    expect((await installation(secret(other)).run('team', 'join', server.url(name, other), '--as', 'anna')).code).toBe(
      0,
    );
  });

  test('a viewer joins to read, and shares nothing', async () => {
    const { server, name, database } = await newStore();
    const user = login(server, 'subdeck_viewer');
    const at = installation(secret(user));
    const joined = await at.run('team', 'join', server.url(name, user), '--json');
    expect(joined.json()).toMatchObject({ role: 'viewer' });
    expect((await database.query('SELECT FROM subdeck.members')).rows).toEqual([]);
    expect((await at.run('team', 'status', '--json')).json<Status>().me.role).toBe('viewer');
    const { context } = opened(at.home, user);
    await context.journal.refresh();
    expect(context.journal.health()).toBeNull();
    await expect(context.journal.mark(['key'], mark)).rejects.toMatchObject({ fault: { kind: 'denied' } });
    const reads = "Your role in the team's store only reads (subdeck_viewer).";
    expect(context.writes.denied()).toMatchObject({
      ...{ kind: 'denied', message: reads, sent: false },
      next: `To write, ask its administrator: GRANT subdeck_member TO "${user}"; then start Subdeck again.`,
    });
    expect((await at.run('team', 'leave')).code).toBe(0);
  });
});
