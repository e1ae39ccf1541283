import { FaultError, fault } from '../model/fault.ts';
import { parseReference, type Reference } from '../model/reference.ts';
import type { Pin } from '../model/scope.ts';
import { shellWords } from '../model/shell-word.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { levels } from '../model/vendor.ts';
import type { Input } from './command.ts';
import type { ConnectionSummary, Context, ReadContext } from './context.ts';
import { flag } from './given-values.ts';
import { readConnections } from './read-connections.ts';

/** The connection of this name. Throws `missing`. */
export function findConnection(context: Pick<Context, 'connections'>, name: string): ConnectionSummary {
  const found = context.connections.list.find((one) => one.name === name);
  if (found) return found;
  throw context.connections.list.length
    ? fault('missing', `There is no connection "${name}".`, 'subdeck connection list shows them.')
    : noConnection();
}

/** The scope of a list: one branch, one connection, or all. Throws `missing` and `usage`. */
export function requestedScope(
  context: Pick<Context, 'connections'>,
  input: Input,
): { readonly names: readonly string[]; readonly within: Pin | null } {
  const name = flag(input, 'connection');
  const within = pinOf(context, flag(input, 'within'));
  if (within && name && within.connection !== name) {
    throw fault(
      'usage',
      `--within names ${within.connection}, but --connection names ${name}.`,
      'Give only one of them.',
    );
  }
  const one = within?.connection ?? name;
  if (one) return { names: [findConnection(context, one).name], within };
  if (context.connections.list.length === 0) throw noConnection();
  return { names: context.connections.list.map((connection) => connection.name), within };
}

/** `LEVEL=CONNECTION/ID`. */
function pinOf(context: Pick<Context, 'connections'>, text: string | null): Pin | null {
  if (text === null) return null;
  const equals = text.indexOf('=');
  const level = levels.find((one) => one === text.slice(0, equals));
  const reference = parseReference(text.slice(equals + 1));
  if (equals < 0 || !level || !reference) {
    throw fault('usage', `--within ${text} is not LEVEL=CONNECTION/ID.`, `LEVEL is one of ${levels.join(', ')}.`);
  }
  findConnection(context, reference.connection);
  return { level, connection: reference.connection, id: reference.id };
}

/** Throws `missing` if the branch that a list was narrowed to is not in the cache. */
export function demandNode(context: Pick<Context, 'cache'>, within: Pin | null): void {
  if (!within || context.cache.node(within)) return;
  throw fault(
    'missing',
    `${within.connection} has no ${within.level} "${within.id}".`,
    `subdeck ${shellWords(within.level)} list shows them.`,
    {
      connection: within.connection,
    },
  );
}

function referenceOf(context: Pick<Context, 'connections'>, text: string): Reference {
  const reference = parseReference(text);
  if (!reference) throw fault('usage', `"${text}" is not a REF.`, 'A REF is connection/subscriptionId.');
  findConnection(context, reference.connection);
  return reference;
}

/**
 * The cached row of a REF. A REF that is not cached makes its connection refresh once; then it is missing. Throws
 * `missing`, or the fault of the failed refresh.
 */
export async function findSubscription(context: ReadContext, input: Input, text: string): Promise<CachedSubscription> {
  const { connection, id } = referenceOf(context, text);
  const cached = context.cache.subscription(connection, id);
  if (cached) return cached;
  if (!context.mode.offline) {
    const [outcome] = await readConnections(context, input, [connection]);
    const found = context.cache.subscription(connection, id);
    if (found) return found;
    if (outcome?.fault) throw new FaultError(outcome.fault);
  }
  throw fault('missing', `${connection} has no subscription "${id}".`, 'subdeck subscription list shows them.', {
    connection,
  });
}

function noConnection(): FaultError {
  return fault(
    'missing',
    'There is no connection yet.',
    'Add one with subdeck connection add NAME --vendor V, or try subdeck demo.',
  );
}
