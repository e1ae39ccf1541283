import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxOptions } from '../../src/app/modes/sandbox-options.ts';
import { parse } from '../../src/cli/parse.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { type RunningSandbox, type SandboxConnection, startSandbox } from '../../src/sandbox/start.ts';
import type { SandboxClock } from '../../src/sandbox/time.ts';
import { type CommandResult, program, run, runProcess } from '../cli/run-program.ts';
import { openTerminal, type Terminal } from '../terminal/terminal.ts';

/** A support agent's fixture: its own home, a running sandbox, and the program to use on it. */
export interface StoryFixture {
  readonly home: string;
  readonly connections: readonly SandboxConnection[];
  /** The environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `subdeck` with these arguments to its end; in this process unless the mode needs another one. */
  words(...args: string[]): Promise<CommandResult>;
  /** The same with something on stdin. */
  wordsWith(stdin: string | Uint8Array, ...args: string[]): Promise<CommandResult>;
  /** Runs the built program with arguments as bytes, as a shell in another encoding passes them. */
  wordsInBytes(...args: (string | Buffer)[]): Promise<CommandResult>;
  /** Opens the built console in a real terminal. */
  console(options?: {
    readonly args?: readonly string[];
    /** Arguments for Node before the program. */
    readonly node?: readonly string[];
    readonly columns?: number;
    readonly rows?: number;
    readonly env?: Readonly<Record<string, string>>;
  }): Terminal;
  /** The requests that the sandbox of a vendor served, oldest first, without token calls. */
  served(connection: string): Promise<readonly Served[]>;
  /** Every write that reached a vendor, oldest first. */
  sent(): Promise<readonly Served[]>;
  close(): Promise<void>;
}

export interface Served {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

export interface StoryOptions {
  /** The sandbox connections to put into the settings; their secrets come from the environment. */
  readonly connections: readonly string[];
  /** Flags of `subdeck sandbox`; by default a scale of 400 and a speed of 20. */
  readonly sandbox?: readonly string[];
  /** The sandbox's; by default the real one. */
  readonly clock?: SandboxClock;
  readonly env?: Readonly<Record<string, string>>;
  /** Files of the initial home, copied; connections in its settings get this sandbox's addresses. */
  readonly homeFrom?: string;
}

export async function openStory(options: StoryOptions): Promise<StoryFixture> {
  const home = mkdtempSync(join(tmpdir(), 'story-'));
  const given = options.sandbox ?? [];
  const usual = ['--scale=400', '--speed=20'].filter((flag) => !given.some((own) => own.startsWith(flag.slice(0, 7))));
  const sandbox = await sandboxOf([...usual, ...given], options.clock);
  const { connections } = sandbox;
  const chosen = options.connections.map((name) => find(connections, name));
  const env = plainEnvironment({
    SUBDECK_HOME: home,
    ...Object.fromEntries(chosen.map(({ name, secrets }) => [secretsVariable(name), JSON.stringify(secrets)])),
    ...options.env,
  });
  const settings = Object.fromEntries(chosen.map(({ name, vendor, settings }) => [name, { vendor, settings }]));
  const others = options.homeFrom === undefined ? {} : copiedHome(options.homeFrom, home);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ ...others, connections: settings }), { mode: 0o600 });
  return {
    home,
    connections: chosen,
    env: onlyStrings(env),
    words: (...args) => run(args, env),
    wordsWith: (stdin, ...args) => run(args, env, stdin),
    wordsInBytes: (...args) => {
      // Node passes only text to a child process, so a shell produces the bytes.
      const script = `exec "$0" "$@" ${args.map((arg) => `"$(printf '${octal(Buffer.from(arg))}')"`).join(' ')}`;
      return runProcess('sh', ['-c', script, process.execPath, program], env);
    },
    console: ({ args = [], node = [], columns = 120, rows = 40, env: more = {} } = {}) =>
      openTerminal({ args: [...node, program, ...args], env: { ...onlyStrings(env), ...more }, columns, rows }),
    served: async (name) => served(find(connections, name)),
    sent: async () => {
      const vendors = new Map(chosen.map((connection) => [connection.vendor, connection]));
      const all = await Promise.all([...vendors.values()].map(served));
      return all.flat().filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search'));
    },
    close: async () => {
      await sandbox.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Copies a home with private modes, as Subdeck creates one, and returns its settings. */
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

/** The sandbox as `subdeck sandbox` starts it with these flags. */
function sandboxOf(flags: readonly string[], clock?: SandboxClock): Promise<RunningSandbox> {
  const parsed = parse(['sandbox', ...flags], [], launchModes);
  if (parsed.kind !== 'launch-mode') throw new Error(`These are no flags of the sandbox: ${flags.join(' ')}`);
  return startSandbox(sandboxOptions(parsed.flags), clock);
}

function octal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

async function served(connection: SandboxConnection): Promise<readonly Served[]> {
  const origin = new URL(connection.settings.baseUrl ?? '').origin;
  const text = await (await fetch(`${origin}/_sandbox/requests`, { headers: { connection: 'close' } })).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Served)
    .filter(({ path }) => !/token/i.test(path));
}
