import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notRun } from '../setup/needs.ts';

/** The directory of PostgreSQL's programs, where Debian installs them or on the PATH; null: it is not installed. */
const programs = findPrograms();

/** Whether PostgreSQL is installed: `describe.runIf(hasPostgres())`. Without it the tests are skipped with a message; with `CI` set that is a failure. */
export function hasPostgres(): boolean {
  if (programs !== null) return true;
  notRun('postgresql');
  return false;
}

export interface TestServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** The directory of its Unix socket. */
  readonly socketDirectory: string;
  /** Of the role `postgres`, a superuser. */
  readonly password: string;
  readonly dataDirectory: string;
  /** `postgres://USER@127.0.0.1:PORT/DATABASE`, without TLS unless `sslmode` is given. */
  url(database: string, user?: string, sslmode?: string): string;
  /** Runs SQL as the superuser through psql; the output, unaligned, without headers. */
  psql(sql: string, database?: string): string;
  /** What pg_dump writes of a database. */
  dump(database: string): string;
  /** A database of its own, owned by the superuser; empty, or a copy of another one. */
  createDatabase(template?: string): string;
  /** A role that may sign in, with the password `NAME-password`. */
  createLogin(name: string, ...memberOf: readonly string[]): void;
  /** `immediate`: as a crash does. `killed`: SIGKILL to all of its processes. */
  stop(how: 'fast' | 'immediate' | 'killed'): Promise<void>;
  /** SIGKILL to one of its processes, by number: the others end, and it starts anew by itself. */
  killOne(nth: number): void;
  start(): Promise<void>;
  /** Its process, the postmaster. */
  readonly pid: number;
  dispose(): Promise<void>;
}

export interface ServerOptions {
  /** Lines of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A server certificate and its key, PEM: turns TLS on. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Lines of `pg_hba.conf` that come first. */
  readonly hba?: readonly string[];
}

let shared: Promise<TestServer> | null = null;

/** One server for all tests of this process that do not stop or reconfigure it. */
export function sharedServer(): Promise<TestServer> {
  shared ??= startServer();
  return shared;
}

