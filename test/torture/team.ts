import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Journal, openStates } from '../../src/journal/journal.ts';
import { openTeamJournal } from '../../src/journal/postgres/open-team-journal.ts';
import { FaultError } from '../../src/model/fault.ts';
import { type Database, openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { thisProcess } from '../../src/system/process-mark.ts';
import { beginProcess } from '../../src/team/process-membership.ts';
import type { Writes } from '../../src/writes/contract.ts';
import { createWrites } from '../../src/writes/create-writes.ts';
import { realClock } from '../fault-server/clocks.ts';
import type { Shop } from '../fault-server/shop.ts';
import { connectionsTo } from '../fault-server/shop-vendor.ts';
import type { TestServer } from '../postgres/server.ts';
import { storeTemplate } from '../team/store-fixture.ts';
import { everyCache, everyVendor, type Kind } from './every-write.ts';
import { openTeamWorker, type Worker } from './processes.ts';

export interface MemberProcess extends Worker {
  /** Puts its clocks 31 s ahead. */
  outlastLease(): void;
}

/** A store on a real server, whose journal's clock can be put ahead. Leases are by the server's own clock. */
export interface TortureTeam {
  readonly server: TestServer;
  /** A member's journal in this process. `port`: of a way to the server. */
  member(as: 'anna' | 'ben', port?: number): Journal;
  /** A member's process of its own. */
  worker(options: {
    readonly as: 'anna' | 'ben';
    /** Its home. */
    readonly name: string;
    readonly origin: string;
    /** Of a way to the server. Default: directly. */
    readonly port?: number;
    /** It knows other processes of its home, and they know it. Default: it has a machine of its own. */
    readonly hasNeighbours?: boolean;
  }): Promise<MemberProcess>;
  /** The leases of all processes of a member end, by the server's clock. */
  endLeases(as: 'anna' | 'ben'): void;
  /** Time passes for the journal. */
  pass(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openTeam(server: TestServer, directory: string): Promise<TortureTeam> {
  const name = server.createDatabase(await storeTemplate(server));
  const sql = (text: string) => server.psql(text, name);
  const url = (user: string, port = server.port) => server.url(name, user).replace(`:${server.port}/`, `:${port}/`);
  const databases: Database[] = [];
  const open = (user: string, password: string, port?: number): Database => {
    const database = openDatabase({ url: parseStoreUrl(url(user, port)), password: async () => password });
    databases.push(database);
    return database;
  };
  for (const as of ['anna', 'ben']) {
    server.createLogin(as, 'subdeck_member');
    sql(`INSERT INTO subdeck.members (name, login) VALUES ('${as}', '${as}')`);
  }
  sql(`
    CREATE SCHEMA held; CREATE TABLE held.clock (ahead interval NOT NULL); INSERT INTO held.clock VALUES ('0');
    GRANT USAGE ON SCHEMA held TO PUBLIC; GRANT SELECT ON held.clock TO PUBLIC;
    CREATE OR REPLACE FUNCTION subdeck.internal_now() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT pg_catalog.clock_timestamp() + c.ahead FROM held.clock c $$;`);
  const journals: Journal[] = [];
  return {
    server,
    member(as, port) {
      const database = open(as, `${as}-password`, port);
      const path = join(directory, `${as}-${journals.length}.db`);
      const journal = openTeamJournal({
        ...{ database, clock: realClock, author: as, path },
        begin: () => beginProcess(database, { as, osUser: as, mark: thisProcess(), version: '0.0.0' }),
      });
      journals.push(journal);
      return journal;
    },
    async worker({ as, name: home, origin, port, hasNeighbours = false }) {
      const [path, ahead] = [join(directory, `${home}.db`), join(directory, `${home}.ahead`)];
      let isAhead = 0;
      writeFileSync(ahead, '0');
      const worker = await openTeamWorker({ path, origin, as, store: url(as, port), ahead }, !hasNeighbours);
      return {
        ...worker,
        outlastLease() {
          isAhead += 31_000;
          writeFileSync(ahead, String(isAhead));
        },
      };
    },
    endLeases: (as) =>
      void sql(`UPDATE subdeck.processes SET lease_until = clock_timestamp() - interval '1 s' WHERE member = '${as}'`),
    pass: (milliseconds) => void sql(`UPDATE held.clock SET ahead = ahead + interval '${milliseconds} ms'`),
    async close() {
      for (const journal of journals) journal.dispose();
      await Promise.all(databases.map((database) => database.close()));
    },
  };
}

/** Everything that a member's console does about the writes of others, at once. */
export interface Settler {
  readonly journal: Journal;
  writesFor(kind: Pick<Kind, 'isAsync'>): Writes;
  /** Takes over what nobody sends any more, and looks at the vendor until what can be known of these targets is known. */
  settle(targets: readonly { readonly id: string; readonly kind: Pick<Kind, 'isAsync'> }[]): Promise<void>;
}

/** Above the time for which an unchanged row proves nothing. */
const window = 6 * 60_000;

export function settlerOf(team: TortureTeam, shop: Shop): Settler {
  const journal = team.member('ben');
  const [plain, queued] = [false, true].map((isAsync) => {
    const vendor = everyVendor(shop.origin, realClock, isAsync);
    const parts = {
      journal,
      cache: everyCache(),
      clock: realClock,
      mode: { offline: false, readOnly: false },
      by: 'ben',
    };
    return createWrites({ ...parts, connections: connectionsTo(vendor), vendorOf: async () => vendor });
  });
  if (plain === undefined || queued === undefined) throw new Error('There are two.');
  const writesFor = ({ isAsync }: Pick<Kind, 'isAsync'>) => (isAsync ? queued : plain);
  return {
    journal,
    writesFor,
    async settle(targets) {
      await plain.recover();
      for (let round = 0; round < 4; round += 1) {
        const open = targets.flatMap(({ id: target, kind }) =>
          entriesOn(journal, target)
            .filter(({ state }) => state === 'sent' || state === 'unknown')
            .map(({ id }) => ({ id, kind })),
        );
        if (open.length === 0) return;
        for (const { id, kind } of open) {
          try {
            await writesFor(kind).settle(id);
          } catch (error) {
            // Still being sent.
            if (!(error instanceof FaultError)) throw error;
          }
        }
        team.pass(window);
      }
    },
  };
}

/** A create names what it makes, and is on no subscription yet. */
function entriesOn(journal: Journal, target: string) {
  const all = journal.entries({ ref: null, state: null, since: null, limit: null });
  return all.filter(({ ref, after }) => ref === `nordic/${target}` || after.name === target);
}

/** Calls that the vendor received, reads apart. */
export function writesIn({ calls }: Shop): number {
  return calls.filter((call) => !call.startsWith('GET')).length;
}

/** Whether nobody's write of this target is open or was applied, as far as the journal says. */
export function isFree(journal: Journal, target: string): boolean {
  return entriesOn(journal, target).every(({ state }) => state === 'refused' || state === 'settled-not-applied');
}

/**
 * What is wrong about one target, which everybody wants to change in the same way, once. The vendor's ledger says what was.
 * `isFinal`: nobody writes any more, so no entry may still say that it is about to.
 */
export function wrongOn(journal: Journal, shop: Shop, target: string, { isFinal = false } = {}): readonly string[] {
  const effects = shop.ledger.filter((each) => each.target === target).length;
  const entries = entriesOn(journal, target).map((entry) => ({ ...entry, steps: journal.steps(entry.id) }));
  const claims = entries.filter(({ state }) => state === 'done' || state === 'settled-applied').length;
  const open = entries.filter(({ state }) => openStates.includes(state)).length;
  const said = entries.map(({ id, state }) => `${id} ${state}`).join(', ');
  return [
    ...(effects > 1 ? [`doubled: ${effects} effects (${said})`] : []),
    ...(claims > effects ? [`wrong: ${said}, and ${effects} effects`] : []),
    ...(effects > claims + open ? [`wrong or lost: ${effects} effects (${said})`] : []),
    ...(effects > 0 && entries.every(({ steps }) => steps.length === 0) ? ['an effect without a recorded step'] : []),
    ...(isFinal && entries.some(({ state }) => state === 'intent' || state === 'sent') ? [`left open: ${said}`] : []),
  ];
}

/** Once the store is there again, each process ends what it could not write down. */
export async function reachable(journal: Journal): Promise<void> {
  for (let nth = 0; nth < 60; nth += 1) {
    await journal.refresh();
    if (journal.health() === null) return;
    await pause(100);
  }
}
