import { join } from 'node:path';
import { openJournal } from '../../../src/journal/open.ts';
import { createWishes } from '../../../src/wishes/create-wishes.ts';
import { type FastClock, fastClock } from '../../fault-server/clocks.ts';
import { type Act, openShop } from '../../fault-server/shop.ts';
import { connectionsTo } from '../../fault-server/shop-vendor.ts';
import { everyBook, everyVendor, kinds, stock } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import { type Dice, dice, type Outcome, type Target } from '../target.ts';

const lost = [
  'apply-then-reset',
  'apply-then-reset',
  'reset-before-read',
  'late',
  'apply-then-500',
  'only-500',
  'truncate',
  'bad-json',
  'redirect',
] as const satisfies readonly Act[];
const minute = 60_000;
const batch = 150;

/** Effects that are read back settle without a person; what cannot be read (a create, a lost request) waits for one. */
const readable: readonly string[] = kinds.map(({ name }) => name).filter((name) => name !== 'create');

export const lostAnswers: Target = {
  name: 'lost answers',
  promise:
    'No write is sent twice, and no verdict contradicts what was applied, over every kind of write, whatever is done to the clock meanwhile (T4, T5, T6).',
  full: 6000,
  mutants: [
    {
      name: 'a writing client that tries again',
      tries: 300,
      patches: [
        {
          file: 'src/api/write-client.ts',
          find: /const incoming = await line\.send\(\{([\s\S]*?)\n {8}\}\);/,
          replace: `const call_ = {$1\n        };\n        let incoming = await line.send(call_);\n        if (incoming.kind === 'lost') incoming = await line.send(call_);`,
        },
      ],
    },
    {
      name: 'a 500 that counts as a refusal',
      tries: 300,
      patches: [{ file: 'src/api/write-outcome.ts', find: 'status >= 400 && status < 500', replace: 'status >= 400' }],
    },
    {
      name: 'time that is measured by the wall clock',
      tries: 300,
      patches: [
        { file: 'src/model/instant.ts', find: /return passed < 0 \|\| [^;]+;/, replace: 'return to.wall - from.wall;' },
        { file: 'src/model/instant.ts', find: ' || from.boot.id !== to.boot.id', replace: '' },
      ],
    },
    {
      name: 'an unchanged row that proves at once that nothing happened',
      tries: 300,
      patches: [{ file: 'src/wishes/settle.ts', find: /settleWindow = [^;]+/, replace: 'settleWindow = 0' }],
    },
  ],
  async run({ n, seed, directory }) {
    const chance = dice(seed);
    const totals = { faults: [] as string[], unknown: 0, late: 0, settled: 0, waiting: 0, applied: 0, found: 0 };
    for (let done = 0; done < n; done += batch) {
      const path = join(directory, `${done}`, 'journal.db');
      const found = await oneBatch(path, Math.min(batch, n - done), done, chance);
      totals.faults.push(...found.faults);
      for (const name of ['unknown', 'settled', 'waiting', 'applied', 'found'] as const) totals[name] += found[name];
    }
    const { faults, unknown, settled, waiting, applied, found } = totals;
    const facts = [
      `${unknown} answers lost, ${settled} settled by reading, ${waiting} left to a person`,
      `${found} of ${applied} lost effects that can be read were found without a person`,
    ];
    return { n, faults, facts } satisfies Outcome;
  },
};

async function oneBatch(path: string, n: number, from: number, chance: Dice) {
  const clock = fastClock();
  const shop = await openShop(clock.really);
  const journal = openJournal(path, { clock });
  const [plain, lanes] = [everyVendor(shop.origin, clock, false), everyVendor(shop.origin, clock, true)];
  let vendor = plain;
  const mode = { offline: false, readOnly: false };
  const book = everyBook();
  const wishes = createWishes({
    journal,
    book,
    connections: connectionsTo(plain),
    vendorOf: async () => vendor,
    clock,
    mode,
    by: 'torture',
  });
  const faults: string[] = [];
  const lostIds = new Map<string, string>();
  try {
    for (let nth = 0; nth < n; nth += 1) {
      const kind = kinds[(from + nth) % kinds.length] ?? kinds[0];
      const id = `t${from + nth}`;
      stock(shop, kind, id);
      // One write in eight goes well or is refused, so that the lost ones stand among others.
      const act: Act = chance.below(8) === 0 ? chance.pick(['fair', 'refuse'] as const) : chance.pick(lost);
      shop.lateness = chance.below(4 * minute);
      const fallsOn = chance.below(3);
      let step = -1;
      shop.act = () => {
        step += 1;
        return kind.name === 'raise by order' && step !== fallsOn ? 'fair' : act;
      };
      vendor = 'lanes' in kind ? lanes : plain;
      const ref = kind.name === 'create' ? id : `nordic/${id}`;
      const planned = await wishes.plan(kind.wish(ref), null);
      if (planned.kind !== 'plan') {
        faults.push(`${kind.name} ${id}: no plan: ${JSON.stringify(planned)}`);
        continue;
      }
      const { outcome, journalId } = await wishes.apply(planned.plan, { reason: null });
      disturb(clock, chance);
      if (outcome === 'unknown') lostIds.set(journalId ?? '', kind.name);
      const expected =
        new Set<Act>(['fair', 'refuse']).has(act) || outcome !== 'refused' || kind.name === 'raise by order';
      if (!expected) faults.push(`${kind.name} ${id}: ${act} was called refused`);
    }
    shop.act = () => 'fair';
    faults.push(...contradictions(journal, shop));
    vendor = lanes;
    wishes.follower.start();
    const quiet = (): boolean => journal.recordsIn(['sent', 'unknown']).length === 0;
    for (let round = 0; !quiet() && round < 600; round += 1) {
      await clock.wait(minute);
      // Not for ever: a clock that is set every few minutes lets no time pass that anybody could measure.
      if (round < 30) disturb(clock, chance);
    }
    if (!quiet()) faults.push('Ten hours later some writes are still open.');
    faults.push(...contradictions(journal, shop));
    const ends = [...lostIds].map(([id, kind]) => ({ kind, entry: journal.entry(id) }));
    const isApplied = ({ entry }: (typeof ends)[number]): boolean =>
      shop.ledger.some(({ target }) => entry?.ref === `nordic/${target}`);
    const applied = ends.filter((end) => readable.includes(end.kind) && isApplied(end));
    return {
      faults,
      unknown: ends.length,
      settled: ends.filter(({ entry }) => entry?.state.startsWith('settled')).length,
      waiting: ends.filter(({ entry }) => entry?.state === 'needs-person').length,
      applied: applied.length,
      found: applied.filter(({ entry }) => entry?.state === 'settled-applied').length,
    };
  } finally {
    wishes.follower.stop();
    journal.dispose();
    await shop.stop();
  }
}

/** What happens to the clocks of a computer between two writes: mostly nothing. */
function disturb(clock: FastClock, chance: Dice): void {
  const by = chance.below(20 * minute);
  const what = chance.below(24);
  if (what === 0) clock.setWall(by);
  else if (what === 1) clock.setWall(-by);
  else if (what === 2) clock.sleep(by);
  else if (what === 3) clock.restart();
}
