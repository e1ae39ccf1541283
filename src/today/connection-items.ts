import { lengthText } from '../model/calendar.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import type { FoundItems, Item } from './item.ts';
import { clause } from './journal-items.ts';

/** Why a part of the picture is not there, or is old. */
export interface Missing {
  readonly connection: string;
  readonly message: string;
  readonly next: string;
  /** Nothing of the connection was judged at all. */
  readonly nothing: boolean;
}

type Ages = Pick<CacheReader, 'freshness'>;
const old = 86_400_000;

/** Connections whose last reading failed. */
export function failing(cache: Ages, connections: readonly string[]): FoundItems {
  const items = connections.flatMap((connection): Item[] => {
    const { lastFault } = cache.freshness(connection);
    if (lastFault === null) return [];
    const nobody = {
      ref: null,
      organization: null,
      name: null,
      cost: null,
      journalId: null,
      action: null,
      deadline: null,
    };
    const why = `could not be read: ${clause(lastFault.message)}`;
    const said = { why, brief: 'could not be read', next: clause(lastFault.next) };
    return [{ kind: 'connection', urgency: 'now', connection, ...nobody, ...said }];
  });
  return { items, total: items.length };
}

/** What could not be judged, or only by rows of long ago. */
export function missing(cache: Ages, connections: readonly string[], now: number): readonly Missing[] {
  return connections.flatMap((connection): Missing[] => {
    const { readAt, rows, resumable } = cache.freshness(connection);
    const next = `subdeck sync ${connection}`;
    if (readAt === null && rows === 0) {
      return [{ connection, message: `Nothing of ${connection} was read yet.`, next, nothing: true }];
    }
    if (readAt === null || resumable) {
      return [{ connection, message: `${connection} was read in part only.`, next, nothing: false }];
    }
    const age = now - Date.parse(readAt);
    if (age < old) return [];
    return [{ connection, message: `${connection} was last read ${lengthText(age)} ago.`, next, nothing: false }];
  });
}
