import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandResult, compiledCode, program, run, runBuilt } from '../cli/run-program.ts';
import { openTerminal, type Terminal } from '../terminal/terminal.ts';
import { type HostileVendor, openHostileVendor } from './hostile-vendor.ts';

/** A home with two connections to a hostile vendor: `nordic`, an interworks, and on request `north`, a Cloudmore. */
export interface HostileFixture {
  readonly home: string;
  readonly vendor: HostileVendor;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `subdeck` with these arguments in this process. */
  words(...args: string[]): Promise<CommandResult>;
  /** Runs the built program with these arguments and stdin. */
  start(stdin: string, ...args: string[]): Promise<CommandResult>;
  terminal(
    args: readonly string[],
    size?: { readonly columns: number; readonly rows: number },
    more?: Readonly<Record<string, string>>,
  ): Terminal;
  close(): Promise<void>;
}

export interface HostileOptions {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly accessToken?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly north?: boolean;
}

export async function openHostileFixture({
  secrets,
  accessToken = 'bearer-of-the-fixture',
  env: more = {},
  north = false,
}: HostileOptions = {}): Promise<HostileFixture> {
  const home = mkdtempSync(join(tmpdir(), 'hostile-'));
  const vendor = await openHostileVendor(accessToken);
  const deck = join(home, 'deck');
  mkdirSync(deck, { mode: 0o700 });
  mkdirSync(join(home, 'tmp'));
  const nordic = { vendor: 'interworks', settings: vendor.settings };
  const seller = { vendor: 'cloudmore', settings: vendor.sellerSettings };
  const file = { connections: { nordic, ...(north ? { north: seller } : {}) } };
  writeFileSync(join(deck, 'settings.json'), JSON.stringify(file), { mode: 0o600 });
  const env = {
    ...compiledCode,
    ...{ PATH: process.env.PATH ?? '', HOME: home, TMPDIR: join(home, 'tmp'), LANG: 'C.UTF-8', TERM: 'xterm-256color' },
    SUBDECK_HOME: deck,
    SUBDECK_SECRETS_NORDIC: JSON.stringify(secrets ?? { password: 'p', clientSecret: 'c' }),
    ...(north ? { SUBDECK_SECRETS_NORTH: JSON.stringify(secrets ?? { password: 'p', clientSecret: 'c' }) } : {}),
    ...more,
  };
  return {
    home,
    vendor,
    env,
    words: (...args) => run(args, env),
    start: (stdin, ...args) => runBuilt(args, env, stdin),
    terminal: (args, size = { columns: 140, rows: 40 }, more = {}) =>
      openTerminal({ args: [program, ...args], env: { ...env, ...more }, ...size }),
    close: async () => {
      await vendor.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
