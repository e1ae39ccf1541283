import { can, type LiveQuery } from '../api/contract.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { matches, matchesSearch } from '../model/filter-match.ts';
import type { Scope } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import type { SubscriptionQuery } from '../query/cache-reader.ts';
import type { Input } from './command.ts';
import type { Context, ReadContext } from './context.ts';
import { firstRows } from './first-rows.ts';
import { readConnections } from './read-connections.ts';

export interface LiveAnswer {
  readonly faults: readonly Fault[];
  /** Which cached rows the vendors answered with. Rows of a connection that was read whole all count. */
  only(subscription: Subscription): boolean;
}

type LiveQuestion = Pick<LiveQuery, 'filter' | 'search' | 'sort' | 'limit'> & { readonly scope: Scope };

/** `ids` null: everything that the cache has of the connection counts. */
interface OneAnswer {
  readonly ids: ReadonlySet<string> | null;
  readonly faults: readonly Fault[];
}

/**
 * Asks the vendors themselves. What they answer goes into the cache, which then does the terms that a vendor could not.
 * A vendor that cannot search is read instead, no more of it than the branch that is asked for.
 */
export async function askVendors(
  context: ReadContext,
  input: Input,
  names: readonly string[],
  asked: LiveQuestion,
): Promise<LiveAnswer> {
  if (context.mode.offline) throw fault('denied', 'Offline mode asks no vendor.', 'Leave out --offline or --live.');
  const answers = await Promise.all(names.map((name) => askOne(context, input, name, asked)));
  const searched = new Map(names.map((name, index) => [name, answers[index]?.ids ?? null]));
  return {
    faults: answers.flatMap(({ faults }) => faults),
    only: ({ connection, id }) => searched.get(connection)?.has(id) ?? true,
  };
}

async function askOne(
  context: Pick<Context, 'cache' | 'clock' | 'connections' | 'sync'>,
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

/** So many rows are looked at one by one; where there are more, the list is quicker. */
const mostLooks = 20;

/**
 * The vendor compares texts in a way of its own: rows that match by the cache, and that it left out, are looked at one by
 * one. A connection that was never read whole may have such rows that nobody knows of, so it is read.
 */
async function lookAgain(
  context: Pick<Context, 'cache' | 'clock' | 'sync'>,
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
  for (const { ref } of leftOut) await context.sync.refreshOne(ref, input.signal);
  return { ids: new Set([...found, ...leftOut.map(({ id }) => id)]), faults: [] };
}

/** The connection, or the branch of it that is asked for, read into the cache. */
async function readInstead(
  context: Pick<Context, 'clock' | 'sync'>,
  input: Input,
  name: string,
  { scope }: LiveQuestion,
): Promise<OneAnswer> {
  const within = scope.find(({ connection }) => connection === name) ?? null;
  const outcomes = await readConnections(context, input, [name], within);
  const faults = outcomes.flatMap(({ missing, fault: stopped }) => (stopped ? [...missing, stopped] : missing));
  return { ids: null, faults };
}
