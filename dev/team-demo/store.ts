import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { initStore } from '../../src/team/init-store.ts';
import {
  configureCluster,
  createCluster,
  freePort,
  handOver,
  type Postgres,
  startServerProcess,
} from '../postgres/server-process.ts';

export interface DemoStore {
  /** The address for a member's login. */
  url(login: string): string;
  /** Of every login: nobody else knows it, and it ends with the server. */
  readonly password: string;
  stop(): Promise<void>;
}

/** A server of its own with the data in `directory`, on a port of 127.0.0.1 alone, that has a team's store and a login for each member. */
export async function startStore(
  postgres: Postgres,
  directory: string,
  members: readonly string[],
): Promise<DemoStore> {
  const password = randomBytes(24).toString('hex');
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  mkdirSync(directory);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(directory);
  createCluster(postgres, data, passwordFile);
  rmSync(passwordFile);
  const port = await freePort();
  configureCluster(data, {
    settings: {
      port: String(port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      // Nothing here has to survive a power failure.
      fsync: 'off',
      shared_buffers: '16MB',
    },
    hba: ['host all all 127.0.0.1/32 scram-sha-256'],
  });
  const server = await startServerProcess(postgres, data);
  const url = (login: string, database = 'subdeck') => `postgres://${login}@127.0.0.1:${port}/${database}`;
  const asSuperuser = async (database: string, use: (open: ReturnType<typeof openDatabase>) => Promise<unknown>) => {
    const open = openDatabase({ url: parseStoreUrl(url('postgres', database)), password: async () => password });
    await use(open).finally(() => open.close());
  };
  try {
    await asSuperuser('postgres', (database) => database.query('CREATE DATABASE subdeck'));
    await asSuperuser('subdeck', async (database) => {
      await initStore(database, { force: false, acceptServer: false });
      for (const name of members) {
        await database.query(
          `CREATE ROLE ${name} LOGIN CONNECTION LIMIT 20 IN ROLE subdeck_member PASSWORD '${password}'`,
        );
      }
    });
  } catch (error) {
    await server.stop('immediate');
    throw error;
  }
  return { url, password, stop: () => server.stop('immediate') };
}
