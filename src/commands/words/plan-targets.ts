import type { WriteRequest } from '../../operations/registry.ts';
import { connectionOf, targetIdOf } from '../../operations/requests.ts';
import type { Input } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { readConnections } from '../read-connections.ts';

/** A REF that is not cached makes its connection refresh, once. A missing connection is reported by its rows. */
export async function refreshUnknown(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'connections' | 'sync'>,
  input: Input,
  writes: readonly WriteRequest[],
): Promise<void> {
  const known = new Set(context.connections.list.map(({ name }) => name));
  const names = [...new Set(writes.map(connectionOf))].filter((name) => known.has(name));
  const lacking = names.filter((name) =>
    writes.some((writeRequest) => {
      const id = targetIdOf(writeRequest);
      return id !== null && connectionOf(writeRequest) === name && context.cache.subscription(name, id) === null;
    }),
  );
  if (lacking.length > 0) await readConnections(context, input, lacking);
}
