import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vendors } from '../../src/api/vendor-kind.ts';
import { type App, openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { parse } from '../../src/cli/parse.ts';
import { runCommand } from '../../src/cli/run.ts';
import { wordRunner } from '../../src/cli/word-runner.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { commands } from '../../src/commands/table.ts';
import type { Clock } from '../../src/model/clock.ts';
import { secretsVariable } from '../../src/model/connection-name.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import {
  type RunningSandbox,
  type SandboxConnection,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/start.ts';
import type { SandboxVendor } from '../../src/sandbox/vendor.ts';
import { demandFittingOutput } from '../cli/fitting-output.ts';

/** An installation on the sandbox's connections. Each call of `words` opens and closes it, as the program does. */
export interface Home {
  readonly sandbox: RunningSandbox;
  /** Its directory. */
  readonly path: string;
  /** The secrets of a connection as a value for the environment. */
  give(connection: string, secrets: Readonly<Record<string, string>>): void;
  words(...argv: string[]): Promise<CommandResult>;
  /** The same as `:words` in a console. */
  inConsole(...argv: string[]): ReturnType<ReturnType<typeof wordRunner>>;
  /** The same with something on stdin. */
  wordsWith(stdin: string, ...argv: string[]): Promise<CommandResult>;
  /** The installation as a console opens it; the caller closes it. */
  openApp(): App;
  /** The requests that a vendor served since the last call, without token calls unless requested. */
  served(vendor: VendorId, options?: { readonly tokens: boolean }): Promise<readonly Served[]>;
  close(): Promise<void>;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  json<T>(): T;
}

export interface Served {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
}

interface HomeOptions {
  readonly sandbox?: SandboxOptions;
  /** Of the sandbox and of the installation. Default: the system's. */
  readonly clock?: Clock;
  /** Default: the registered ones. */
  readonly vendors?: { readonly adapters: Vendors; readonly sandbox: readonly SandboxVendor[] };
  /** The setting of every connection. Default: the program's. */
  readonly concurrency?: string;
  /** Connections beside the sandbox's own, or changed ones, by name; null removes one. */
  readonly connections?: (
    found: readonly SandboxConnection[],
  ) => Readonly<Record<string, Omit<SandboxConnection, 'name'> | null>>;
}

export async function openHome({
  sandbox: options = {},
  connections,
  clock,
  vendors,
  concurrency,
}: HomeOptions = {}): Promise<Home> {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const sandbox = await startSandbox(
    { scale: 600, rateLimits: false, speed: 1000, ...options },
    clock,
    vendors?.sandbox,
  );
  const own = Object.fromEntries(sandbox.connections.map(({ name, ...rest }) => [name, rest]));
  const all = Object.entries({ ...own, ...connections?.(sandbox.connections) }).flatMap(([name, connection]) =>
    connection === null ? [] : [{ name, ...connection }],
  );
  const shared = concurrency === undefined ? {} : { concurrency };
  const file = Object.fromEntries(
    all.map(({ name, vendor, settings }) => [name, { vendor, settings: { ...settings, ...shared } }]),
  );
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ connections: file }), { mode: 0o600 });
  const secrets = new Map(all.map(({ name, secrets: own }) => [secretsVariable(name), JSON.stringify(own)]));
  const seen = new Map<string, number>();
  const installed = { home, secrets, clock, vendors: vendors?.adapters };
  return {
    sandbox,
    path: home,
    give: (name, own) => void secrets.set(secretsVariable(name), JSON.stringify(own)),
    words: (...argv) => runWords(argv, '', installed),
    async inConsole(...argv) {
      const app = appOf(installed, false);
      try {
        return await wordRunner(app.context)(argv, new AbortController().signal);
      } finally {
        app.close();
      }
    },
    openApp: () => appOf(installed, false),
    wordsWith: (stdin, ...argv) => runWords(argv, stdin, installed),
    async served(vendor, { tokens } = { tokens: false }) {
      const origin = sandbox.origins[vendor] ?? '';
      const text = await (await fetch(`${origin}/_sandbox/requests`, { headers: { connection: 'close' } })).text();
      const lines = text.split('\n').filter((line) => line !== '');
      const fresh = lines.slice(seen.get(origin) ?? 0).map((line): Served => JSON.parse(line));
      seen.set(origin, lines.length);
      return fresh.filter(({ path }) => tokens || !/token/i.test(path));
    },
    async close() {
      await sandbox.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Installed {
  readonly home: string;
  readonly secrets: ReadonlyMap<string, string>;
  readonly clock: Clock | undefined;
  readonly vendors: Vendors | undefined;
}

function appOf({ home, secrets, clock, vendors }: Installed, offline: boolean): App {
  const options = { paths: appPathsIn(home), secrets, env: {}, offline, readOnly: false, onCall: null };
  return openApp({
    ...options,
    ...(clock === undefined ? {} : { clock }),
    ...(vendors === undefined ? {} : { vendors }),
  });
}

async function runWords(argv: readonly string[], stdin: string, installed: Installed): Promise<CommandResult> {
  const parsed = parse(argv, commands, launchModes);
  if (parsed.kind !== 'run') throw new Error(`"${argv.join(' ')}" runs no command.`);
  let [stdout, stderr] = ['', ''];
  const app = appOf(installed, parsed.flags.offline === true);
  const streams = {
    out: async (text: string) => {
      stdout += text;
    },
    err: (text: string) => {
      stderr += text;
    },
    page: async (text: string) => {
      stdout += text;
    },
    progress: () => undefined,
    columns: null,
    ask: null,
    stdin: async () => stdin,
  };
  const { signal } = new AbortController();
  const interrupt = { signal, race: <T>(work: Promise<T>) => work, holding: <T>(work: () => Promise<T>) => work() };
  try {
    const code = await runCommand(parsed, app.context, streams, interrupt);
    demandFittingOutput(argv, stdout, stderr);
    return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
  } finally {
    app.close();
  }
}
