import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../../src/journal/journal.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { recover } from '../../../src/writes/recover.ts';
import { answer, intent, step } from '../../journal/intent.ts';
import { type CuttingProxy, cuttingProxy } from '../../postgres/cutting-proxy.ts';
import { sharedServer, startServer, type TestServer } from '../../postgres/server.ts';
import { type Mutant, type Outcome, type RunOptions, type SeededRandom, seededRandom, type Target } from '../target.ts';
import { openTeam, reachable } from '../team.ts';
import { noGuard } from './team-mutants.ts';

const entriesFile = 'src/journal/postgres/team-entries.ts';
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
  inTests: 50,
  needs: 'postgresql',
  mutants: [noGuard, unrecorded, forgotten],
  run: async (options) =>
    races(await sharedServer(), options, async ({ proxies }, random) => {
      random.pick(proxies).cutAfter(random.below(9000));
    }),
};

export const teamServerKills: Target = {
  name: 'kills of a team’s server',
  promise:
    'A server that is killed during writes, whole or one of its processes, loses, doubles and misjudges nothing.',
  full: 300,
  inTests: 50,
  needs: 'postgresql',
  mutants: [noGuard, unrecorded],
  async run(options) {
    const server = await startServer();
    try {
      return await races(server, options, async (_, random) => {
        await pause(random.below(120));
        if (random.below(3) === 0) return server.killOne(random.below(20));
        await server.stop('killed');
        await server.start();
      });
    } finally {
      await server.dispose();
    }
  },
};

interface Racers {
  readonly proxies: readonly CuttingProxy[];
  readonly members: readonly Journal[];
}

/** Two members that write to one target at once, planned at the same time, while something goes wrong. */
async function races(
  server: TestServer,
  { n, seed, directory }: RunOptions,
  trouble: (racers: Racers, random: SeededRandom) => Promise<void>,
): Promise<Outcome> {
  const random = seededRandom(seed);
  const team = await openTeam(server, directory);
  const proxies = [await cuttingProxy(server.port), await cuttingProxy(server.port)];
  const members = (['anna', 'ben'] as const).map((as, nth) => team.member(as, proxies[nth]?.port));
  const faults: string[] = [];
  const tally = { effects: 0, 'without effect': 0 };
  try {
    for (let nth = 0; nth < n; nth += 1) {
      const ref = `nordic/t${nth}`;
      const plannedAfter = (await members[0]?.newest()) ?? '';
      const effects: string[] = [];
      const going = trouble({ proxies, members }, random);
      await Promise.all(members.map((member) => send(member, { ref, plannedAfter }, effects)));
      await going;
      for (const proxy of proxies) proxy.cutAfter(null);
      for (const member of members) faults.push(...(await settled(member)));
      faults.push(...(await judge(members, ref, effects)));
      tally[effects.length > 0 ? 'effects' : 'without effect'] += 1;
    }
    return { n, faults, facts: Object.entries(tally).map(([name, times]) => `${name}: ${times}`) };
  } finally {
    await team.close();
    for (const proxy of proxies) proxy.close();
  }
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
  await reachable(journal);
  try {
    await recover(journal);
    return [];
  } catch (error) {
    if (error instanceof FaultError) return [error.message];
    throw error;
  }
}

async function judge(
  [reader]: readonly Journal[],
  ref: string,
  effects: readonly string[],
): Promise<readonly string[]> {
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
