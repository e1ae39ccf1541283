import { type Fault, fault } from '../model/fault.ts';
import { missingRowsFault } from '../model/missing-rows.ts';
import type { Input } from './command.ts';
import type { ReadingContext } from './context.ts';
import { readConnections } from './read-connections.ts';

/**
 * Whether a connection was read completely within `freshFor`. A read time in the future (the clock was set back since)
 * counts as old.
 */
export function isFresh(context: Pick<ReadingContext, 'cache' | 'clock' | 'settings'>, connection: string): boolean {
  const { readAt } = context.cache.freshness(connection);
  if (readAt === null) return false;
  const age = context.clock.now() - Date.parse(readAt);
  return age >= 0 && age < context.settings.freshFor * 1000;
}

/**
 * Refreshes those of the connections that are older than the setting allows. Returns what is missing because of
 * failures.
 */
export async function freshen(
  context: Pick<ReadingContext, 'cache' | 'clock' | 'mode' | 'settings' | 'sync'>,
  input: Input,
  names: readonly string[],
): Promise<readonly Fault[]> {
  if (context.mode.offline) {
    const unread = names.filter((name) => isUnread(context, name)).map(neverRead);
    return [...unread, ...keptAlthoughMissing(context, names)];
  }
  const old = names.filter((name) => !isFresh(context, name));
  const faults = await refreshNow(context, input, old);
  const others = names.filter((name) => !old.includes(name));
  return [...faults, ...keptAlthoughMissing(context, others)];
}

/** Rows are among those shown that the last sync did not see. */
function keptAlthoughMissing({ cache }: Pick<ReadingContext, 'cache'>, names: readonly string[]): readonly Fault[] {
  return names.flatMap((name) => {
    const { missing } = cache.freshness(name);
    return missing === null ? [] : [missingRowsFault(name, missing)];
  });
}

/** Refreshes connections whatever their age. */
async function refreshNow(
  context: Pick<ReadingContext, 'clock' | 'sync'>,
  input: Input,
  names: readonly string[],
): Promise<readonly Fault[]> {
  if (names.length === 0) return [];
  const outcomes = await readConnections(context, input, names);
  return outcomes.flatMap(({ missing, fault: stopped }) => (stopped ? [...missing, stopped] : missing));
}

function isUnread(context: Pick<ReadingContext, 'cache'>, name: string): boolean {
  const { readAt, rows } = context.cache.freshness(name);
  return readAt === null && rows === 0;
}

function neverRead(connection: string): Fault {
  const message = `The cache has no data of ${connection}, and offline mode does not read from vendors.`;
  return fault('denied', message, 'Run it once without --offline.', { connection }).fault;
}
