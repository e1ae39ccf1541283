import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vendors } from '../../api/registry.ts';
import type { Flags } from '../../cli/parse.ts';
import { wordRunner } from '../../cli/word-runner.ts';
import type { Context } from '../../commands/context.ts';
import { isSwitchedOn, writeConnection } from '../../config/settings-file.ts';
import { secretsVariable } from '../../model/connection-name.ts';
import { fault } from '../../model/fault.ts';
import type { Ticket } from '../../model/ticket.ts';
import { startEmbeddedSandbox } from '../../sandbox/embedded.ts';
import type { ConsoleExit } from '../../screens/console-exit.ts';
import type { EnvironmentSecrets } from '../../secrets/from-environment.ts';
import { declarationsOf } from '../connection-setup.ts';
import { openApp } from '../open-app.ts';
import { appPathsIn, findAppPaths } from '../paths.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { runBetweenConsoles } from './between-consoles.ts';
import { sandboxOptions } from './sandbox-options.ts';

/** The console mode. `demo`, and a start without any connection, use an embedded sandbox and leave no files behind. */
export async function runConsoleMode(
  launchMode: 'console' | 'demo',
  flags: Flags,
  secrets: EnvironmentSecrets,
): Promise<number> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw fault(
      'usage',
      'The console needs a terminal.',
      'For commands see subdeck help, for example subdeck subscription list --json.',
    );
  }
  keepHeapSmall();
  if (flags['no-color'] === true) process.env.NO_COLOR = '1';
  for (let isFirst = true; ; isFirst = false) {
    const given = isFirst ? flags : withoutTour(flags);
    const { code, words } = launchMode === 'demo' ? await enterSandbox(given, 'demo') : await enterOwn(given, secrets);
    if (words === null) return code;
    if (!(await runBetweenConsoles(words, secrets))) return interrupted;
  }
}

const interrupted = 130;

/** Whoever left the console for a command has begun the tour. */
function withoutTour({ tour: _, ...others }: Flags): Flags {
  return others;
}

async function enterOwn(flags: Flags, secrets: EnvironmentSecrets): Promise<ConsoleExit> {
  const own = {
    paths: findAppPaths(),
    secrets,
    env: process.env,
    ...switches(flags),
    onCall: null,
    holdsSnapshot: true,
  };
  const app = openApp(own);
  try {
    if (app.context.connections.list.length === 0) {
      const left = await enterSandbox(flags, 'no-connection');
      if (left.words === null) process.stderr.write('To add your own connection: subdeck connection add\n');
      return left;
    }
    return await openOn(app.context, flags, { banner: null, offer: null, ticket: null, isSandbox: false });
  } finally {
    app.close();
    await app.left();
  }
}

async function enterSandbox(flags: Flags, why: 'demo' | 'no-connection'): Promise<ConsoleExit> {
  const home = mkdtempSync(join(tmpdir(), 'subdeck-demo-'));
  // Also where a signal ends the process.
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const sandbox = await startEmbeddedSandbox({ ...sandboxOptions(flags), variants: inTheTour });
  const paths = appPathsIn(home);
  for (const { name, vendor, settings } of sandbox.connections) {
    writeConnection(paths.settings, declarationsOf(vendors), name, { vendor, values: settings });
  }
  const secrets = new Map(sandbox.connections.map((one) => [secretsVariable(one.name), JSON.stringify(one.secrets)]));
  const app = openApp({ paths, secrets, env: {}, ...switches(flags), onCall: null, holdsSnapshot: true });
  try {
    return await openOn(app.context, flags, { ...banners[why], ticket: sandbox.ticket, isSandbox: true });
  } finally {
    app.close();
    await sandbox.stop();
  }
}

/** The vendor of the tour's ticket carries out a change some seconds later: there is a request to follow. */
const inTheTour = { provisioning: 'later' } as const;

interface Opening {
  readonly banner: string | null;
  /** What the banner adds where there is a tour. */
  readonly offer: string | null;
  readonly ticket: Ticket | null;
  readonly isSandbox: boolean;
}

/** The console, or its plain lines for screen readers. */
async function openOn(
  context: Context,
  flags: Flags,
  { banner, offer, ticket, isSandbox }: Opening,
): Promise<ConsoleExit> {
  const { turnedOnBy } = await import('../../screens/screen-reader/is-turned-on.ts');
  const by = turnedOnBy({
    flag: flags['screen-reader'] === true,
    environment: isSwitchedOn(process.env.SUBDECK_SCREEN_READER),
    setting: context.settings.theme.screenReader === true,
    terminal: process.env.TERM,
  });
  const runWords = wordRunner(context, { isSandbox });
  if (by !== null) {
    const { openReader } = await import('../../screens/screen-reader/open-reader.ts');
    const lacking = flags.tour === true ? noTour : null;
    return openReader(context, { banner: joined(banner, lacking), runWords, turnedOnBy: by });
  }
  const { openConsole } = await import('../../screens/open.ts');
  const startsTour = flags.tour === true;
  const whole = ticket === null || startsTour ? banner : joined(banner, offer);
  return openConsole(context, { banner: whole, ticket, startsTour, isSandbox, runWords });
}

function switches(flags: Flags) {
  return { offline: flags.offline === true, readOnly: flags['read-only'] === true };
}

function joined(banner: string | null, more: string | null): string | null {
  return banner === null || more === null ? banner : `${banner}; ${more}`;
}

const noTour = 'the tour needs the whole screen; subdeck help commands has the same steps as commands';

const banners = {
  demo: {
    banner: 'demo: made-up data from a sandbox on this machine; nothing is real or saved',
    offer: ':tour shows how it works',
  },
  'no-connection': {
    banner: 'no connection yet: a sandbox of made-up data; add yours with :connection add',
    offer: ':tour shows how it works',
  },
} as const;
