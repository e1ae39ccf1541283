import { join } from 'node:path';
import type { Vendor } from '../../../src/api/contract.ts';
import { openStates } from '../../../src/journal/journal.ts';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import { FaultError } from '../../../src/model/fault.ts';
import type { WriteRequest } from '../../../src/operations/registry.ts';
import { createWrites } from '../../../src/writes/create-writes.ts';
import { type FastClock, fastClock } from '../../fault-server/clocks.ts';
import { type Act, openShop } from '../../fault-server/shop.ts';
import { connectionsTo } from '../../fault-server/shop-vendor.ts';
import { addSubscription, everyCache, everyVendor, type Kind, kinds } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import { type Outcome, type SeededRandom, seededRandom, type Target } from '../target.ts';

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
  'apply-then-other',
  'only-other',
  'no-effect',
  'report-failure',
  'lag',
] as const satisfies readonly Act[];
const minute = 60_000;
const batch = 150;

/** Two connections to the same shop: one of them does not send what the other has sent. */
const connections = ['nordic', 'south'] as const;
/** How often planning may get an answer about another subscription before it counts as failed. */
const mostPlans = 20;

/** Effects that can be read settle without a person; others (a create, a lost request) wait for one. */
const readable: readonly string[] = kinds.filter(({ creates }) => !creates).map(({ name }) => name);

