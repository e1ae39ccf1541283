import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunningSandbox, SandboxConnection } from '../../src/sandbox/start.ts';
import { openTerminal, type Terminal } from '../terminal/terminal.ts';

/** A support agent's fixture: a home of its own, a running sandbox, and the built program to use on it. */
export interface StoryFixture {
  readonly home: string;
  readonly connections: readonly SandboxConnection[];
  /** Runs `subdeck` with words, to its end. */
  words(...args: string[]): Promise<Spoken>;
  /** The same with something on stdin. */
  wordsWith(stdin: string | Uint8Array, ...args: string[]): Promise<Spoken>;
  /** Runs `subdeck` with words as bytes, as a shell in another encoding hands them over. */
  wordsInBytes(...args: (string | Buffer)[]): Promise<Spoken>;
  /** Opens the console in a real terminal. */
  console(options?: {
    readonly args?: readonly string[];
    readonly columns?: number;
    readonly rows?: number;
    readonly env?: Readonly<Record<string, string>>;
  }): Terminal;
  /** What the sandbox of a vendor served, oldest first, token calls left out. */
  served(connection: string): Promise<readonly Served[]>;
  /** Every write that reached a vendor, oldest first. */
  sent(): Promise<readonly Served[]>;
  close(): Promise<void>;
}

export interface Spoken {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json<T>(): T;
}

export interface Served {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

const program = join(import.meta.dirname, '../../bin/subdeck.js');

export interface StoryOptions {
  /** Which of the sandbox's connections are in the settings; their secrets come from the environment. */
  readonly connections: readonly string[];
  /** Flags of `subdeck sandbox`; a scale of 400 and a speed of 20 where they say nothing else. */
  readonly sandbox?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files that the home starts with, copied; connections of its settings get this sandbox's addresses. */
  readonly homeFrom?: string;
}

export async function openStory(options: StoryOptions): Promise<StoryFixture> {
  const home = mkdtempSync(join(tmpdir(), 'story-'));
  const given = options.sandbox ?? [];
  const usual = ['--scale=400', '--speed=20'].filter((flag) => !given.some((own) => own.startsWith(flag.slice(0, 7))));
  const sandbox = spawn(process.execPath, [program, 'sandbox', ...usual, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: plainEnvironment({}),
  });
  const { connections } = await readyLine(sandbox);
  const chosen = options.connections.map((name) => find(connections, name));
  const env = plainEnvironment({
    SUBDECK_HOME: home,
    ...Object.fromEntries(chosen.map(({ name, secrets }) => [secretsVariable(name), JSON.stringify(secrets)])),
    ...options.env,
  });
  const settings = Object.fromEntries(chosen.map(({ name, vendor, settings }) => [name, { vendor, settings }]));
  const others = options.homeFrom === undefined ? {} : copiedHome(options.homeFrom, home);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ ...others, connections: settings }), { mode: 0o600 });
  const say = (stdin: string | Uint8Array, args: readonly string[]) => speak(args, stdin, env);
  return {
    home,
    connections: chosen,
    words: (...args) => say('', args),
    wordsWith: (stdin, ...args) => say(stdin, args),
    wordsInBytes: (...args) => {
      // Node hands only text to a child; a shell makes the bytes.
      const script = `exec "$0" "$@" ${args.map((arg) => `"$(printf '${octal(Buffer.from(arg))}')"`).join(' ')}`;
      return run('sh', ['-c', script, process.execPath, program], '', env);
    },
    console: ({ args = [], columns = 120, rows = 40, env: more = {} } = {}) =>
      openTerminal({ args: [program, ...args], env: { ...onlyStrings(env), ...more }, columns, rows }),
    served: async (name) => served(find(connections, name)),
    sent: async () => {
      const vendors = new Map(chosen.map((connection) => [connection.vendor, connection]));
      const all = await Promise.all([...vendors.values()].map(served));
      return all.flat().filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'));
    },
    close: async () => {
      sandbox.kill('SIGTERM');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Copies a home, private as Subdeck makes one, and returns its settings. */
function copiedHome(from: string, home: string): object {
  for (const name of readdirSync(from)) {
    copyFileSync(join(from, name), join(home, name));
    chmodSync(join(home, name), 0o600);
  }
  return JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')) as object;
}

function plainEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== 'CI' && !name.startsWith('SUBDECK_') && !name.startsWith('VITEST'),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '', ...more };
}

function onlyStrings(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function secretsVariable(name: string): string {
  return `SUBDECK_SECRETS_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

function find(connections: readonly SandboxConnection[], name: string): SandboxConnection {
  const found = connections.find((connection) => connection.name === name);
  if (found === undefined) throw new Error(`The sandbox has no connection ${name}.`);
  return found;
}

async function readyLine(sandbox: ChildProcess): Promise<Pick<RunningSandbox, 'connections'>> {
  if (sandbox.stdout === null) throw new Error('The sandbox has no stdout.');
  for await (const line of createInterface({ input: sandbox.stdout })) {
    return JSON.parse(line) as Pick<RunningSandbox, 'connections'>;
  }
  throw new Error('The sandbox ended before it was ready.');
}

function octal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

function speak(args: readonly string[], stdin: string | Uint8Array, env: NodeJS.ProcessEnv): Promise<Spoken> {
  return run(process.execPath, [program, ...args], stdin, env);
}

function run(
  file: string,
  args: readonly string[],
  stdin: string | Uint8Array,
  env: NodeJS.ProcessEnv,
): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }));
    // A command that reads nothing may be gone before it is handed something.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

async function served(connection: SandboxConnection): Promise<readonly Served[]> {
  const origin = new URL(connection.settings.baseUrl ?? '').origin;
  const text = await (await fetch(`${origin}/_sandbox/requests`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Served)
    .filter(({ path }) => !/token/i.test(path));
}
