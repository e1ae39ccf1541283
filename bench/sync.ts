import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxConnection } from '../src/sandbox/start.ts';
import { keys, program } from './console.ts';
import { type Frame, series, watch } from './terminal.ts';

/** A whole book read from a local sandbox, beside the barest loop that fetches and parses the same pages. */
export interface SyncFigures {
  readonly rows: number;
  readonly bareLoop: number;
  readonly bareFirstPage: number;
  readonly firstRow: number;
  readonly complete: number;
  readonly keysMeanwhile: readonly Frame[];
}

/** As the console asks for them. */
const pageSize = 200;

export async function measureSync(home: string): Promise<SyncFigures> {
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--scale', '200000', '--rate-limits', 'off'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { connections } = await firstLine(sandbox.stdout);
    const connection = connections.find(({ name }) => name === 'interworks');
    if (connection === undefined) throw new Error('The sandbox has no interworks.');
    const bare = await bareLoop(connection);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const { name, vendor, settings, secrets } = connection;
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ connections: { [name]: { vendor, settings } } }));
    const env = { SUBDECK_HOME: home, [`SUBDECK_SECRETS_${name.toUpperCase()}`]: JSON.stringify(secrets) };
    const complete = wholeSync({ ...env, SUBDECK_HOME: home });
    const again = `${home}-console`;
    mkdirSync(again, { recursive: true, mode: 0o700 });
    copyFileSync(join(home, 'settings.json'), join(again, 'settings.json'));
    const console = watch(process.execPath, [program], { ...env, SUBDECK_HOME: again });
    const started = await console.sees(/Sellers/);
    await console.press(keys.enter, 0);
    const firstRow = (await console.shows(/Organizations [1-9]/)) - started;
    await console.shows(/ reading \S+ [1-9]/);
    const keysMeanwhile = await series(console, keys.down, 60, 15);
    await console.shows(/ reading \S+ [1-9]/);
    console.kill();
    return { ...bare, firstRow, complete, keysMeanwhile };
  } finally {
    sandbox.kill();
  }
}

/** `subdeck sync` as a whole process, its start included, in milliseconds. */
function wholeSync(env: Readonly<Record<string, string>>): number {
  const started = performance.now();
  execFileSync(process.execPath, [program, 'sync'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  return performance.now() - started;
}

async function firstLine(
  stream: NodeJS.ReadableStream,
): Promise<{ readonly connections: readonly SandboxConnection[] }> {
  for await (const line of createInterface({ input: stream })) return JSON.parse(line);
  throw new Error('The sandbox ended before it was ready.');
}

async function bareLoop({ settings, secrets }: SandboxConnection) {
  const token = await fetch(settings.tokenUrl ?? `${settings.baseUrl}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${settings.clientKey}:${secrets.clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: 'password',
      username: settings.username ?? '',
      password: secrets.password ?? '',
    }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const started = performance.now();
  const headers = { authorization: `Bearer ${access_token}`, 'x-api-version': '3.0' };
  let bareFirstPage = 0;
  let rows = 0;
  for (const list of ['accounts', 'subscriptions']) {
    rows = 0;
    for (let page = 1; ; page++) {
      const answer = await fetch(`${settings.baseUrl}/api/${list}?page=${page}&size=${pageSize}`, { headers });
      const { data } = (await answer.json()) as { data: readonly unknown[] };
      bareFirstPage ||= performance.now() - started;
      rows += data.length;
      if (data.length < pageSize) break;
    }
  }
  return { rows, bareLoop: performance.now() - started, bareFirstPage };
}
