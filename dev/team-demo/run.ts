import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as afterSignals } from 'node:timers/promises';
import { promisify } from 'node:util';
import { secretsVariable } from '../../src/model/connection-name.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { findPostgres } from '../postgres/server-process.ts';
import { layoutFor } from './needs.ts';
import { startStore } from './store.ts';
import { whatToTry } from './text.ts';
import { openSession, type Pane } from './tmux.ts';

const members = ['nina', 'omar'] as const;
const subscriptions = 400;

/** Two members in one terminal, until both consoles are left, Ctrl-C, or tmux ends; nothing of them stays. Gives the exit code. */
export async function runTeamDemo(root: string): Promise<number> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  try {
    return await play(root, stopping.signal);
  } catch (error) {
    // Ctrl-C ends a program that was waited for, too; the signal is told afterwards.
    await afterSignals();
    if (stopping.signal.aborted) return interrupted;
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function play(root: string, signal: AbortSignal): Promise<number> {
  const postgres = findPostgres();
  const size = { columns: process.stdout.columns, rows: process.stdout.rows };
  const layout = layoutFor(size);
  if (postgres === null || layout === null) return 2;
  await using started = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-team-demo-'));
  started.defer(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  // The server's user must get to its own directory.
  chmodSync(directory, 0o711);

  say('starting a PostgreSQL server, and a sandbox of the vendors');
  const store = await startStore(postgres, join(directory, 'postgres'), members);
  started.defer(() => store.stop());
  const sandbox = await startSandbox({ scale: subscriptions });
  started.defer(() => sandbox.stop());
  if (signal.aborted) return interrupted;

  say(`${members.join(' and ')} join the team`);
  const env = {
    ...foreignFree(process.env),
    SUBDECK_TEAM_PASSWORD: store.password,
    ...Object.fromEntries(
      sandbox.connections.map(({ name, secrets }) => [secretsVariable(name), JSON.stringify(secrets)]),
    ),
  };
  const program = join(root, 'bin/subdeck.js');
  const connections = Object.fromEntries(
    sandbox.connections.map(({ name, vendor, settings }) => [name, { vendor, settings }]),
  );
  const join_ = async (name: string): Promise<Pane> => {
    const home = join(directory, name);
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(join(home, 'settings.json'), JSON.stringify({ connections }), { mode: 0o600 });
    const words = ['team', 'join', store.url(name), '--as', name];
    await promisify(execFile)(process.execPath, [program, ...words], { env: { ...env, SUBDECK_HOME: home } });
    return { title: name, command: ['/bin/sh', '-c', consoleScript, 'sh', home, process.execPath, program] };
  };
  const [nina, omar] = await Promise.all([join_(members[0]), join_(members[1])]);
  if (signal.aborted) return interrupted;

  const socket = join(directory, 'tmux');
  const session = openSession({ socket, env, panes: [nina, omar], layout, text: whatToTry, size });
  started.defer(() => session.end());
  signal.addEventListener('abort', () => void session.end());
  await session.attach();
  return signal.aborted ? interrupted : 0;
}

const interrupted = 130;

/** A console that failed stays until somebody has read why. The shell outlives the terminal, and ends with the console. */
const consoleScript =
  'trap : HUP; SUBDECK_HOME=$1 "$2" "$3" || { printf "Ended with exit code %s. Enter closes this. " $?; read -r line; }';

/** Without what concerns somebody's own Subdeck, PostgreSQL or tmux. */
function foreignFree(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:SUBDECK_|PG|TMUX)/.test(name)));
}

function say(what: string): void {
  process.stderr.write(`team:demo: ${what}\n`);
}
