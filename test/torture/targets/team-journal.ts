import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../../src/journal/journal.ts';
import { openTeamJournal } from '../../../src/journal/postgres/open-team-journal.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { type Database, openDatabase } from '../../../src/postgres/database.ts';
import { parseStoreUrl } from '../../../src/postgres/store-url.ts';
import { thisProcess } from '../../../src/system/process-mark.ts';
import { initStore } from '../../../src/team/init-store.ts';
import { beginProcess } from '../../../src/team/process-membership.ts';
import { recover } from '../../../src/writes/recover.ts';
import { realClock } from '../../fault-server/clocks.ts';
import { answer, intent, step } from '../../journal/intent.ts';
import { type CuttingProxy, cuttingProxy } from '../../postgres/cutting-proxy.ts';
import { startServer, type TestServer } from '../../postgres/server.ts';
import { type Mutant, type Outcome, type RunOptions, seededRandom, type Target } from '../target.ts';

const entriesFile = 'src/journal/postgres/team-entries.ts';
const unguarded: Mutant = {
  name: 'no guard of a target',
  tries: 10,
  patches: [
    {
      file: 'src/team/schema/journal.ts',
      find: 'CREATE UNIQUE INDEX one_open_write',
      replace: 'CREATE INDEX one_open_write',
    },
    { file: 'src/team/schema/journal.ts', find: 'AND e.id > planned_after', replace: 'AND false' },
  ],
};
const unrecorded: Mutant = {
  name: 'a step that leaves unrecorded',
  tries: 10,
  patches: [
    { file: entriesFile, find: '(columns) => withSending(columns, steps.of(id), step, time())', replace: '() => null' },
  ],
};
const forgotten: Mutant = {
  name: 'a lost answer that is neither said again nor kept',
  tries: 200,
  patches: [
    { file: entriesFile, find: 'copy.keep(undelivered);', replace: '' },
    {
      file: 'src/journal/postgres/store-calls.ts',
      find: 'if (lostAt === null || clock.monotonic() - lostAt >= longest) return',
      replace: 'return',
    },
  ],
};

export const teamCuts: Target = {
  name: 'cuts of the way to a team’s store',
  promise: 'A connection that is cut at any byte loses, doubles and misjudges nothing.',
  full: 1000,
  needs: 'postgresql',
  mutants: [unguarded, unrecorded, forgotten],
  run: (options) =>
    races(options, async (team, random) => {
      const proxy = random.pick(team.proxies);
      proxy.cutAfter(random.below(9000));
    }),
};

export const teamServerKills: Target = {
  name: 'kills of a team’s server',
  promise: 'A server that crashes during writes loses, doubles and misjudges nothing.',
  full: 300,
  needs: 'postgresql',
  mutants: [unguarded, unrecorded],
  run: (options) =>
    races(options, async ({ server }, random) => {
      await pause(random.below(120));
      await server.stop('immediate');
      await server.start();
    }),
};

interface Team {
  readonly server: TestServer;
  readonly proxies: readonly CuttingProxy[];
  readonly members: readonly Journal[];
}

/** Two members that write to one target at once, planned at the same time, while something goes wrong. */
async function races(
  { n, seed, directory }: RunOptions,
  trouble: (team: Team, random: ReturnType<typeof seededRandom>) => Promise<void>,
): Promise<Outcome> {
  const random = seededRandom(seed);
  const team = await openTeam(directory);
  const faults: string[] = [];
  const tally = { effects: 0, 'without effect': 0 };
  try {
    for (let nth = 0; nth < n; nth += 1) {
      const ref = `nordic/t${nth}`;
      const plannedAfter = (await team.members[0]?.newest()) ?? '';
      const effects: string[] = [];
      const going = trouble(team, random);
      await Promise.all(team.members.map((member) => send(member, { ref, plannedAfter }, effects)));
      await going;
      for (const proxy of team.proxies) proxy.cutAfter(null);
      for (const member of team.members) faults.push(...(await settled(member)));
      faults.push(...(await judge(team, ref, effects)));
      tally[effects.length > 0 ? 'effects' : 'without effect'] += 1;
    }
  } finally {
    for (const member of team.members) member.dispose();
    for (const proxy of team.proxies) proxy.close();
    await team.server.dispose();
  }
  return { n, faults, facts: Object.entries(tally).map(([name, times]) => `${name}: ${times}`) };
}

/** What `apply` does: nothing leaves that was not recorded; what cannot be recorded afterwards is left to `recover`. */
async function send(journal: Journal, place: { ref: string; plannedAfter: string }, effects: string[]): Promise<void> {
  const end = { reason: null, vendor: null, basis: 'answer' } as const;
  try {
    const intended = await journal.intend({ ...intent, ...place });
    if (intended.kind !== 'intended') return;
    const { id } = intended;
    try {
      const permit = await journal.sending(id, step);
      if (permit.ended() !== null) throw new Error('The lease is over.');
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      await journal.close(id, { ...end, state: 'refused' });
      return;
    }
    effects.push(id);
    await journal.answered(id, { index: 0, answer });
    await journal.close(id, { ...end, state: 'done' });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
  }
}

/** Once the store is there again, each process ends what it could not write down. */
async function settled(journal: Journal): Promise<readonly string[]> {
  for (let nth = 0; nth < 40; nth += 1) {
    await journal.refresh();
    if (journal.health() === null) break;
    await pause(100);
  }
  try {
    await recover(journal);
    return [];
  } catch (error) {
    if (error instanceof FaultError) return [error.message];
    throw error;
  }
}

async function judge({ members }: Team, ref: string, effects: readonly string[]): Promise<readonly string[]> {
  const [reader] = members;
  if (reader === undefined) throw new Error('There is no member.');
  await reader.refresh();
  const double = effects.length > 1 ? [`${ref}: ${effects.length} effects`] : [];
  const wrong = reader.entries({ ref, state: null, since: null, limit: null }).flatMap(({ id, state }) => {
    const hadEffect = effects.includes(id);
    const isAnswered = reader.steps(id).some((each) => each.answer !== null);
    if (hadEffect && (state === 'refused' || state === 'settled-not-applied')) return [`${ref}: applied, and ${state}`];
    if (hadEffect && !isAnswered) return [`${ref}: its answer is lost`];
    return !hadEffect && state === 'done' ? [`${ref}: nothing was sent, and ${state}`] : [];
  });
  const lost = effects.filter((id) => reader.entry(id) === null).map((id) => `${ref}: ${id} is lost`);
  return [...double, ...wrong, ...lost];
}

async function openTeam(directory: string): Promise<Team> {
  const server = await startServer();
  const name = server.createDatabase();
  const open = (user: string, password: string, port: number): Database => {
    const url = parseStoreUrl(server.url(name, user).replace(`:${server.port}/`, `:${port}/`));
    return openDatabase({ url, password: async () => password });
  };
  const admin = open('postgres', server.password, server.port);
  await initStore(admin, { force: false, acceptServer: false });
  await admin.close();
  const proxies = [await cuttingProxy(server.port), await cuttingProxy(server.port)];
  const members = ['anna', 'ben'].map((as, nth) => {
    server.createLogin(as, 'subdeck_member');
    server.psql(`INSERT INTO subdeck.members (name, login) VALUES ('${as}', '${as}')`, name);
    const database = open(as, `${as}-password`, proxies[nth]?.port ?? 0);
    return openTeamJournal({
      ...{ database, clock: realClock, author: as, path: join(directory, `${as}.db`) },
      begin: () => beginProcess(database, { as, osUser: as, mark: thisProcess(), version: '0.0.0' }),
    });
  });
  return { server, proxies, members };
}
