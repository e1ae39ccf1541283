/**
 * `npm run bench:team`: what a team's store saves and costs, on a PostgreSQL of its own and the sandbox: calls to the vendor of all members
 * beside one member's, the time in which a new member has all rows beside a full sync at 150 ms a call, and the time from a change to every
 * member's cache. BENCH_TEAM_ROWS (100,000), BENCH_TEAM_MEMBERS (10), BENCH_TEAM_CHANGES (100). Prints JSON.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, openApp } from '../src/app/open-app.ts';
import { appPathsIn } from '../src/app/paths.ts';
import { secretsVariable } from '../src/model/connection-name.ts';
import { openDatabase } from '../src/postgres/database.ts';
import { parseStoreUrl } from '../src/postgres/store-url.ts';
import { type SandboxConnection, startSandbox } from '../src/sandbox/start.ts';
import { initStore } from '../src/team/init-store.ts';
import { startServer } from '../test/postgres/server.ts';
import { quantile } from './terminal.ts';

const rows = Number(process.env.BENCH_TEAM_ROWS ?? 100_000);
const size = Number(process.env.BENCH_TEAM_MEMBERS ?? 10);
const changes = Number(process.env.BENCH_TEAM_CHANGES ?? 100);
const delay = 150;
const vendor = 'interworks';
/** Vendors of the sandbox, which share its rows. */
const vendors = 5;
const pollEvery = 20;

const fixture = mkdtempSync(join(tmpdir(), 'subdeck-bench-team-'));
const server = await startServer({ settings: { fsync: 'on', shared_buffers: '128MB' } });
const sandbox = await startSandbox({ scale: rows * vendors, rateLimits: false, delay });
const apps: App[] = [];

try {
  const connection = sandbox.connections.find((each) => each.vendor === vendor);
  if (connection === undefined) throw new Error(`The sandbox has no ${vendor}.`);
  const store = server.createDatabase();
  const admin = openDatabase({ url: parseStoreUrl(server.url(store)), password: async () => server.password });
  await initStore(admin, { force: false, acceptServer: false });
  await admin.close();
  const names = Array.from({ length: size }, (_, nth) => `desk-${nth}`);
  for (const name of names) {
    server.createLogin(name, 'subdeck_member');
    server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('${name}', '${name}')`, store);
  }
  const [first, ...others] = names.map((as) => open(connection, as, server.url(store, as)));
  if (first === undefined) throw new Error('A team has members.');

  say(`a full sync of ${rows} rows at ${delay} ms a call`);
  const fullSync = await took(() => first.context.sync.run(connection.name, {}));
  const callsOfOne = await served(sandbox.origins[vendor] ?? '');
  say(`${others.length} members join`);
  const joins: number[] = [];
  for (const app of others) joins.push(await took(() => app.context.sync.run(connection.name, {})));
  const callsOfAll = await served(sandbox.origins[vendor] ?? '');

  say(`${changes} changes`);
  const [row] = [...first.context.cache.eachSubscription(allOf(connection.name))];
  if (row === undefined) throw new Error('There are no rows.');
  const raw = first.context.cache.raw(connection.name, row.id) ?? {};
  const times: number[] = [];
  for (let nth = 0; nth < changes; nth += 1) {
    const subscription = { ...row, quantity: 1_000_000 + nth, readAt: new Date().toISOString() };
    const started = performance.now();
    first.context.cache.keep(connection.name, row.id, { subscription, raw });
    const isThere = ({ context: { cache } }: App) => {
      cache.refreshSnapshot();
      return cache.subscription(connection.name, row.id)?.quantity === subscription.quantity;
    };
    const waiting = new Set(others);
    while (waiting.size > 0) {
      await sleep(pollEvery);
      for (const app of waiting) {
        if (!isThere(app)) continue;
        waiting.delete(app);
        times.push(performance.now() - started);
      }
    }
  }
  const seconds = (milliseconds: number) => Math.round(milliseconds / 10) / 100;
  process.stdout.write(
    `${JSON.stringify({
      ...{ rows, members: size, delay, callsOfOne, callsOfAll },
      fullSyncSeconds: seconds(fullSync),
      joinSeconds: { p50: seconds(quantile(joins, 0.5)), longest: seconds(Math.max(...joins)) },
      changeSeconds: { p50: seconds(quantile(times, 0.5)), p99: seconds(quantile(times, 0.99)) },
    })}\n`,
  );
} finally {
  for (const app of apps) app.close();
  await sandbox.stop();
  await server.dispose();
  rmSync(fixture, { recursive: true, force: true });
}

/** As a console opens it: it follows what the others read. */
function open({ name, settings, secrets }: SandboxConnection, as: string, url: string): App {
  const home = mkdtempSync(join(fixture, `${as}-`));
  const file = { team: { url, as }, connections: { [name]: { vendor, settings } } };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(file), { mode: 0o600 });
  const app = openApp({
    paths: appPathsIn(home),
    secrets: new Map([
      [secretsVariable(name), JSON.stringify(secrets)],
      ['SUBDECK_TEAM_PASSWORD', `${as}-password`],
    ]),
    ...{ env: {}, offline: false, readOnly: false, onCall: null, holdsSnapshot: true },
  });
  apps.push(app);
  return app;
}

function allOf(connection: string) {
  return { scope: [], filter: [], search: null, sort: [], connections: [connection] };
}

async function served(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/_sandbox/requests`)).text();
  return text.split('\n').filter((line) => line !== '' && !/token/i.test(line)).length;
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function say(what: string): void {
  process.stderr.write(`measuring ${what}\n`);
}
