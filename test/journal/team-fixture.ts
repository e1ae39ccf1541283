import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import type { Membership } from '../../src/journal/postgres/lease.ts';
import { openTeamJournal } from '../../src/journal/postgres/open-team-journal.ts';
import type { Clock } from '../../src/model/clock.ts';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import type { StoreWaits } from '../../src/postgres/store-waits.ts';
import { type ProcessMark, thisProcess } from '../../src/system/process-mark.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import { type FastClock, fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { sharedServer, type TestServer } from '../postgres/server.ts';
import { storeTemplate } from '../team/store-fixture.ts';

export interface MemberOptions {
  /** The member's name, and its login. */
  readonly as?: string;
  /** Default: a machine of its own. */
  readonly path?: string;
  readonly owner?: ProcessMark;
  readonly clock?: Clock;
  /** Where the server is reached, such as through a proxy. Default: directly. */
  readonly port?: number;
  /** It listens to hints. Default: it only polls. */
  readonly listens?: boolean;
  readonly waits?: StoreWaits;
  /** Called with each statement, before its answer is given. */
  readonly onAnswer?: (text: string) => Promise<void>;
}

export interface TeamStore {
  readonly server: TestServer;
  readonly database: string;
  /** As the superuser. */
  sql(text: string): string;
  /** A connection as a member's login. */
  connect(login: string, port?: number): Database;
  /** A member's process. */
  join(options?: MemberOptions): Promise<Journal>;
}

/** A store of its own on a real server, with the members anna and ben. */
export async function teamStore(server?: TestServer): Promise<TeamStore> {
  const running = server ?? (await sharedServer());
  const template = templates.get(running) ?? makeTemplate(running);
  templates.set(running, template);
  const database = running.createDatabase(await template);
  const sql = (text: string) => running.psql(text, database);
  const connect = (login: string, port?: number, waits?: StoreWaits) => {
    const password = login === 'postgres' ? running.password : `${login}-password`;
    const made = open(running, database, login, password, { ...(port && { port }), ...(waits && { waits }) });
    onTestFinished(() => made.close());
    return made;
  };
  return {
    server: running,
    database,
    sql,
    connect,
    join: async ({ as = 'anna', path, owner = thisProcess(), clock, port, listens = false, waits, onAnswer } = {}) => {
      const query = connect(as, port, waits);
      const journal = openTeamJournal({
        database: {
          query: async (...statement) => {
            const answer = await query.query(...statement);
            await onAnswer?.(statement[0]);
            return answer;
          },
        },
        ...(listens && { hints: query.hints }),
        ...(waits && { waits }),
        path: path ?? join(temporaryDirectory(), 'team.db'),
        clock: clock ?? fastClock(),
        owner,
        author: as,
        begin: () => memberOf(query, as, owner),
      });
      onTestFinished(() => journal.dispose());
      return journal;
    },
  };
}

/** By server: a database with a store and its members, which others are copied from. */
const templates = new WeakMap<TestServer, Promise<string>>();

async function makeTemplate(server: TestServer): Promise<string> {
  const database = server.createDatabase(await storeTemplate(server));
  for (const name of ['anna', 'ben']) {
    server.createLogin(name, 'subdeck_member');
    server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('${name}', '${name}')`, database);
  }
  return database;
}

async function memberOf(database: Database, as: string, mark: ProcessMark): Promise<Membership> {
  return beginProcess(database, { as, osUser: as, mark, version: '0.2.0' });
}

/** A store whose clock a test controls, the lease of a process excepted. */
export async function heldStore(): Promise<{
  readonly store: TeamStore;
  readonly clock: FastClock;
  join(options?: MemberOptions): Promise<Journal>;
}> {
  const store = await teamStore();
  const clock = fastClock();
  store.sql(`
    CREATE SCHEMA held; CREATE TABLE held.clock (ms double precision);
    INSERT INTO held.clock VALUES (${clock.really()});
    GRANT USAGE ON SCHEMA held TO PUBLIC; GRANT SELECT, UPDATE ON held.clock TO PUBLIC;
    CREATE OR REPLACE FUNCTION subdeck.internal_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT pg_catalog.to_timestamp(ms / 1000) FROM held.clock $$;`);
  let told = clock.really();
  return {
    store,
    clock,
    join: async ({ as = 'anna', path, owner = thisProcess() } = {}) => {
      const direct = store.connect(as);
      const database: Pick<Database, 'query'> = {
        query: async (text, values) => {
          if (told !== clock.really()) {
            told = clock.really();
            await direct.query('UPDATE held.clock SET ms = $1', [told]);
          }
          // The suites judge what it answers, however loaded the machine is.
          return direct.query(text, values, { within: 30_000 });
        },
      };
      // The lease is the server's own time, so it is measured by a real clock.
      const journal = openTeamJournal({
        database,
        path: path ?? join(temporaryDirectory(), 'team.db'),
        clock,
        owner,
        author: as,
        begin: () => memberOf(direct, as, owner),
      });
      onTestFinished(() => journal.dispose());
      return journal;
    },
  };
}

function open(
  server: TestServer,
  database: string,
  user: string,
  password: string,
  { port = server.port, waits }: { readonly port?: number; readonly waits?: StoreWaits } = {},
): Database {
  const url = parseStoreUrl(server.url(database, user).replace(`:${server.port}/`, `:${port}/`));
  return openDatabase({ url, password: async () => password, ...(waits && { waits }) });
}
