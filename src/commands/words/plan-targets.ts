import { connectionOf } from '../../writes/bulk/plan-accounts.ts';
import type { Input } from '../command.ts';
import type { Context } from '../context.ts';
import { readConnections } from '../read-connections.ts';

/** A REF that is not in the cache makes its connection refresh, once. A connection that is not there is left to its rows. */
export async function refreshUnknown(
  context: Context,
  input: Input,
  wishes: readonly Parameters<typeof connectionOf>[0][],
): Promise<void> {
  const known = new Set(context.connections.list.map(({ name }) => name));
  const names = [...new Set(wishes.map(connectionOf))].filter((name) => known.has(name));
  const lacking = names.filter((name) =>
    wishes.some((wish) => {
      if (wish.verb === 'create' || connectionOf(wish) !== name) return false;
      return context.book.subscription(name, wish.ref.slice(name.length + 1)) === null;
    }),
  );
  if (lacking.length > 0) await readConnections(context, input, lacking);
}
