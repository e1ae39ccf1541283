/**
 * `npm run bench:network`: whole syncs from a sandbox that delays every call by 50, 150 or 400 ms, with sequential calls and with
 * `concurrency` parallel calls. Writes bench/results-network.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedRequest } from '../src/sandbox/log.ts';
import type { SandboxConnection } from '../src/sandbox/start.ts';
import { program } from './console.ts';
import { firstLine, homeOf } from './sync.ts';

const delays = [50, 150, 400];
const concurrency = 4;
/** Subscriptions of all vendors together: a sync of one vendor takes a few dozen calls. */
const scale = 20_000;

interface Sync {
  readonly milliseconds: number;
  readonly calls: readonly LoggedRequest[];
}

const fixture = mkdtempSync(join(tmpdir(), 'subdeck-network-'));
try {
  const rows: string[] = [];
  for (const delay of delays) rows.push(...(await measure(delay)));
  const text = [
    '# Syncs over a network',
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}. \`subdeck sync\` as a whole process, its start included, from a sandbox of`,
    `${scale.toLocaleString('en')} subscriptions without rate limits; \`concurrency\` 1 and ${concurrency} in turn. The limit: calls that must wait for another, plus the rest ÷ ${concurrency}, times the delay.`,
    'Written by `npm run bench:network`.',
    '',
    '| connection | delay | calls | one after another | side by side | faster | beside the limit | most at once |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n');
  writeFileSync(join(import.meta.dirname, 'results-network.md'), text);
  process.stdout.write(text);
} finally {
  rmSync(fixture, { recursive: true, force: true });
}

async function measure(delay: number): Promise<readonly string[]> {
  const words = ['sandbox', '--scale', String(scale), '--rate-limits', 'off', '--delay', String(delay)];
  const sandbox = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { connections } = await firstLine(sandbox.stdout);
    const rows: string[] = [];
    for (const connection of connections) {
      process.stderr.write(`measuring ${connection.name} at ${delay} ms\n`);
      const alone = await syncOf(connection, 1, delay);
      const beside = await syncOf(connection, concurrency, delay);
      rows.push(rowOf(connection.name, delay, alone, beside));
    }
    return rows;
  } finally {
    sandbox.kill();
  }
}

function rowOf(name: string, delay: number, alone: Sync, beside: Sync): string {
  const calls = beside.calls.length;
  const first = beside.calls.filter(mustWait).length;
  const limit = (first + (calls - first) / concurrency) * delay;
  const most = Math.max(...beside.calls.map((call) => call.beside)) + 1;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const cells = [
    name,
    `${delay} ms`,
    alone.calls.length === calls ? calls : `${alone.calls.length}, ${calls}`,
    seconds(alone.milliseconds),
    seconds(beside.milliseconds),
    `${(alone.milliseconds / beside.milliseconds).toFixed(1)} ×`,
    `${(beside.milliseconds / limit).toFixed(2)} ×`,
    most,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Cannot run in parallel: the token, a list with cursors, and the first page of a list with what it needs. */
function mustWait({ path, query }: LoggedRequest): boolean {
  if (/token/i.test(path) || /\/partners\/customers$/.test(path) || /\/(services|customers|resellers)$/i.test(path))
    return true;
  const isFirstPage = query.page === '1' || query.pageNumber === '1' || query.pageStart === '1';
  return isFirstPage && !/\/customers\//i.test(path);
}

async function syncOf(connection: SandboxConnection, atOnce: number, delay: number): Promise<Sync> {
  const { name, settings, secrets } = connection;
  const home = homeOf(join(fixture, `${name}-${delay}-${atOnce}`), {
    ...connection,
    settings: { ...settings, concurrency: String(atOnce) },
  });
  const before = (await callsOf(connection)).length;
  const variable = `SUBDECK_SECRETS_${name.toUpperCase().replaceAll('-', '_')}`;
  const env = { ...process.env, [variable]: JSON.stringify(secrets), SUBDECK_HOME: home };
  const started = performance.now();
  const [exitCode] = await once(spawn(process.execPath, [program, 'sync'], { env, stdio: 'ignore' }), 'exit');
  const milliseconds = performance.now() - started;
  if (exitCode !== 0) throw new Error(`The sync of ${name} ended with exit code ${exitCode}.`);
  return { milliseconds, calls: (await callsOf(connection)).slice(before) };
}

async function callsOf({ settings }: SandboxConnection): Promise<readonly LoggedRequest[]> {
  const { origin } = new URL(settings.baseUrl ?? '');
  const log = await (await fetch(`${origin}/_sandbox/requests`)).text();
  return log.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
