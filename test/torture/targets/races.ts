import { join } from 'node:path';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import { realClock } from '../../fault-server/clocks.ts';
import { openShop, type Shop } from '../../fault-server/shop.ts';
import { addSubscription, type Kind, kinds } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import { openWorker, type Worker } from '../processes.ts';
import { seededRandom, type Target } from '../target.ts';

export const races: Target = {
  name: 'races of two consoles',
  promise: 'Two processes that write to one target at once cause one effect.',
  full: 1000,
  mutants: [
    {
      name: 'no unique index on open writes',
      tries: 20,
      patches: [
        {
          file: 'src/journal/sqlite/schema.ts',
          find: 'CREATE UNIQUE INDEX one_open_write',
          replace: 'CREATE INDEX one_open_write',
        },
        {
          file: 'src/journal/sqlite/write-entries.ts',
          find: 'if (open !== null) return',
          replace: 'if (false) return',
        },
        {
          file: 'src/journal/sqlite/write-entries.ts',
          find: 'if (other !== null) return',
          replace: 'if (false) return',
        },
      ],
    },
    {
      name: 'a finished write that another plan ignores',
      tries: 100,
      patches: [
        {
          file: 'src/journal/sqlite/write-entries.ts',
          find: 'if (other !== null) return',
          replace: 'if (false) return',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const tallies = new Map<string, number>();
    for (const isAsync of [false, true]) {
      const count = isAsync ? Math.floor(n / 2) : Math.ceil(n / 2);
      const path = join(directory, `${isAsync}`, 'journal.db');
      const shop = await openShop();
      const options = { path, origin: shop.origin };
      const pair = [await openWorker(options), await openWorker(options)] as const;
      const fitting = kinds.filter((kind) => !kind.creates && kind.isAsync === isAsync);
      for (let nth = 0; nth < count; nth += 1) {
        const kind = random.pick<Kind>(fitting);
        const [outcomes, fault] = await race(shop, pair, kind, `r${nth}`, random.below(3));
        tallies.set(outcomes, (tallies.get(outcomes) ?? 0) + 1);
        faults.push(...fault);
      }
      await Promise.all(pair.map((one) => one.end()));
      const journal = openJournal(path, { clock: realClock });
      faults.push(...contradictions(journal, shop));
      if (shop.requests.size > count) faults.push(`${shop.requests.size} requests of ${count} races`);
      journal.dispose();
      await shop.stop();
    }
    return { n, faults, facts: [...tallies].map(([outcomes, times]) => `${outcomes}: ${times}`) };
  },
};

/** Two processes that planned the same write send it at once. Their outcomes, and what is wrong. */
export async function race(shop: Shop, pair: readonly [Worker, Worker], kind: Kind, id: string, lead: number) {
  addSubscription(shop, kind, id);
  const before = shop.calls.length;
  const writeRequest = kind.writeRequest(`nordic/${id}`);
  const plans = await Promise.all(pair.map((one) => one.plan(kind, writeRequest)));
  // One of the two is released a moment earlier, in turns, so that they meet at different points.
  const [one, other] = id.endsWith('1') ? pair : [pair[1], pair[0]];
  const leading = one.go();
  // At once, a moment later, or after the first has finished: in each case the second was planned before.
  if (lead === 1) await new Promise((resolve) => setImmediate(resolve));
  if (lead === 2) await leading;
  const outcomes = (await Promise.all([leading, other.go()])).sort().join(' and ');
  const writes = shop.calls.slice(before).filter((call) => !call.startsWith('GET'));
  const opening = writes[0] ?? '';
  const twice = writes.filter((call) => call === opening).length > 1;
  const odd = plans.some((plan) => plan !== 'plan') ? [`${kind.name} ${id}: ${plans.join(', ')}`] : [];
  const effects = shop.ledger.filter(({ target }) => target === id).length;
  const double = effects > 1 || twice ? [`${kind.name} ${id}: ${effects} effects, ${writes.join(', ')}`] : [];
  return [outcomes, [...odd, ...double]] as const;
}