/** A real server with a data directory of its own, on a free port of 127.0.0.1 and a Unix socket. It ends with this process. */
export async function startServer({ settings = {}, tls, hba = [] }: ServerOptions = {}): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-pg-'));
  const data = join(directory, 'data');
  const sockets = join(directory, 'socket');
  const port = await freePort();
  mkdirSync(sockets, { mode: 0o755 });
  cluster ??= newCluster();
  cpSync(cluster, data, { recursive: true });
  handOver(directory);
  const configuration = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: sockets,
    // Nothing here has to survive a power failure; a crash of the server is survived without it.
    fsync: 'off',
    shared_buffers: '16MB',
    max_wal_size: '128MB',
    ...(tls && { ssl: 'on' }),
    ...settings,
  };
  if (tls) {
    writeFileSync(join(data, 'server.crt'), tls.cert, { mode: 0o600 });
    writeFileSync(join(data, 'server.key'), tls.key, { mode: 0o600 });
  }
  const lines = Object.entries(configuration).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  writeFileSync(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
  const access = [...hba, 'local all all peer map=everybody', 'host all all 127.0.0.1/32 scram-sha-256'];
  writeFileSync(join(data, 'pg_hba.conf'), `${access.join('\n')}\n`);
  writeFileSync(join(data, 'pg_ident.conf'), `everybody ${asUser() ?? userName()} postgres\neverybody root postgres\n`);
  handOver(data);

  let server: ChildProcess | null = null;
  let counter = 0;
  const psql = (sql: string, database = 'postgres') =>
    execFileSync(
      program('psql'),
      ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', database],
      {
        input: sql,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, PGPASSWORD: password },
      },
    ).trim();
  const start = async () => {
    // The server gets its signal to stop when this process ends, however it ends.
    server = spawn('setpriv', [...asServerUser(), '--pdeathsig=INT', program('postgres'), '-D', data], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      cwd: directory,
    });
    await ready(server);
  };
  const stop = async (how: keyof typeof signals) => {
    const running = server;
    server = null;
    if (running === null || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    const others = how === 'killed' ? childrenOf(running) : [];
    running.kill(signals[how]);
    for (const pid of others) kill(pid);
    await ended;
  };
  await start();
  directories.add(directory);
  return {
    port,
    socketDirectory: sockets,
    password,
    dataDirectory: data,
    url: (database, user = 'postgres', sslmode) =>
      `postgres://${user}@127.0.0.1:${port}/${database}${sslmode === undefined ? '' : `?sslmode=${sslmode}`}`,
    psql,
    dump: (database) =>
      execFileSync(program('pg_dump'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', database], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, PGPASSWORD: password },
      }),
    createDatabase: (template = 'template1') => {
      counter += 1;
      const name = `team${counter}`;
      psql(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return name;
    },
    createLogin: (name, ...memberOf) => {
      const roles = memberOf.length === 0 ? '' : `IN ROLE ${memberOf.join(', ')}`;
      // Another file's tests may have made it: one server serves them all.
      if (psql(`SELECT count(*) FROM pg_roles WHERE rolname = '${name}'`) !== '0') return;
      psql(`CREATE ROLE "${name}" LOGIN PASSWORD '${name}-password' ${roles}`);
    },
    stop,
    killOne(nth) {
      const running = server === null ? [] : childrenOf(server);
      const pid = running[nth % running.length];
      if (pid !== undefined) kill(pid);
    },
    start,
    get pid() {
      return server?.pid ?? 0;
    },
    dispose: async () => {
      await stop('immediate');
      rmSync(directory, { recursive: true, force: true });
      directories.delete(directory);
    },
  };
}

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', killed: 'SIGKILL' } as const;

function childrenOf({ pid }: ChildProcess): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Of servers that nobody disposed of. */
const directories = new Set<string>();
process.once('exit', () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

const password = randomBytes(12).toString('hex');
let cluster: string | null = null;

/** A data directory as initdb makes it, which takes seconds: each server starts with a copy. */
function newCluster(): string {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-initdb-'));
  directories.add(directory);
  writeFileSync(join(directory, 'password'), password, { mode: 0o600 });
  handOver(directory);
  const data = join(directory, 'data');
  const options = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', join(directory, 'password')];
  run('initdb', [...options, '-E', 'UTF8', '--no-locale', '--no-sync', '--no-instructions']);
  return data;
}

/** A certificate for `name`, issued by a new authority; PEM. */
export function issueCertificate(name: string): { readonly ca: string; readonly cert: string; readonly key: string } {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-ca-'));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: directory, stdio: ['ignore', 'pipe', 'ignore'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  try {
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'ca.key',
      '-out',
      'ca.crt',
      '-days',
      '2',
      '-subj',
      '/CN=Subdeck test authority',
    );
    const subject = /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
    const leaf = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${subject}`];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'leaf.key',
      '-out',
      'leaf.crt',
      '-days',
      '2',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      ...leaf,
    );
    const read = (file: string) => execFileSync('cat', [file], { cwd: directory, encoding: 'utf8' });
    return { ca: read('ca.crt'), cert: read('leaf.crt'), key: read('leaf.key') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Resolves when the server says that it accepts connections; rejects with what it said if it ends before. */
function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!/database system is ready to accept connections/.test(said)) return;
      said = '';
      resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)));
  });
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, which Debian's package creates. */
function asUser(): string | null {
  return process.getuid?.() === 0 ? 'postgres' : null;
}

function userName(): string {
  return execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
}

function asServerUser(): readonly string[] {
  const user = asUser();
  return user === null ? [] : [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
}

function handOver(path: string): void {
  const user = asUser();
  if (user !== null) execFileSync('chown', ['-R', `${user}:${user}`, path]);
  chmodSync(path, path.endsWith('data') ? 0o700 : 0o755);
}

function run(name: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync('setpriv', [...asServerUser(), program(name), ...args], {
    encoding: 'utf8',
    cwd: '/',
  });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
}

function program(name: string): string {
  return join(programs ?? '', name);
}

function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return directories.find((directory) => existsSync(join(directory, 'initdb'))) ?? null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
