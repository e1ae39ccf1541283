/**
 * `npm run bench:team`: what a team's store saves and costs, on a PostgreSQL of its own and the sandbox, with a process for each member.
 * Writes its part of bench/results.md at full size. BENCH_TEAM_ROWS (100,000) and BENCH_TEAM_CHANGES (25, at each size of the team) make
 * it smaller. Six to eight minutes; the machine should do nothing else.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { secretsVariable } from '../src/model/connection-name.ts';
import { openDatabase } from '../src/postgres/database.ts';
import { parseStoreUrl } from '../src/postgres/store-url.ts';
import { startSandbox } from '../src/sandbox/start.ts';
import { initStore } from '../src/team/init-store.ts';
import { startServer } from '../test/postgres/server.ts';
import type { MemberStart, Order, Told } from './team-member.ts';
import { type Growth, type TeamFigures, writeTeamResults } from './team-results.ts';
import { serverLoad } from './team-server-load.ts';

const fullRows = 100_000;
const fullChanges = 25;
const rows = Number(process.env.BENCH_TEAM_ROWS ?? fullRows);
const changes = Number(process.env.BENCH_TEAM_CHANGES ?? fullChanges);
const sizes = [2, 5, 10] as const;
const delay = 150;
const vendor = 'interworks';
/** Vendors of the sandbox, which share its rows. */
const vendors = 5;
const writesAlone = 200;
const writesOfEach = 20;
const idleMilliseconds = 8_000;
/** Longer than a poll: changes fall anywhere between two of them. */
const betweenChanges = 1_000;

const fixture = mkdtempSync(join(tmpdir(), 'subdeck-bench-team-'));
const server = await startServer({
  settings: {
    fsync: 'on',
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    shared_preload_libraries: 'pg_stat_statements',
  },
});
const sandbox = await startSandbox({ scale: rows * vendors, rateLimits: false, delay });
const processes: ChildProcess[] = [];
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => process.exit(1));
process.once('exit', () => rmSync(fixture, { recursive: true, force: true }));

try {
  const found = sandbox.connections.find((each) => each.vendor === vendor);
  if (found === undefined) throw new Error(`The sandbox has no ${vendor}.`);
  const connection = found;
  const store = server.createDatabase();
  const admin = openDatabase({ url: parseStoreUrl(server.url(store)), password: async () => server.password });
  await initStore(admin, { force: false, acceptServer: false });
  await admin.close();
  server.psql('CREATE EXTENSION pg_stat_statements', store);
  const load = serverLoad(server, store);

  const startOf = (as: string, inTeam: boolean): MemberStart => {
    const home = join(fixture, as);
    mkdirSync(home);
    const { name, settings, secrets } = connection;
    const team = inTeam ? { team: { url: server.url(store, as), as } } : {};
    const file = { ...team, connections: { [name]: { vendor, settings } } };
    writeFileSync(join(home, 'settings.json'), JSON.stringify(file), { mode: 0o600 });
    const own = [
      [secretsVariable(name), JSON.stringify(secrets)],
      ['SUBDECK_TEAM_PASSWORD', `${as}-password`],
    ] as const;
    return { home, connection: name, secrets: own };
  };
  const member = async (as: string): Promise<ChildProcess> => {
    server.createLogin(as, 'subdeck_member');
    server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('${as}', '${as}')`, store);
    return begin(startOf(as, true));
  };

  say(`a full sync of ${rows} rows at ${delay} ms a call, by one who is in no team`);
  // The sandbox makes much of its data at the first request.
  const single = await begin(startOf('single', false));
  const alone = await ask(single, { do: 'sync' });
  const callsOfOne = await served();
  say('its writes, journalled in a file');
  const inFile = (await ask(single, { do: 'write', times: writesAlone })).took;
  await leave(single);

  say('the same sync by the first member');
  const first = await member('desk-0');
  load.mark();
  const published = await ask(first, { do: 'sync' });
  const ofSync = load.since();
  const team = [first];
  const joins: { readonly together: number; readonly took: readonly number[] }[] = [];
  const growth: Growth[] = [];
  for (const size of sizes) {
    const names = Array.from({ length: size - team.length }, (_, nth) => `desk-${team.length + nth}`);
    const news = await Promise.all(names.map(member));
    say(`${news.length} more join`);
    load.mark();
    const joined = await Promise.all(news.map((each) => ask(each, { do: 'sync' })));
    if (joined.some((each) => each.rows !== published.rows)) throw new Error('A member lacks rows.');
    joins.push({ together: news.length, took: joined.flatMap(({ took }) => took) });
    team.push(...news);
    say(`${size} members, nothing happens`);
    load.mark();
    await pause(idleMilliseconds);
    const idle = load.since();
    say(`${size} members, ${changes} changes`);
    load.mark();
    const times = await changeTimes(team, published.id);
    growth.push({ size, idle, changing: load.since(), times });
  }
  const callsOfTeam = (await served()) - callsOfOne;

  say('writes, journalled in the store: by one, then by all at once');
  load.mark();
  const inStore = (await ask(first, { do: 'write', times: writesAlone })).took;
  const ofWritesAlone = load.since();
  load.mark();
  const ofAll = await Promise.all(team.map((each) => ask(each, { do: 'write', times: writesOfEach })));
  const ofWrites = load.since();
  const memory = Math.max(
    ...(await Promise.all(team.map((each) => ask(each, { do: 'sync' })))).map((each) => each.memory),
  );

  const figures: TeamFigures = {
    ...{ rows: published.rows, delay, callsOfOne, callsOfTeam, changes, writesAlone, writesOfEach, joins, growth },
    ...{ alone: alone.took[0] ?? 0, published: published.took[0] ?? 0, memory },
    writes: { inFile, inStore, together: ofAll.flatMap(({ took }) => took) },
    load: { ofSync, ofWritesAlone, ofWrites },
    store: load.store(),
    slowest: load.slowest(),
  };
  writeTeamResults(figures, rows === fullRows && changes === fullChanges);
} finally {
  await Promise.all(processes.filter(({ connected }) => connected).map(leave));
  await sandbox.stop();
  await server.dispose();
}

async function begin(start: MemberStart): Promise<ChildProcess> {
  const made = fork(join(import.meta.dirname, 'team-member.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
  processes.push(made);
  await ask(made, { do: 'start', start });
  return made;
}

/** As a console is left. */
async function leave(member: ChildProcess): Promise<void> {
  const exited = once(member, 'exit');
  await ask(member, { do: 'end' }).catch(() => undefined);
  if (member.connected) member.disconnect();
  await exited;
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

/** From a change in one member's cache to each other one's, in turns; milliseconds. */
async function changeTimes(team: readonly ChildProcess[], id: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < changes; nth += 1) {
    const [author, others] = [team[nth % team.length], team.filter((_, at) => at !== nth % team.length)];
    if (author === undefined) throw new Error('A team has members.');
    await pause(Math.random() * betweenChanges);
    const quantity = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    const seen = others.map((other) => ask(other, { do: 'expect', id, quantity }));
    const { at } = await ask(author, { do: 'change', id, quantity });
    times.push(...(await Promise.all(seen)).map((each) => each.at - at));
  }
  return times;
}

async function served(): Promise<number> {
  const text = await (await fetch(`${sandbox.origins[vendor]}/_sandbox/requests`)).text();
  return text.split('\n').filter((line) => line !== '' && !/token/i.test(line)).length;
}

function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} measuring ${what}\n`);
}
