import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort, handOver, serverUser } from '../../dev/postgres/server-process.ts';
import type { TestServer } from './server.ts';

export interface PoolerOptions {
  readonly mode: 'transaction' | 'session';
  /** Sessions at the server for each login and database. */
  readonly poolSize: number;
  /** It takes the options that a connection starts with, and drops them; otherwise it refuses them. */
  readonly dropsOptions: boolean;
  /** They sign in with the password `NAME-password`. */
  readonly logins: readonly string[];
}

/** The server as it is reached through PgBouncer, a real one on a free port of 127.0.0.1; it ends with the test. */
export async function behindPgbouncer(
  server: TestServer,
  { mode, poolSize, dropsOptions, logins }: PoolerOptions,
): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-pgbouncer-'));
  const port = await freePort();
  const users = [['postgres', server.password], ...logins.map((login) => [login, `${login}-password`])];
  writeFileSync(join(directory, 'users'), users.map(([name, word]) => `"${name}" "${word}"\n`).join(''), {
    mode: 0o600,
  });
  const settings = [
    ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = scram-sha-256', `auth_file = ${join(directory, 'users')}`],
    ...[`pool_mode = ${mode}`, `default_pool_size = ${poolSize}`, 'logfile = /dev/null'],
    ...(dropsOptions ? ['ignore_startup_parameters = options'] : []),
  ];
  const file = join(directory, 'pgbouncer.ini');
  writeFileSync(file, `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${settings.join('\n')}\n`);
  handOver(directory);
  // It refuses to run as root.
  const user = serverUser();
  const child = spawn('pgbouncer', ['-q', file], {
    ...(user && { uid: user.uid, gid: user.gid }),
    stdio: 'ignore',
    cwd: '/',
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(directory, { recursive: true, force: true });
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended with ${child.exitCode}.`);
    await pause(10);
  }
  return {
    ...server,
    port,
    url: (database, as = 'postgres') => `postgres://${as}@127.0.0.1:${port}/${database}`,
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .on('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });
}
