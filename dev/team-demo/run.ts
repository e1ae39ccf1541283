import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { secretsVariable } from '../../src/model/connection-name.ts';
import { startSandbox } from '../../src/sandbox/start.ts';
import { findPostgres } from '../postgres/server-process.ts';
import { startStore } from './store.ts';
import { whatToTry } from './text.ts';
import { openSession, type Pane } from './tmux.ts';

const members = ['nina', 'omar'] as const;
const subscriptions = 400;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A console has at least these, and the text above both its lines. */
const beside: Size = { columns: 125, rows: 24 };
const below: Size = { columns: 80, rows: 44 };

/** What the try-out needs and does not find, in a sentence; null: nothing. */
export function lackingFor(terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>): string | null {
  const missing = [
    ...(findPostgres() === null ? ['PostgreSQL 15 or later'] : []),
    ...(spawnSync('tmux', ['-V'], { stdio: 'ignore' }).status === 0 ? [] : ['tmux']),
  ];
  if (missing.length > 0) {
    return `${missing.join(' and ')} must be installed: on Debian, sudo apt install postgresql tmux`;
  }
  if (!terminal.isTTY) return 'it needs a terminal.';
  if (layoutFor(terminal) !== null) return null;
  const { columns, rows } = terminal;
  return `two consoles need ${beside.columns}×${beside.rows} beside each other, or ${below.columns}×${below.rows} one below the other; this terminal has ${columns}×${rows}.`;
}

/** Two members in one terminal, until both consoles are left, Ctrl-C, or tmux ends; nothing of them stays. Gives the exit code. */
export async function runTeamDemo(root: string): Promise<number> {
  const postgres = findPostgres();
  const size = { columns: process.stdout.columns, rows: process.stdout.rows };
  const layout = layoutFor(size);
  if (postgres === null || layout === null) return 2;
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
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

/** A console that failed stays until somebody has read why. */
const consoleScript =
  'SUBDECK_HOME=$1 "$2" "$3" || { printf "Ended with exit code %s. Enter closes this. " $?; read -r line; }';

function layoutFor({ columns, rows }: Size): 'beside' | 'below' | null {
  const holds = (needed: Size) => columns >= needed.columns && rows >= needed.rows;
  if (holds(beside)) return 'beside';
  return holds(below) ? 'below' : null;
}

/** Without what concerns somebody's own Subdeck, PostgreSQL or tmux. */
function foreignFree(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:SUBDECK_|PG|TMUX)/.test(name)));
}

function say(what: string): void {
  process.stderr.write(`team:demo: ${what}\n`);
}
