import { onTestFinished } from 'vitest';
import type { Database } from '../../src/postgres/database.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import { type NewStore, openAs } from './store-fixture.ts';

export interface TestMember {
  readonly as: string;
  readonly database: Database;
  /** The id of its process in the store. */
  readonly process: () => Promise<string>;
}

/** A member with a login and a process of its own; its connections are closed when the test ends. */
export async function member({ server, name }: NewStore, as: string): Promise<TestMember> {
  server.createLogin(as, 'subdeck_member');
  const database = openAs(server, name, as);
  onTestFinished(() => database.close());
  await database.query('SELECT subdeck.join_member($1)', [as]);
  const { id } = await beginProcess(database, { as, osUser: as, mark: thisProcess(), version: '0.2.0' });
  return { as, database, process: async () => id };
}

/** Somebody who may only read the store: it takes no process of theirs. */
export async function viewer({ server, name }: NewStore, as: string): Promise<TestMember> {
  server.createLogin(as, 'subdeck_viewer');
  const database = openAs(server, name, as);
  onTestFinished(() => database.close());
  const identity = { as, osUser: as, mark: thisProcess(), version: '0.2.0' };
  return { as, database, process: async () => (await beginProcess(database, identity)).id };
}
