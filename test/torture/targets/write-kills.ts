import { join } from 'node:path';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import { createWrites } from '../../../src/writes/create-writes.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { openShop } from '../../fault-server/shop.ts';
import { connectionsTo } from '../../fault-server/shop-vendor.ts';
import { addSubscription, everyCache, everyVendor, type Kind, kinds } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import type { Halt } from '../points.ts';
import { openWorker } from '../processes.ts';
import { seededRandom, type Target } from '../target.ts';

const minute = 60_000;
const plain = ['before intend', 'after intend', 'before sending', 'after sending', 'before answered', 'after answered'];
const points = [...plain, 'before close', 'after close'] as const;

/** Every point of every write at which its process can die; each step of an order has its own. */
const deaths = kinds.flatMap((kind): readonly (readonly [Kind, Halt])[] => {
  const steps = kind.name === 'raise by order' ? 3 : 1;
  const accepted = kind.name === 'lower by request' ? ['before accepted', 'after accepted'] : [];
  return [...points, ...accepted].flatMap((at) => {
    const times = /intend|close|accepted/.test(at) ? 1 : steps;
    return Array.from({ length: times }, (_, nth) => [kind, { signal: 'SIGKILL', at, nth: nth + 1 }] as const);
  });
});

export const writeKills: Target = {
  name: 'kills at every step of every write',
  promise: `A write whose process dies is neither lost nor sent again, at ${deaths.length} points.`,
  full: 1000,
  mutants: [
    {
      name: 'a start that treats silence as "not applied"',
      tries: 60,
      patches: [
        {
          file: 'src/writes/recover.ts',
          find: "await journal.close(id, { state: 'unknown', reason, vendor, basis: 'lease', nextCheckIn: 0 });",
          replace: "await journal.close(id, { state: 'settled-not-applied', reason, vendor, basis: 'lease' });",
        },
      ],
    },
    {
      name: 'a step journalled after it was sent',
      tries: 60,
      patches: [
        {
          file: 'src/writes/send.ts',
          find: 'await journal.sending(id, { index, name, method, path, ...(body === undefined ? {} : { body }) });',
          replace: '{ ended: () => null };',
        },
        {
          file: 'src/writes/send.ts',
          find: 'const unkept = await keep(',
          replace:
            'await journal.sending(id, { index, name, method, path, ...(body === undefined ? {} : { body }) });\n    const unkept = await keep(',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const offset = random.below(deaths.length);
    const faults: string[] = [];
    let died = 0;
    await (await openWorker({ path: join(directory, 'first.db'), origin: 'http://127.0.0.1:1' })).end();
    for (let nth = 0; nth < n; nth += 1) {
      const [kind, halt] = deaths[(offset + nth * 7) % deaths.length] ?? [kinds[0], null];
      const found = await oneDeath(join(directory, `${nth}`, 'journal.db'), kind, halt);
      if (found.died) died += 1;
      faults.push(...found.faults.map((fault) => `${kind.name}, ${halt?.at} ${halt?.nth}: ${fault}`));
    }
    return { n, faults, facts: [`${died} processes died at their point, ${n - died} had no such point`] };
  },
};

async function oneDeath(path: string, kind: Kind, halt: Halt | null) {
  const clock = fastClock(Date.now());
  const shop = await openShop();
  const { isAsync } = kind;
  const faults: string[] = [];
  try {
    addSubscription(shop, kind, 's1');
    const worker = await openWorker({ path, origin: shop.origin });
    await worker.plan(kind, kind.writeRequest(kind.creates ? 's1' : 'nordic/s1'));
    const signal = await worker.die(halt);
    const writes = shop.calls.filter((call) => !call.startsWith('GET')).length;

    const journal = openJournal(path, { clock });
    const vendor = everyVendor(shop.origin, clock, isAsync);
    const mode = { offline: false, readOnly: false };
    const sender = createWrites({
      ...{ journal, cache: everyCache(), clock, mode, by: 'torture' },
      connections: connectionsTo(vendor),
      vendorOf: async () => vendor,
    });
    await sender.recover();
    faults.push(...contradictions(journal, shop));
    clock.advance(10 * minute);
    sender.follower.start();
    const quiet = (): boolean => journal.recordsIn(['intent', 'sent', 'unknown']).length === 0;
    for (let round = 0; !quiet() && round < 300; round += 1) await clock.wait(minute);
    sender.follower.stop();
    if (!quiet()) faults.push('still open five hours later');
    faults.push(...contradictions(journal, shop));
    if (shop.calls.filter((call) => !call.startsWith('GET')).length > writes) faults.push('sent after the start');
    journal.dispose();
    return { faults, died: signal === 'SIGKILL' };
  } finally {
    await shop.stop();
  }
}
