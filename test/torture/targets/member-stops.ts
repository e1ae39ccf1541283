import { setTimeout as pause } from 'node:timers/promises';
import { openShop, type Shop } from '../../fault-server/shop.ts';
import { sharedServer } from '../../postgres/server.ts';
import { type Kind, kindNamed, requestOn } from '../every-write.ts';
import { gap, type Point } from '../points.ts';
import { type Outcome, type RunOptions, seededRandom, type Target } from '../target.ts';
import {
  isFree,
  type MemberProcess,
  openTeam,
  type Settler,
  settlerOf,
  type TortureTeam,
  writesIn,
  wrongOn,
} from '../team.ts';

const kinds = ['lower', 'raise by order', 'lower by request', 'create', 'cancel'].map(kindNamed);
/** Processes that are stopped at the same time. */
const most = 8;
/** A little above a lease. */
const outlasts = 31_000;
const inGap = `bytes that left ${gap}`;

interface Stop {
  readonly kind: Kind;
  readonly point: Point;
}

export const memberStops: Target = {
  name: 'stops of members beyond their lease',
  promise: 'A member that is stopped at any point of a write beyond its lease sends nothing afterwards.',
  full: 250,
  inTests: 50,
  needs: 'postgresql',
  mutants: [
    {
      name: 'a permit that outlasts its lease',
      tries: 6,
      patches: [
        {
          file: 'src/journal/postgres/lease.ts',
          find: 'lapses === begun && left() > margin ? null : stopped',
          replace: 'lapses < begun ? stopped : null',
        },
      ],
    },
    {
      name: 'a sender taken for dead that is only stopped',
      tries: 6,
      patches: [
        {
          file: 'src/journal/entry-changes.ts',
          find: "isDead || columns.state !== 'sent' ?",
          replace: 'isDead || true ?',
        },
      ],
    },
  ],
  run: (options) =>
    stops(options, async (team, held) => {
      team.endLeases('anna');
      for (const worker of held) worker.outlastLease();
    }),
};

export const memberLongStops: Target = {
  name: 'stops of members for 31 seconds',
  promise: 'The same with leases and clocks as they are.',
  full: 24,
  inTests: 'none',
  needs: 'postgresql',
  mutants: memberStops.mutants,
  run: (options) => stops(options, () => pause(outlasts)),
};

type Outlast = (team: TortureTeam, held: readonly MemberProcess[]) => Promise<void>;

async function stops({ n, seed, directory }: RunOptions, outlast: Outlast): Promise<Outcome> {
  const team = await openTeam(await sharedServer(), directory);
  const shop = await openShop();
  const settler = settlerOf(team, shop);
  const workers: MemberProcess[] = [];
  const place = { team, shop, settler, faults: [] as string[], tally: { 'not reached': 0, [inGap]: 0 } };
  try {
    const width = Math.min(most, Math.ceil(n / 2));
    while (workers.length < width) {
      workers.push(await team.worker({ as: 'anna', name: `w${workers.length}`, origin: shop.origin }));
    }
    const every = await stopsOf(workers, shop, seed);
    const all = every.slice(0, n);
    for (let from = 0; from < all.length; from += width) {
      await round(place, workers, all.slice(from, from + width), `s${from}`, outlast);
    }
    return { n: all.length, of: every.length, faults: place.faults, facts: factsOf(place.tally) };
  } finally {
    for (const worker of workers) await worker.kill();
    await team.close();
    await shop.stop();
  }
}

function factsOf(tally: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(tally).map(([name, times]) => `${name}: ${times}`);
}

/** All points that each kind of write passes, as undisturbed ones show them: the most telling first, the others evenly spread. */
async function stopsOf([worker]: readonly MemberProcess[], shop: Shop, seed: number): Promise<readonly Stop[]> {
  const all: Stop[] = [];
  for (const [nth, kind] of kinds.entries()) {
    await worker?.plan(kind, requestOn(shop, kind, `undisturbed-${nth}`));
    await worker?.go();
    all.push(...((await worker?.points()) ?? []).map((point) => ({ kind, point })));
  }
  const isTelling = ({ point: { at } }: Stop) => /check|the call|sending|the token/.test(at);
  const rest = all.filter((stop) => !isTelling(stop));
  const offset = seededRandom(seed).below(rest.length);
  // No divisor of the length, so that each comes once.
  const stride = rest.length % 17 === 0 ? 19 : 17;
  const spread = rest.map((_, nth) => rest[(offset + nth * stride) % rest.length]);
  return [...all.filter(isTelling), ...spread].filter((stop) => stop !== undefined);
}

interface Place {
  readonly team: TortureTeam;
  readonly shop: Shop;
  readonly settler: Settler;
  readonly faults: string[];
  readonly tally: Record<string, number>;
}

interface Held extends Stop {
  readonly id: string;
  readonly worker: MemberProcess;
  readonly outcome: Promise<string>;
}

/** Members stop one after another, all stay so beyond their leases, another member settles, and they go on. */
async function round(
  { team, shop, settler, faults, tally }: Place,
  workers: readonly MemberProcess[],
  stops: readonly Stop[],
  name: string,
  outlast: Outlast,
): Promise<void> {
  const held: Held[] = [];
  for (const [nth, { kind, point }] of stops.entries()) {
    const worker = workers[nth];
    if (worker === undefined) throw new Error('There are fewer processes than stops.');
    const id = `${name}-${nth}`;
    await worker.plan(kind, requestOn(shop, kind, id));
    const outcome = worker.go({ signal: 'SIGSTOP', ...point });
    if (await worker.stops(outcome)) held.push({ kind, point, id, worker, outcome });
    else tally['not reached'] = (tally['not reached'] ?? 0) + 1;
  }
  await outlast(
    team,
    held.map(({ worker }) => worker),
  );
  await settler.settle(held);
  for (const { kind, point, id, worker, outcome } of held) {
    const wrong = (what: string) => void faults.push(`${kind.name}, ${point.at} ${point.nth}: ${what}`);
    for (const what of wrongOn(settler.journal, shop, id)) wrong(what);
    // Where the change is free again, somebody else makes it.
    const writes = settler.writesFor(kind);
    if (isFree(settler.journal, id)) {
      const planned = await writes.plan(kind.writeRequest(kind.creates ? id : `nordic/${id}`), null);
      if (planned.kind === 'plan') await writes.apply(planned.plan, { reason: null });
    }
    const before = writesIn(shop);
    worker.goOn();
    await outcome;
    const late = writesIn(shop) - before;
    if (late > 0) tally[inGap] = (tally[inGap] ?? 0) + 1;
    if (late > (point.at === gap ? 1 : 0)) wrong(`${late} calls after its lease`);
    await settler.settle([{ kind, id }]);
    for (const what of wrongOn(settler.journal, shop, id, { isFinal: true })) wrong(what);
  }
}