export const lostAnswers: Target = {
  name: 'lost answers',
  promise:
    'No write is sent twice, and no verdict contradicts what was applied, for every kind of write and pairs of connections, with any clock change and any answer of the vendor.',
  full: 6000,
  mutants: [
    {
      name: 'a write client that retries',
      tries: 300,
      patches: [
        {
          file: 'src/api/http/write-client.ts',
          find: /const incoming = await line\.send\(\{([\s\S]*?)\n {8}\}\);/,
          replace: `const call_ = {$1\n        };\n        let incoming = await line.send(call_);\n        if (incoming.kind === 'lost') incoming = await line.send(call_);`,
        },
      ],
    },
    {
      name: 'a 500 that counts as a refusal',
      tries: 300,
      patches: [
        { file: 'src/api/http/write-outcome.ts', find: 'status >= 400 && status < 500', replace: 'status >= 400' },
      ],
    },
    {
      name: 'time measured by the wall clock',
      tries: 300,
      patches: [
        { file: 'src/model/instant.ts', find: /return passed < 0 \|\| [^;]+;/, replace: 'return to.wall - from.wall;' },
        { file: 'src/model/instant.ts', find: ' || from.boot.id !== to.boot.id', replace: '' },
      ],
    },
    {
      name: 'an answer about another id that counts',
      tries: 300,
      patches: [
        {
          file: 'src/api/identity.ts',
          find: 'const { kind, names, of, parts } = asked;',
          replace: 'const { kind, names, of, parts } = { ...asked, names: {}, of: {}, parts: {} };',
        },
      ],
    },
    {
      name: 'a 2xx that counts as done',
      tries: 300,
      patches: [
        {
          file: 'src/writes/finish.ts',
          find: /return \{ kind: 'lags', because, now \};/,
          replace: "return { kind: 'shown', left };",
        },
      ],
    },
    {
      name: 'an open-write check per connection',
      tries: 300,
      patches: [
        {
          file: 'src/journal/sqlite/schema.ts',
          find: 'ON entry (account, target)',
          replace: 'ON entry (connection, target)',
        },
        {
          file: 'src/journal/sqlite/read-entries.ts',
          find: /`WHERE account = \? AND (target = \? AND .*?)`, \[place.account, target\]/,
          replace: '`WHERE connection = ? AND $1`, [placeOf(place.ref).connection, target]',
        },
      ],
    },
    {
      name: 'an unchanged row that proves at once that nothing happened',
      tries: 300,
      patches: [{ file: 'src/writes/settle.ts', find: /settleWindow = [^;]+/, replace: 'settleWindow = 0' }],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const totals = { faults: [] as string[], unknown: 0, late: 0, settled: 0, waiting: 0, applied: 0, found: 0 };
    for (let done = 0; done < n; done += batch) {
      const path = join(directory, `${done}`, 'journal.db');
      const found = await oneBatch(path, Math.min(batch, n - done), done, random);
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

async function oneBatch(path: string, n: number, from: number, random: SeededRandom) {
  const clock = fastClock();
  const shop = await openShop(clock.really);
  const journal = openJournal(path, { clock });
  const vendors = Object.fromEntries(
    connections.map((connection) => [
      connection,
      [false, true].map((isAsync) => everyVendor(shop.origin, clock, isAsync, { connection })),
    ]),
  );
  let isAsync = false;
  const vendorOf = async (connection: string): Promise<Vendor> => {
    const vendor = vendors[connection]?.[Number(isAsync)];
    if (vendor === undefined) throw new Error(`There is no connection ${connection}.`);
    return vendor;
  };
  const mode = { offline: false, readOnly: false };
  const cache = everyCache();
  const known = { list: Object.values(vendors).flatMap(([one]) => (one === undefined ? [] : connectionsTo(one).list)) };
  const writes = createWrites({ journal, cache, connections: known, vendorOf, clock, mode, by: 'torture' });
  const faults: string[] = [];
  const lostIds = new Map<string, string>();
  const misread = (id: string): string => (random.below(12) === 0 ? random.pick([...shop.rows.keys()]) : id);

  /** The plan, repeated while the vendor answers about another subscription. */
  async function planOf(writeRequest: WriteRequest) {
    let planned = await writes.plan(writeRequest, null);
    for (
      let tries = 1;
      tries < mostPlans && planned.kind === 'fault' && planned.fault.kind === 'unreachable';
      tries += 1
    ) {
      planned = await writes.plan(writeRequest, null);
    }
    return planned;
  }

  /** While a write is open, the same subscription refuses others through the other connection. */
  async function tryThroughOther(kind: Kind, connection: string, id: string, journalId: string | null) {
    const state = journal.entry(journalId ?? '')?.state;
    if (state === undefined || !openStates.includes(state)) return;
    const other = connections.find((name) => name !== connection) ?? connection;
    const planned = await planOf(kind.writeRequest(`${other}/${id}`));
    if (planned.kind === 'fault' && planned.fault.kind === 'refused') return;
    faults.push(`${kind.name} ${id}: planned through ${other} while ${journalId} is ${state}: ${planned.kind}`);
    if (planned.kind === 'plan') await writes.apply(planned.plan, { reason: null });
  }

  try {
    for (let nth = 0; nth < n; nth += 1) {
      const kind = kinds[(from + nth) % kinds.length] ?? kinds[0];
      const id = `t${from + nth}`;
      addSubscription(shop, kind, id);
      // One write in eight succeeds or is refused, so that the lost ones are not alone.
      const act: Act = random.below(8) === 0 ? random.pick(['fair', 'refuse'] as const) : random.pick(lost);
      shop.lateness = random.below(4 * minute);
      const fallsOn = random.below(3);
      let step = -1;
      shop.act = () => {
        step += 1;
        return kind.name === 'raise by order' && step !== fallsOn ? 'fair' : act;
      };
      isAsync = kind.isAsync;
      shop.answersWith = misread;
      const connection = random.pick(connections);
      const ref = kind.creates ? id : `${connection}/${id}`;
      const planned = await planOf(kind.writeRequest(ref));
      if (planned.kind !== 'plan') {
        faults.push(`${kind.name} ${id}: no plan: ${JSON.stringify(planned)}`);
        continue;
      }
      const { outcome, journalId } = await writes.apply(planned.plan, { reason: null });
      if (!kind.creates) await tryThroughOther(kind, connection, id, journalId);
      // The clock is set ahead before the change is applied, and a poll happens in between.
      if (act === 'late' && journalId !== null && random.below(2) === 0) {
        clock.setWall(6 * minute + random.below(20 * minute));
        await writes.settle(journalId).catch(expectedFault);
      }
      disturb(clock, random);
      if (outcome === 'unknown') lostIds.set(journalId ?? '', kind.name);
      const expected =
        new Set<Act>(['fair', 'refuse']).has(act) || outcome !== 'refused' || kind.name === 'raise by order';
      if (!expected) faults.push(`${kind.name} ${id}: ${act} was called refused`);
    }
    shop.act = () => 'fair';
    faults.push(...contradictions(journal, shop));
    isAsync = true;
    writes.follower.start();
    const quiet = (): boolean => journal.recordsIn(['sent', 'unknown']).length === 0;
    for (let round = 0; !quiet() && round < 600; round += 1) {
      await clock.wait(minute);
      // Not forever: with a clock set every few minutes no elapsed time can be measured.
      if (round < 30) disturb(clock, random);
    }
    if (!quiet()) faults.push('Ten hours later some writes are still open.');
    faults.push(...contradictions(journal, shop));
    const ends = [...lostIds].map(([id, kind]) => ({ kind, entry: journal.entry(id) }));
    const isApplied = ({ entry }: (typeof ends)[number]): boolean =>
      shop.ledger.some(({ target }) => entry?.ref.endsWith(`/${target}`));
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
    writes.follower.stop();
    journal.dispose();
    await shop.stop();
  }
}

/** Nothing to settle, or nothing readable. */
function expectedFault(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}

/** What happens to the clocks of a computer between two writes: usually nothing. */
function disturb(clock: FastClock, random: SeededRandom): void {
  const by = random.below(20 * minute);
  const what = random.below(24);
  if (what === 0) clock.setWall(by);
  else if (what === 1) clock.setWall(-by);
  else if (what === 2) clock.sleep(by);
  else if (what === 3) clock.restart();
}
