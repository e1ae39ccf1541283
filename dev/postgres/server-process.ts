import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** PostgreSQL as it is installed on this machine. */
export interface Postgres {
  /** The path of one of its programs. */
  program(name: string): string;
}

export interface ClusterFiles {
  /** Lines of `postgresql.conf`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Lines of `pg_hba.conf`. */
  readonly hba: readonly string[];
}

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  /** `immediate`: as a crash does. Resolves when it has ended. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
}

/** Where Debian installs it, newest first, or on the PATH; null: it is not installed. */
export function findPostgres(): Postgres | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const found = directories.find((directory) => existsSync(join(directory, 'initdb')));
  return found === undefined ? null : { program: (name) => join(found, name) };
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, which Debian's package creates, or as `nobody`. Null: as this user. */
export function serverUser(): { readonly name: string; readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody.');
}

/** Makes a data directory whose superuser is `postgres`; its parent must be a directory that the server's user can reach. */
export function createCluster(postgres: Postgres, data: string, passwordFile: string): void {
  const options = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const { status, stderr, error } = spawnSync(
    postgres.program('initdb'),
    [...options, '-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions'],
    { ...asServerUser(), encoding: 'utf8', cwd: '/' },
  );
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

/** Replaces what the cluster is configured with. */
export function configureCluster(data: string, { settings, hba }: ClusterFiles): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  writeFileSync(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
  writeFileSync(join(data, 'pg_hba.conf'), `${hba.join('\n')}\n`);
  handOver(data);
}

/** Gives a directory to the server's user; a data directory must be closed to all others. */
export function handOver(path: string): void {
  const user = serverUser();
  if (user !== null) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, path]);
  chmodSync(path, path.endsWith('data') ? 0o700 : 0o755);
}

/** Resolves when the server accepts connections; rejects with what it said if it ends before. */
export async function startServerProcess(postgres: Postgres, data: string): Promise<ServerProcess> {
  const command = [postgres.program('postgres'), '-D', data];
  // On Linux the server gets its signal to stop when this process ends, however it ends.
  const [file = '', ...args] = process.platform === 'linux' ? ['setpriv', '--pdeathsig=INT', ...command] : command;
  const server = spawn(file, args, {
    ...asServerUser(),
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: data,
    // A session of its own: Ctrl-C is for whoever started it, who then stops it.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await ready(server);
  return {
    pid: server.pid ?? 0,
    ended,
    stop: async (how) => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
  };
}

/** A port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function asServerUser(): Pick<SpawnOptions, 'uid' | 'gid'> {
  const user = serverUser();
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!/database system is ready to accept (?:read-only )?connections/.test(said)) return;
      said = '';
      resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)));
  });
}
