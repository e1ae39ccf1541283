import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { initStore } from '../../src/team/init-store.ts';
import { protectDatabase } from '../../src/team/schema/script.ts';
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

/** By server: a database with a store, which others are copied from; setting one up takes three times as long. */
const templates = new WeakMap<TestServer, Promise<string>>();

/** A database with a store as set-up makes it. Nobody may connect to it. */
export function storeTemplate(server: TestServer): Promise<string> {
  const template = templates.get(server) ?? makeTemplate(server);
  templates.set(server, template);
  return template;
}

async function makeTemplate(server: TestServer): Promise<string> {
  const name = server.createDatabase();
  const database = openAs(server, name);
  await initStore(database, { force: false, acceptServer: false });
  await database.close();
  return name;
}

/** A store in a database of its own; closed when the test ends. */
export async function newStore(): Promise<NewStore> {
  const server = await sharedServer();
  const name = server.createDatabase(await storeTemplate(server));
  const database = openAs(server, name);
  onTestFinished(() => database.close());
  // Rights on a database are not copied.
  await database.query(protectDatabase(name));
  return { server, name, database };
}
