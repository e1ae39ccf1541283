import { setTimeout as pause } from 'node:timers/promises';
import { openShop } from '../../fault-server/shop.ts';
import { sharedServer } from '../../postgres/server.ts';
import { type Kind, kindNamed, requestOn } from '../every-write.ts';
import { seededRandom, type Target } from '../target.ts';
import { isFree, openTeam, settlerOf, writesIn, wrongOn } from '../team.ts';

const kinds = ['lower', 'raise by order', 'lower by request', 'create', 'cancel'].map(kindNamed);

export const memberKills: Target = {
  name: 'kills of members',
  promise:
    'A write whose member is killed at a random moment is settled by another one: none is lost, doubled or misjudged.',
  full: 300,
  inTests: 50,
  needs: 'postgresql',
  mutants: [
    {
      name: 'a taker that treats silence as "not applied"',
      tries: 20,
      patches: [
        {
          file: 'src/writes/recover.ts',
          find: "await journal.close(id, { state: 'unknown', reason, vendor, basis: 'lease', nextCheckIn: 0 });",
          replace: "await journal.close(id, { state: 'settled-not-applied', reason, vendor, basis: 'lease' });",
        },
      ],
    },
    {
      name: 'a step that leaves unrecorded',
      tries: 20,
      patches: [
        {
          file: 'src/journal/postgres/team-entries.ts',
          find: "(columns) => withSending(columns, steps.of(id), step, time()), 'send'",
          replace: '() => null',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const team = await openTeam(await sharedServer(), directory);
    const shop = await openShop();
    const settler = settlerOf(team, shop);
    const faults: string[] = [];
    const tally: Record<string, number> = {};
    const count = (what: string) => {
      tally[what] = (tally[what] ?? 0) + 1;
    };
    const begin = async (kind: Kind, id: string) => {
      const worker = await team.worker({ as: 'anna', name: id, origin: shop.origin });
      await worker.plan(kind, requestOn(shop, kind, id));
      return { worker, at: performance.now(), outcome: worker.go().catch(() => 'killed') };
    };
    try {
      const undisturbed = await begin(kindNamed('lower'), 'undisturbed');
      await undisturbed.outcome;
      const takes = performance.now() - undisturbed.at;
      await undisturbed.worker.kill();
      for (let nth = 0; nth < n; nth += 1) {
        const kind = random.pick(kinds);
        const id = `k${nth}`;
        const before = writesIn(shop);
        const { worker, at, outcome } = await begin(kind, id);
        // At any moment of the write, and every second time while the vendor answers and the answer is recorded.
        const isLate = random.below(2) === 0;
        while (isLate && writesIn(shop) === before && performance.now() - at < 5 * takes) await pause(1);
        await pause(random.next() * (isLate ? takes / 8 : takes));
        await worker.kill();
        count(await outcome);
        team.endLeases('anna');
        await settler.settle([{ kind, id }]);
        const wrong = (what: string) => void faults.push(`${kind.name} ${id}: ${what}`);
        for (const what of wrongOn(settler.journal, shop, id, { isFinal: true })) wrong(what);
        if (!isFree(settler.journal, id)) continue;
        count('made again by another member');
        const writes = settler.writesFor(kind);
        const planned = await writes.plan(kind.writeRequest(kind.creates ? id : `nordic/${id}`), null);
        if (planned.kind === 'plan') await writes.apply(planned.plan, { reason: null });
        for (const what of wrongOn(settler.journal, shop, id)) wrong(what);
      }
      return { n, faults, facts: Object.entries(tally).map(([what, times]) => `${what}: ${times}`) };
    } finally {
      await team.close();
      await shop.stop();
    }
  },
};
