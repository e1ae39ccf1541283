/**
 * `npm run bench:network`: whole syncs from a sandbox that delays every call by 50, 150 or 400 ms, with sequential calls and with
 * `concurrency` parallel calls, and keys in a console during a sync. Writes its part of bench/results.md. BENCH_DELAYS and
 * BENCH_CONNECTIONS (comma-separated names) choose some of them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedRequest } from '../src/sandbox/log.ts';
import type { SandboxConnection } from '../src/sandbox/start.ts';
import { program } from './console.ts';
import { machine } from './results.ts';
import { writeSection } from './sections.ts';
import { addConnection, firstLine, homeOf, keysWhileReading } from './sync.ts';
import { type Frame, quantile } from './terminal.ts';

const delays = listOf(process.env.BENCH_DELAYS ?? '50,150,400').map(Number);
const concurrency = 4;
/** Syncs with fewer calls have no goal: most of their calls depend on another one. */
const fewestCalls = 60;

/**
 * Subscriptions of the sandbox as a whole, so that a sync of the connection takes 60 calls or more. Cloudmore's takes one for each
 * of the sandbox's services, however many rows they have; CloudCockpit's pages have 2,000 rows.
 */
const scales: Readonly<Record<string, number>> = {
  'cloudmore-seller': 5_000,
  'cloudmore-reseller': 5_000,
  interworks: 60_000,
  vmware: 60_000,
  lineworks: 60_000,
  cloudcockpit: 20_000,
};
/** The connection that syncs while keys are pressed; the console's cache contains other rows too. */
const keysIn = 'lineworks';
const cachedRows = 100_000;
const keyTimes = 200;

interface Sync {
  readonly milliseconds: number;
  readonly calls: readonly LoggedRequest[];
  /** Maximum resident megabytes. */
  readonly memory: number;
}

const names = listOf(process.env.BENCH_CONNECTIONS ?? Object.keys(scales).join(','));
const fixture = mkdtempSync(join(tmpdir(), 'subdeck-network-'));
try {
  const syncs: string[] = [];
  const keys: string[] = [];
  for (const delay of delays) {
    for (const name of names) syncs.push(await withSandbox(name, delay, (connection) => syncRow(connection, delay)));
    keys.push(await withSandbox(keysIn, delay, (connection) => keysRow(connection, delay)));
  }
  const text = [
    '## Syncs over a network',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${machine()}. \`subdeck sync\` as a whole process, its start included, from a sandbox on the same machine without rate limits,`,
    `that delays every call; \`concurrency\` 1 and ${concurrency} in turn. The limit: calls that must wait for another, plus the rest ÷ ${concurrency}, times the delay. Calls at once as`,
    `the server saw them. Wanted at 150 ms, of ${fewestCalls} calls and more: ≥ 3 × faster, ≤ 1.3 × the limit. Cloudmore takes one call for each`,
    'of the 15 services of the sandbox, and a page of CloudCockpit has 2,000 rows: they take fewer. Written by `npm run bench:network`.',
    '',
    '| connection | delay | calls | one after another | side by side | faster | beside the limit | most at once | memory, at most |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...syncs,
    '',
    `Keys in a list of ${cachedRows.toLocaleString('en')} cached subscriptions while \`${keysIn}\` is read, ${concurrency} calls at once. Wanted: p99 ≤ 40 ms.`,
    '',
    '| delay | keys | p50 | p99 |',
    '|--:|--:|--:|--:|',
    ...keys,
  ];
  const isWhole = process.env.BENCH_DELAYS === undefined && process.env.BENCH_CONNECTIONS === undefined;
  if (isWhole)
    writeSection(join(import.meta.dirname, 'results.md'), 'network: written by `npm run bench:network`', text);
  process.stdout.write(`${text.join('\n')}\n`);
} finally {
  rmSync(fixture, { recursive: true, force: true });
}

async function withSandbox<Result>(
  name: string,
  delay: number,
  use: (connection: SandboxConnection) => Promise<Result>,
): Promise<Result> {
  process.stderr.write(`measuring ${name} at ${delay} ms\n`);
  const scale = scales[name];
  if (scale === undefined) throw new Error(`There is no scale for ${name}.`);
  const words = ['sandbox', '--scale', String(scale), '--rate-limits', 'off', '--delay', String(delay)];
  const sandbox = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { connections } = await firstLine(sandbox.stdout);
    const connection = connections.find((one) => one.name === name);
    if (connection === undefined) throw new Error(`The sandbox has no ${name}.`);
    return await use(connection);
  } finally {
    sandbox.kill();
  }
}

