import { lengthText } from '../model/calendar.ts';
import { clause } from '../model/clause.ts';
import { fieldOf } from '../model/field-names.ts';
import { shellWord } from '../model/shell-word.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { living, type RowsOf } from './cache-items.ts';
import type { FoundItems, Item } from './item.ts';

/** Why some data is missing or outdated. */
export interface Missing {
  readonly connection: string;
  readonly message: string;
  readonly next: string;
  /** Something is not judged that is there, or should be: more than that it is old. */
  readonly isGap: boolean;
}

type Ages = Pick<CacheReader, 'freshness'>;
const old = 86_400_000;

/** Connections whose last sync failed. */
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
    const happened = clause(lastFault.message);
    const told =
      lastFault.kind === 'partial'
        ? { why: happened, brief: 'was read only partly' }
        : { why: `could not be read: ${happened}`, brief: 'could not be read' };
    const said = { ...told, next: clause(lastFault.next) };
    return [{ kind: 'connection', urgency: 'now', connection, ...nobody, ...said }];
  });
  return { items, total: items.length };
}

/** Data that is missing or outdated. */
export function missing(cache: Ages & RowsOf, connections: readonly string[], now: number): readonly Missing[] {
  return [...connections.flatMap((connection) => unread(cache, connection, now)), ...undated(cache, connections)];
}

function unread(cache: Ages, connection: string, now: number): readonly Missing[] {
  const { readAt, rows, resumable } = cache.freshness(connection);
  const next = `subdeck sync ${shellWord(connection)}`;
  if (readAt === null && rows === 0) {
    return [{ connection, message: `${connection} has not been read yet.`, next, isGap: true }];
  }
  if (readAt === null || resumable) {
    return [{ connection, message: `${connection} was read only partly.`, next, isGap: false }];
  }
  const age = now - Date.parse(readAt);
  if (age < old) return [];
  return [{ connection, message: `${connection} was last read ${lengthText(age)} ago.`, next, isGap: false }];
}

/** Subscriptions that may run out any day: their dates cannot be read. */
function undated(cache: RowsOf, connections: readonly string[]): readonly Missing[] {
  return (['ends', 'cancel'] as const).flatMap((field) => {
    const unreadable = (among: readonly string[]) =>
      cache.subscriptionWindow({
        ...{ scope: [], connections: among, filter: living, search: null, sort: [], distinct: true },
        ...{ unreadable: [field], offset: 0, limit: 1 },
      });
    if (unreadable(connections).total === 0) return [];
    return connections.flatMap((connection): readonly Missing[] => {
      const { rows, total } = unreadable([connection]);
      const [first] = rows;
      if (first === undefined) return [];
      const what = `The ${fieldOf(field).names.label} of ${total} ${total === 1 ? 'subscription' : 'subscriptions'} of ${connection}`;
      const next = `subdeck subscription show ${shellWord(first.ref)}`;
      return [{ connection, message: `${what} cannot be read.`, next, isGap: true }];
    });
  });
}
