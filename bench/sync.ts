import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SandboxConnection } from '../src/sandbox/start.ts';
import { keys, program } from './console.ts';
import { type Frame, quantile, series, type Watched, watch } from './terminal.ts';

/** The sync of a whole cache from a local sandbox, compared with a minimal loop that fetches and parses the same pages. */
export interface SyncFigures {
  readonly rows: number;
  /** The loop only, after the sign-in. */
  readonly bareLoop: number;
  /** `subdeck sync` as a whole process. */
  readonly complete: number;
  /** From a program's start to its first page, including the sign-in. */
  readonly bareFirstPage: number;
  /** From the console's first frame to rows of the first page on screen, including the sign-in. */
  readonly firstRow: number;
  /** Keys in the large cache while a connection is synced. */
  readonly keysMeanwhile: readonly Frame[];
}

const rounds = 5;
/** The first page takes so little time that other load on the machine would distort a single run. */
const firstPageRounds = 11;

/** `large`: the home of the large cache, to which a connection is added. `times`: how often a key is pressed. */
export async function measureSync(fixture: string, large: string, times: number): Promise<SyncFigures> {
  const sandbox = spawn(process.execPath, [program, 'sandbox', '--scale', '200000', '--rate-limits', 'off'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { connections } = await firstLine(sandbox.stdout);
    const connection = connections.find(({ name }) => name === 'interworks');
    if (connection === undefined) throw new Error('The sandbox has no interworks.');
    const env = { [`SUBDECK_SECRETS_${connection.name.toUpperCase()}`]: JSON.stringify(connection.secrets) };
    const inHome = (name: string) => ({ ...env, SUBDECK_HOME: homeOf(join(fixture, name), connection) });
    // Alternating, so that both run under the same conditions.
    const bare = [];
    const complete = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(bareLoop(connection));
      complete.push(wholeSync(inHome(`sync-${round}`)));
    }
    const bareFirst = [];
    const first = [];
    for (let round = 0; round < firstPageRounds; round += 1) {
      bareFirst.push(bareLoop(connection).firstPage);
      first.push(await firstPage(inHome(`first-${round}`)));
    }
    addConnection(large, connection);
    const keysMeanwhile = await keysWhileReading({ ...env, SUBDECK_HOME: large }, times);
    return {
      rows: bare[0]?.rows ?? 0,
      bareLoop: median(bare.map(({ loop }) => loop)),
      complete: median(complete),
      bareFirstPage: median(bareFirst),
      firstRow: median(first),
      keysMeanwhile,
    };
  } finally {
    sandbox.kill();
  }
}

export function homeOf(home: string, { name, vendor, settings }: SandboxConnection): string {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ connections: { [name]: { vendor, settings } } }));
  return home;
}

/** Online again; no other connection is old enough to be refreshed. */
export function addConnection(home: string, { name, vendor, settings }: SandboxConnection): void {
  const file = join(home, 'settings.json');
  const old = JSON.parse(readFileSync(file, 'utf8'));
  const connections = { ...old.connections, [name]: { vendor, settings } };
  writeFileSync(file, JSON.stringify({ ...old, offline: false, freshFor: 1e9, connections }));
}

/** In milliseconds, including its start. */
function wholeSync(env: Readonly<Record<string, string>>): number {
  const started = performance.now();
  execFileSync(process.execPath, [program, 'sync'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  return performance.now() - started;
}

function bareLoop(connection: SandboxConnection): {
  readonly rows: number;
  readonly loop: number;
  readonly firstPage: number;
} {
  const file = join(import.meta.dirname, 'bare.ts');
  return JSON.parse(execFileSync(process.execPath, [file], { input: JSON.stringify(connection), encoding: 'utf8' }));
}

/** An empty cache on a machine where the console ran before, as on every start but the first. */
async function firstPage(env: Readonly<Record<string, string>>): Promise<number> {
  const before = watch(process.execPath, [program], env);
  await before.shows(/Sellers [1-9]/);
  await before.press('q', 500);
  before.kill();
  execFileSync(process.execPath, [program, 'cache', 'purge'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const console = watch(process.execPath, [program], env);
  const started = await console.sees(/Sellers/);
  await console.press(keys.enter, 0);
  const shown = await console.shows(/Organizations [1-9]/);
  console.kill();
  return shown - started;
}

/** From the first page on, while the connection is synced, at most `times`. */
export async function keysWhileReading(
  env: Readonly<Record<string, string>>,
  times: number,
): Promise<readonly Frame[]> {
  const console = watch(process.execPath, [program], env);
  await console.sees(/Sellers/);
  await console.press(':', 100);
  await console.press('subscriptions', 100);
  await console.press(keys.enter, 100);
  await console.shows(/Subscriptions [1-9]/);
  const frames: Frame[] = [];
  while (frames.length < times && (await isReading(console)))
    frames.push(...(await series(console, keys.down, 10, 15)));
  console.kill();
  if (frames.length === 0) throw new Error('The connection was read before a key could be pressed.');
  return frames;
}

async function isReading(console: Watched): Promise<boolean> {
  return console.shows(/ reading \S+ [\d,]+/, 50).then(
    () => true,
    () => false,
  );
}

export async function firstLine(
  stream: NodeJS.ReadableStream,
): Promise<{ readonly connections: readonly SandboxConnection[] }> {
  for await (const line of createInterface({ input: stream })) return JSON.parse(line);
  throw new Error('The sandbox ended before it was ready.');
}

function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
