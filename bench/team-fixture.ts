import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { bundle } from '../build/bundle.ts';
import { secretsVariable } from '../src/model/connection-name.ts';
import { openDatabase } from '../src/postgres/database.ts';
import { parseStoreUrl } from '../src/postgres/store-url.ts';
import { startSandbox } from '../src/sandbox/start.ts';
import { initStore } from '../src/team/init-store.ts';
import { startServer } from '../test/postgres/server.ts';
import type { MemberStart, Order, Told } from './team-member.ts';
import { serverLoad } from './team-server-load.ts';

/** A process that does what a console does while nobody presses a key. */
export interface Member {
  readonly home: string;
  ask(order: Order): Promise<Told>;
  /** As a console is left. */
  leave(): Promise<void>;
}

export interface TeamBench {
  readonly delay: number;
  readonly changes: number;
  readonly load: ReturnType<typeof serverLoad>;
  /** `from`: a home whose cache it begins with; absent: none. */
  member(as: string, from?: string): Promise<Member>;
  /** One who is in no team. */
  single(): Promise<Member>;
  /** Calls to the vendor so far. */
  served(): Promise<number>;
  dispose(): Promise<void>;
}

const vendor = 'interworks';
/** Vendors of the sandbox, which share its rows. */
const vendors = 5;

const root = join(import.meta.dirname, '..');

/** The program of a member, with its page writer's thread, as what is released is bundled: each start from the sources is a second's work. */
async function bundledMember(): Promise<string> {
  const dir = join(root, 'node_modules/.cache/bench-team');
  rmSync(dir, { recursive: true, force: true });
  const input = {
    member: 'bench/team-member.ts',
    'page-writer-worker': bundle.input['page-writer-worker'],
    'keychain-child': bundle.input['keychain-child'],
  };
  await build({ ...bundle, plugins: [], cwd: root, input, output: { ...bundle.output, dir } });
  return join(dir, 'member.js');
}

export async function startTeam({
  rows,
  changes,
  delay,
}: {
  readonly rows: number;
  readonly changes: number;
  readonly delay: number;
}): Promise<TeamBench> {
  const fixture = mkdtempSync(join(tmpdir(), 'subdeck-bench-team-'));
  process.once('exit', () => rmSync(fixture, { recursive: true, force: true }));
  const program = await bundledMember();
  const server = await startServer({
    settings: {
      fsync: 'on',
      shared_buffers: '128MB',
      max_wal_size: '1GB',
      shared_preload_libraries: 'pg_stat_statements',
    },
  });
  const sandbox = await startSandbox({ scale: rows * vendors, rateLimits: false, delay });
  const found = sandbox.connections.find((each) => each.vendor === vendor);
  if (found === undefined) throw new Error(`The sandbox has no ${vendor}.`);
  const { name: connection, settings, secrets } = found;
  const store = server.createDatabase();
  const admin = openDatabase({ url: parseStoreUrl(server.url(store)), password: async () => server.password });
  await initStore(admin, { force: false, acceptServer: false });
  await admin.close();
  server.psql('CREATE EXTENSION pg_stat_statements', store);
  const members = new Set<Member>();

  function startOf(as: string, inTeam: boolean, from: string | null): MemberStart {
    const home = join(fixture, as);
    if (from === null) mkdirSync(home);
    else cpSync(from, home, { recursive: true });
    const team = inTeam ? { team: { url: server.url(store, as), as } } : {};
    const file = { ...team, connections: { [connection]: { vendor, settings } } };
    writeFileSync(join(home, 'settings.json'), JSON.stringify(file), { mode: 0o600 });
    const own = [
      [secretsVariable(connection), JSON.stringify(secrets)],
      ['SUBDECK_TEAM_PASSWORD', `${as}-password`],
    ] as const;
    return { home, connection, secrets: own };
  }

  async function begin(start: MemberStart): Promise<Member> {
    const child = fork(program, { stdio: ['ignore', 2, 2, 'ipc'] });
    const member: Member = {
      home: start.home,
      ask: (order) => ask(child, order),
      async leave() {
        members.delete(member);
        const exited = once(child, 'exit');
        await ask(child, { do: 'end' }).catch(() => undefined);
        if (child.connected) child.disconnect();
        await exited;
      },
    };
    members.add(member);
    child.once('exit', () => members.delete(member));
    await member.ask({ do: 'start', start });
    return member;
  }

  return {
    delay,
    changes,
    load: serverLoad(server, store),
    member(as, from) {
      server.createLogin(as, 'subdeck_member');
      server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('${as}', '${as}')`, store);
      return begin(startOf(as, true, from ?? null));
    },
    single: () => begin(startOf('single', false, null)),
    async served() {
      const text = await (await fetch(`${sandbox.origins[vendor]}/_sandbox/requests`)).text();
      return text.split('\n').filter((line) => line !== '' && !/token/i.test(line)).length;
    },
    async dispose() {
      await Promise.all([...members].map((member) => member.leave()));
      await sandbox.stop();
      await server.dispose();
      rmSync(fixture, { recursive: true, force: true });
    },
  };
}

function ask(member: ChildProcess, order: Order): Promise<Told> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A member ended with ${code} instead of: ${order.do}.`));
    member.once('exit', ended);
    member.once('message', (told: Told) => {
      member.off('exit', ended);
      resolve(told);
    });
    member.send(order);
  });
}

export function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} measuring ${what}\n`);
}
