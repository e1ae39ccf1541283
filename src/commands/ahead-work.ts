import { setImmediate as breathe } from 'node:timers/promises';
import {
  type AbilityShapes,
  can,
  type KeptRead,
  type No,
  type ProductPlace,
  type ReadValue,
  type SubscriptionRead,
  subscriptionReads,
  type Vendor,
} from '../api/contract.ts';
import type { Pin } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { keptProducts } from '../query/kept-answers.ts';
import { keepingAnswer } from '../sync/keep-answer.ts';
import type { ConnectionSummary, Context } from './context.ts';
import { placeOf } from './kept-reads.ts';

/** One thing to read. Throws `FaultError`. */
export interface AheadTask {
  readonly read: KeptRead;
  ask(signal: AbortSignal): Promise<Awaited<ReturnType<typeof keepingAnswer>>['keeping']>;
}

export interface AheadWork {
  /** Examines every row in the place. */
  count(): Promise<{ readonly due: number; readonly fresh: number }>;
  /** After `count`. Reads that are missing or older than a write come first: an interrupted run continues with what is missing. */
  tasks(): AsyncGenerator<AheadTask, void>;
}

/** Rows between which keys and timers get their turn. */
const slice = 200;

type Due = 'lacking' | 'old';

/** The reads for the cached subscriptions of a connection or branch, besides their rows. */
export function aheadWork(
  context: Pick<Context, 'cache' | 'clock'>,
  vendor: Vendor,
  { name: connection, productsBy }: Pick<ConnectionSummary, 'name' | 'productsBy'>,
  /** `freshSince`: milliseconds; what was read before is old. */
  { within, freshSince }: { readonly within: Pin | null; readonly freshSince: number },
): AheadWork {
  const { cache } = context;
  const reads = (Object.keys(subscriptionReads) as SubscriptionRead[]).filter((read) => can(vendor.inBackground[read]));
  const { products } = vendor.inBackground;
  const places = new Map<string, ProductPlace>();

  async function* rows(): AsyncGenerator<CachedSubscription, void> {
    const query = {
      scope: within === null ? [] : [within],
      connections: [connection],
      filter: [],
      search: null,
      sort: [],
    };
    let seen = 0;
    for (const row of cache.eachSubscription(query)) {
      if (seen % slice === 0) await breathe();
      seen += 1;
      yield row;
    }
  }

  function dueOf(age: { readonly readAt: string; readonly isOutdated: boolean } | null | undefined): Due | null {
    if (age == null || age.isOutdated) return 'lacking';
    const at = Date.parse(age.readAt);
    return at >= freshSince && at <= context.clock.now() ? null : 'old';
  }

  function ofRow(row: CachedSubscription, read: SubscriptionRead): AheadTask {
    const ability: AbilityShapes[SubscriptionRead] | No = vendor.inBackground[read];
    return {
      read,
      ask: async (signal) => {
        if (!can(ability)) throw new Error('It was asked for because it can.');
        const ask = (): Promise<ReadValue<SubscriptionRead>> => ability(row, signal);
        return (await keepingAnswer(context, vendor, { connection, id: row.id, read }, ask)).keeping;
      },
    };
  }

  async function* rowTasks(due: Due): AsyncGenerator<AheadTask, void> {
    for await (const row of rows()) {
      const ages = cache.answerAges(connection, row.id);
      for (const read of reads) if (dueOf(ages.get(read)) === due) yield ofRow(row, read);
    }
  }

  function* placeTasks(): Generator<AheadTask, void> {
    if (!can(products)) return;
    for (const place of places.values()) {
      if (dueOf(keptProducts(cache, connection, place)) === null) continue;
      const key = { connection, place, read: 'products' } as const;
      const ask = async (signal: AbortSignal) =>
        (await keepingAnswer(context, vendor, key, () => products(place, signal))).keeping;
      yield { read: 'products', ask };
    }
  }

  return {
    async count() {
      let [due, fresh] = [0, 0];
      for await (const row of rows()) {
        const ages = cache.answerAges(connection, row.id);
        for (const read of reads) {
          if (dueOf(ages.get(read)) === null) fresh += 1;
          else due += 1;
        }
        if (!can(products)) continue;
        for (const place of placesOf(row, productsBy)) places.set(JSON.stringify(place), place);
      }
      const lists = [...placeTasks()].length;
      return { due: due + lists, fresh: fresh + (places.size - lists) };
    },
    async *tasks() {
      yield* rowTasks('lacking');
      yield* placeTasks();
      yield* rowTasks('old');
    },
  };
}

/** The places whose products a subscription may be changed to. A list by service needs one. */
function placesOf(
  { reseller, organization, services }: CachedSubscription,
  by: ConnectionSummary['productsBy'],
): readonly ProductPlace[] {
  const ids = by.includes('service') ? services.map(({ id }) => id) : [null];
  return ids.map((service) =>
    placeOf({ reseller: reseller?.id ?? null, organization: organization?.id ?? null, service }, by),
  );
}
