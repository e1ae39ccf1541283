import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  configureCluster,
  createCluster,
  findPostgres,
  freePort,
  handOver,
  type Postgres,
  type ServerProcess,
  serverUser,
  startServerProcess,
} from '../../dev/postgres/server-process.ts';
import { notRun } from '../setup/needs.ts';

const installed = findPostgres();

/** Whether PostgreSQL is installed: `describe.runIf(hasPostgres())`. Without it the tests are skipped with a message; with `CI` set that is a failure. */
export function hasPostgres(): boolean {
  if (installed !== null) return true;
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
  /** SIGKILL to one of its processes, by number: the others end, and it starts anew by itself. Resolves once it did. */
  killOne(nth: number): Promise<void>;
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
  /** It becomes a hot standby of this server, named `standby`: a base backup that streams what follows. */
  readonly standbyOf?: TestServer;
}

let shared: Promise<TestServer> | null = null;

/** One server for all tests of this process that do not stop or reconfigure it. */
export function sharedServer(): Promise<TestServer> {
  shared ??= startServer();
  return shared;
}

/** A real server with a data directory of its own, on a free port of 127.0.0.1 and a Unix socket. It ends with this process. */
export async function startServer({
  settings = {},
  tls,
  hba = [],
  standbyOf,
}: ServerOptions = {}): Promise<TestServer> {
  const { program } = postgres();
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-pg-'));
  const data = join(directory, 'data');
  const sockets = join(directory, 'socket');
  const port = await freePort();
  mkdirSync(sockets, { mode: 0o755 });
  if (standbyOf) {
    baseBackup(standbyOf, data);
  } else {
    cluster ??= newCluster();
    cpSync(cluster, data, { recursive: true });
  }
  handOver(directory);
  if (tls) {
    writeFileSync(join(data, 'server.crt'), tls.cert, { mode: 0o600 });
    writeFileSync(join(data, 'server.key'), tls.key, { mode: 0o600 });
  }
  const user = serverUser()?.name ?? userName();
  writeFileSync(join(data, 'pg_ident.conf'), `everybody ${user} postgres\neverybody root postgres\n`);
  configureCluster(data, {
    settings: {
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: sockets,
      // Nothing here has to survive a power failure; a crash of the server is survived without it.
      fsync: 'off',
      shared_buffers: '16MB',
      max_wal_size: '128MB',
      ...(tls && { ssl: 'on' }),
      ...(standbyOf && { primary_conninfo: replicationFrom(standbyOf), wal_retrieve_retry_interval: '100ms' }),
      ...settings,
    },
    hba: [
      ...hba,
      'local all all peer map=everybody',
      'host all all 127.0.0.1/32 scram-sha-256',
      'host replication all 127.0.0.1/32 scram-sha-256',
    ],
  });

  let server: ServerProcess | null = null;
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
  const isAccepting = () =>
    spawnSync(program('pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0;
  const start = async () => {
    server = await startServerProcess(postgres(), data);
  };
  const stop = async (how: 'fast' | 'immediate' | 'killed') => {
    const running = server;
    server = null;
    if (running === null) return;
    if (how !== 'killed') return running.stop(how);
    for (const pid of [running.pid, ...childrenOf(running)]) kill(pid);
    await running.ended;
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
      // The files of a store are copied faster than its pages are logged.
      psql(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
      return name;
    },
    createLogin: (name, ...memberOf) => {
      const roles = memberOf.length === 0 ? '' : `IN ROLE ${memberOf.join(', ')}`;
      // Another file's tests may have made it: one server serves them all.
      psql(`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN
        CREATE ROLE "${name}" LOGIN PASSWORD '${name}-password' ${roles}; END IF; END $$`);
    },
    stop,
    async killOne(nth) {
      const current = () => (server === null ? [] : childrenOf(server));
      const before = current();
      const pid = before[nth % before.length];
      if (pid !== undefined) kill(pid);
      // One that had just ended takes no other with it.
      const until = performance.now() + 5000;
      while (current().some((each) => before.includes(each)) && performance.now() < until) await pause(10);
      while (!isAccepting() && performance.now() < until + 10_000) await pause(50);
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

function childrenOf({ pid }: ServerProcess): readonly number[] {
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
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(directory);
  const data = join(directory, 'data');
  createCluster(postgres(), data, passwordFile);
  return data;
}

/** As an administrator makes a standby: `-R` marks the copy as one. */
function baseBackup({ port }: TestServer, data: string): void {
  const options = ['-R', '-D', data, '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-c', 'fast'];
  const env = { PATH: process.env.PATH, PGPASSWORD: password };
  execFileSync(postgres().program('pg_basebackup'), [...options, '--no-sync'], { env });
}

function replicationFrom({ port }: TestServer): string {
  return `host=127.0.0.1 port=${port} user=postgres password=${password} application_name=standby`;
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

function userName(): string {
  return execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
}

function postgres(): Postgres {
  if (installed === null) throw new Error('PostgreSQL is not installed.');
  return installed;
}
