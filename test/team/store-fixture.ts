import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { initStore } from '../../src/team/init-store.ts';
import { sharedServer, type TestServer } from '../postgres/server.ts';

/** A database as a login; without one, as the superuser. */
export function openAs(server: TestServer, name: string, login?: string): Database {
  const password = async () => (login === undefined ? server.password : `${login}-password`);
  return openDatabase({ url: parseStoreUrl(server.url(name, login)), password });
}

export interface NewStore {
  readonly server: TestServer;
  /** The database's name. */
  readonly name: string;
  /** As the superuser. */
  readonly database: Database;
}

/** A store that was set up in a database of its own; closed when the test ends. */
export async function newStore(): Promise<NewStore> {
  const server = await sharedServer();
  const name = server.createDatabase();
  const database = openAs(server, name);
  onTestFinished(() => database.close());
  await initStore(database, { force: false, acceptServer: false });
  return { server, name, database };
}