async function syncRow(connection: SandboxConnection, delay: number): Promise<string> {
  // The sandbox generates much of its data at the first request.
  await syncOf(connection, 16, 'first');
  const alone = await syncOf(connection, 1, 'alone');
  const beside = await syncOf(connection, concurrency, 'beside');
  const calls = beside.calls.length;
  const waiting = beside.calls.filter(mustWait).length;
  const limit = (waiting + (calls - waiting) / concurrency) * delay;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return row([
    connection.name,
    `${delay} ms`,
    alone.calls.length === calls ? calls : `${alone.calls.length}, ${calls}`,
    seconds(alone.milliseconds),
    seconds(beside.milliseconds),
    `${(alone.milliseconds / beside.milliseconds).toFixed(1)} ×`,
    `${(beside.milliseconds / limit).toFixed(2)} ×`,
    Math.max(...beside.calls.map((call) => call.beside)) + 1,
    `${beside.memory.toFixed(0)} MB`,
  ]);
}

/** Cannot run in parallel: the token, the first page of a list, and calls whose results other calls need. */
function mustWait({ path, query }: LoggedRequest): boolean {
  // LINE WORKS: its customers, 30 at a time; the pages behind the first are read in parallel with subscriptions.
  if (/\/partners\/customers$/.test(path)) return query.cursor === undefined;
  // interworks: the second page shows how the vendor counts pages.
  if (/\/api\/accounts$/.test(path) && query.page === '2') return true;
  if (/token/i.test(path) || /(?<!usage)\/(services|customers|resellers)$/i.test(path)) return true;
  const isFirstPage = query.page === '1' || query.pageNumber === '1' || query.pageStart === '1';
  return isFirstPage && !/\/customers\//i.test(path);
}

async function syncOf(connection: SandboxConnection, atOnce: number, run: string): Promise<Sync> {
  const { name } = connection;
  const home = homeOf(mkdtempSync(join(fixture, `${name}-${run}-`)), reading(connection, atOnce));
  const before = (await callsOf(connection)).length;
  const env = { ...process.env, ...secretsOf(connection), SUBDECK_HOME: home };
  const started = performance.now();
  const sync = spawn(process.execPath, [program, 'sync'], { env, stdio: 'ignore' });
  let memory = 0;
  const look = setInterval(() => {
    memory = Math.max(memory, peakMemory(sync.pid));
  }, 50);
  const [exitCode] = await once(sync, 'exit');
  const milliseconds = performance.now() - started;
  clearInterval(look);
  if (exitCode !== 0) throw new Error(`The sync of ${name} ended with exit code ${exitCode}.`);
  return { milliseconds, calls: (await callsOf(connection)).slice(before), memory };
}

async function keysRow(connection: SandboxConnection, delay: number): Promise<string> {
  const home = mkdtempSync(join(fixture, 'keys-'));
  execFileSync(process.execPath, [join(import.meta.dirname, 'fill-cache.ts'), home, String(cachedRows)], {
    stdio: 'ignore',
  });
  addConnection(home, reading(connection, concurrency));
  const frames = await keysWhileReading({ ...secretsOf(connection), SUBDECK_HOME: home }, keyTimes);
  const at = (share: number) => `${quantile(frames.map(millisecondsOf), share).toFixed(1)} ms`;
  return row([`${delay} ms`, frames.length, at(0.5), at(0.99)]);
}

function millisecondsOf({ milliseconds }: Frame): number {
  return milliseconds;
}

function reading(connection: SandboxConnection, atOnce: number): SandboxConnection {
  return { ...connection, settings: { ...connection.settings, concurrency: String(atOnce) } };
}

function secretsOf({ name, secrets }: SandboxConnection): Readonly<Record<string, string>> {
  return { [`SUBDECK_SECRETS_${name.toUpperCase().replaceAll('-', '_')}`]: JSON.stringify(secrets) };
}

async function callsOf({ settings }: SandboxConnection): Promise<readonly LoggedRequest[]> {
  const { origin } = new URL(settings.baseUrl ?? '');
  const log = await (await fetch(`${origin}/_sandbox/requests`)).text();
  return log.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** Maximum resident megabytes of a process so far; 0 if the system does not report it or the process has ended. */
function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function listOf(text: string): readonly string[] {
  return text.split(',').filter((one) => one !== '');
}
