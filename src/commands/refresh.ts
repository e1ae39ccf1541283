import { type Fault, fault } from '../model/fault.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';

/** Refreshes each of these connections that is older than the setting allows. Gives what is missing because of that. */
export async function freshen(context: Context, input: Input, names: readonly string[]): Promise<readonly Fault[]> {
  const faults = await Promise.all(names.map((name) => freshenOne(context, input, name)));
  return faults.flat();
}

async function freshenOne(context: Context, input: Input, name: string): Promise<readonly Fault[]> {
  const { readAt, rows } = context.book.freshness(name);
  if (context.mode.offline) return readAt === null && rows === 0 ? [neverRead(name)] : [];
  const age = readAt === null ? Number.POSITIVE_INFINITY : context.clock.now() - Date.parse(readAt);
  return age >= 0 && age < context.settings.freshFor * 1_000 ? [] : refreshNow(context, input, name);
}

/** Refreshes a connection whatever its age. */
export async function refreshNow(context: Context, input: Input, name: string): Promise<readonly Fault[]> {
  const outcome = await context.sync.run(name, { signal: input.signal });
  return outcome.fault ? [...outcome.missing, outcome.fault] : outcome.missing;
}

function neverRead(connection: string): Fault {
  return fault(
    'denied',
    `Nothing of ${connection} is in the cache, and offline mode reads nothing.`,
    'Leave out --offline once.',
    {
      connection,
    },
  ).fault;
}
