import { can, type LiveQuery } from '../api/contract.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { matches, matchesSearch } from '../model/filter-match.ts';
import type { Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import type { SubscriptionQuery } from '../query/cache-reader.ts';
import type { Input } from './command.ts';
import type { ReadContext, ReadingContext } from './context.ts';
import { firstRows } from './first-rows.ts';
import { readConnections } from './read-connections.ts';

export interface LiveAnswer {
  readonly faults: readonly Fault[];
  /** Which cached rows the vendors returned. For a connection that was read completely, all rows count. */
  only(subscription: Subscription): boolean;
}

type LiveQuestion = Pick<LiveQuery, 'filter' | 'search' | 'sort' | 'limit'> & { readonly scope: Scope };

/** `ids` null: all cached rows of the connection count. */
interface OneAnswer {
  readonly ids: ReadonlySet<string> | null;
  readonly faults: readonly Fault[];
}

/**
 * Searches at the vendors. The results go into the cache, which then applies the terms that a vendor does not support.
 * A vendor without search is read instead, limited to the requested branch.
 */
export async function askVendors(
  context: ReadContext,
  input: Input,
  names: readonly string[],
  asked: LiveQuestion,
): Promise<LiveAnswer> {
  if (context.mode.offline)
    throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline or --live.');
  const answers = await Promise.all(names.map((name) => askOne(context, input, name, asked)));
  const searched = new Map(names.map((name, index) => [name, answers[index]?.ids ?? null]));
  return {
    faults: answers.flatMap(({ faults }) => faults),
    only: ({ connection, id }) => searched.get(connection)?.has(id) ?? true,
  };
}

async function askOne(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'sync'>,
  input: Input,
  name: string,
  asked: LiveQuestion,
): Promise<OneAnswer> {
  try {
    const { abilities } = await context.connections.vendor(name);
    if (!can(abilities.search)) return await readInstead(context, input, name, asked);
    const { scope, ...query } = asked;
    const ids = new Set<string>();
    const faults: Fault[] = [];
    const first = firstRows(asked);
    const now = context.clock.now();
    let exhaustive = true;
    for await (const page of abilities.search({ ...query, within: scope, signal: input.signal })) {
      for (const reading of page.rows) {
        const { subscription } = reading;
        context.cache.keep(name, subscription.id, reading);
        ids.add(subscription.id);
        first.take(subscription, isWanted(asked, subscription, now));
      }
      faults.push(...page.missing);
      exhaustive &&= page.exhaustive;
      if (page.inOrder && page.exhaustive && first.isEnough()) break;
    }
    if (exhaustive) return { ids, faults };
    const more = await lookAgain(context, input, name, asked, ids);
    return { ids: more.ids, faults: [...faults, ...more.faults] };
  } catch (error) {
    if (error instanceof FaultError) return { ids: null, faults: [error.fault] };
    throw error;
  }
}

function isWanted({ filter, search }: LiveQuestion, subscription: Subscription, now: number): boolean {
  return matches(filter, subscription, now) && (search === null || matchesSearch(search, subscription));
}

/** Up to this many rows are read one by one; beyond that, reading the list is faster. */
const mostLooks = 20;

/**
 * A vendor compares texts in its own way: cached rows that match but that the vendor left out are read one by one. A
 * connection that was never read completely may have unknown matches, so it is read.
 */
async function lookAgain(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'sync'>,
  input: Input,
  name: string,
  asked: LiveQuestion,
  found: ReadonlySet<string>,
): Promise<OneAnswer> {
  if (context.cache.freshness(name).readAt === null) return readInstead(context, input, name, asked);
  const { scope, filter, search } = asked;
  const cached: Omit<SubscriptionQuery, 'offset' | 'limit'> = { scope, filter, search, connections: [name], sort: [] };
  const leftOut: Subscription[] = [];
  for (const row of context.cache.eachSubscription(cached)) {
    if (!found.has(row.id)) leftOut.push(row);
    if (leftOut.length > mostLooks) return readInstead(context, input, name, asked);
  }
  for (const { ref } of leftOut) await context.sync.refreshOne(ref, { signal: input.signal });
  return { ids: new Set([...found, ...leftOut.map(({ id }) => id)]), faults: [] };
}

/** Reads the connection, or the requested branch of it, into the cache. */
async function readInstead(
  context: Pick<ReadingContext, 'clock' | 'sync'>,
  input: Input,
  name: string,
  { scope }: LiveQuestion,
): Promise<OneAnswer> {
  const within = scope.find(({ connection }) => connection === name);
  const outcomes = await readConnections(context, input, [name], within === undefined ? {} : { within });
  const faults = outcomes.flatMap(({ missing, fault: stopped }) => (stopped ? [...missing, stopped] : missing));
  return { ids: null, faults };
}
