import { can, type LiveQuery } from '../api/vendor.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { Place } from '../model/place.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';
import { refreshNow } from './refresh.ts';

export interface LiveAnswer {
  readonly faults: readonly Fault[];
  /** Which cached rows the vendors answered with. Rows of a connection that was read whole all count. */
  only(subscription: Subscription): boolean;
}

/**
 * Asks the vendors themselves. What they answer goes into the cache, which then does the terms that a vendor could not.
 * A vendor that cannot search is read whole instead.
 */
export async function askVendors(
  context: Context,
  input: Input,
  names: readonly string[],
  query: Pick<LiveQuery, 'filter' | 'search' | 'sort' | 'limit'> & { readonly place: Place },
): Promise<LiveAnswer> {
  if (context.mode.offline) throw fault('denied', 'Offline mode asks no vendor.', 'Leave out --offline or --live.');
  const answers = await Promise.all(names.map((name) => askOne(context, input, name, query)));
  const searched = new Map(names.map((name, index) => [name, answers[index]?.ids ?? null]));
  return {
    faults: answers.flatMap(({ faults }) => faults),
    only: ({ connection, id }) => searched.get(connection)?.has(id) ?? true,
  };
}

/** `ids` is null where the connection was read whole. */
async function askOne(
  context: Context,
  input: Input,
  name: string,
  { place, filter, search, sort, limit }: Parameters<typeof askVendors>[3],
): Promise<{ readonly ids: ReadonlySet<string> | null; readonly faults: readonly Fault[] }> {
  const ids = new Set<string>();
  try {
    const { abilities } = await context.connections.vendor(name);
    if (!can(abilities.search)) return { ids: null, faults: await refreshNow(context, input, [name]) };
    const faults: Fault[] = [];
    const asked = { filter, search, sort, within: place, limit, signal: input.signal };
    for await (const page of abilities.search(asked)) {
      for (const reading of page.rows) {
        context.book.keep(name, reading.subscription.id, reading);
        ids.add(reading.subscription.id);
      }
      faults.push(...page.missing);
    }
    return { ids, faults };
  } catch (error) {
    if (error instanceof FaultError) return { ids: null, faults: [error.fault] };
    throw error;
  }
}
