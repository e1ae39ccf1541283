import { lengthText } from '../model/calendar.ts';
import { clause } from '../model/clause.ts';
import { fieldOf } from '../model/field-names.ts';
import { shellWord } from '../model/shell-word.ts';
import type { CacheReader } from '../query/cache-reader.ts';
import { living, type RowsOf } from './cache-items.ts';
import type { FoundItem, FoundItems } from './item.ts';
import { type ItemNext, step } from './next-step.ts';

/** Why some data is missing or outdated. */
export interface Missing {
  readonly connection: string;
  readonly message: string;
  /** The command that fixes it. */
  readonly next: string;
  /** Something is not judged that is there, or should be: more than that it is old. */
  readonly isGap: boolean;
}

/** The same with what a line of Today needs. */
interface MissingPart extends Missing {
  readonly step: ItemNext;
  readonly state: FoundItem['state'];
}

type Ages = Pick<CacheReader, 'freshness'>;
const old = 86_400_000;

const nobody = { ref: null, organization: null, name: null, row: null, journalId: null, deadline: null } as const;

/** Connections whose last sync failed. */
export function failing(cache: Ages, connections: readonly string[]): FoundItems {
  const items = connections.flatMap((connection): FoundItem[] => {
    const { lastFault, readAt, missing } = cache.freshness(connection);
    if (lastFault === null) return [];
    const happened = clause(lastFault.message);
    const told =
      lastFault.kind === 'partial'
        ? { why: happened, brief: 'was read only partly' }
        : { why: `could not be read: ${happened}`, brief: 'could not be read' };
    return [
      {
        ...{ kind: 'connection', urgency: 'now', connection, ...nobody, ...told },
        next: step('Try again', `sync ${shellWord(connection)}`, 'r', 'refresh'),
        advice: clause(lastFault.next),
        // A failure after a success is a new item.
        state: [lastFault.kind, missing?.since ?? readAt],
      },
    ];
  });
  return { items, total: items.length };
}

/** Missing information, one line each; a failing connection has its own line. */
export function unread(cache: Ages & RowsOf, connections: readonly string[], now: number): FoundItems {
  const items = parts(cache, connections, now)
    .filter(({ connection, isGap }) => isGap || cache.freshness(connection).lastFault === null)
    .map(
      ({ connection, message, isGap, step: next, state }): FoundItem => ({
        ...{ kind: 'unread', urgency: 'soon', connection, ...nobody },
        ...{ why: clause(message), brief: isGap ? 'is unknown' : 'is old', next, advice: null, state },
      }),
    );
  return { items, total: items.length };
}

/** Data that is missing or outdated. */
export function missing(cache: Ages & RowsOf, connections: readonly string[], now: number): readonly Missing[] {
  return parts(cache, connections, now).map(({ connection, message, next, isGap }) => ({
    ...{ connection, message, next, isGap },
  }));
}

function parts(cache: Ages & RowsOf, connections: readonly string[], now: number): readonly MissingPart[] {
  return [...connections.flatMap((connection) => neverRead(cache, connection, now)), ...undated(cache, connections)];
}

function neverRead(cache: Ages, connection: string, now: number): readonly MissingPart[] {
  const { readAt, rows, resumable } = cache.freshness(connection);
  const next = step('Read it', `sync ${shellWord(connection)}`, 'r', 'refresh');
  const part = (message: string, isGap: boolean, ...state: FoundItem['state']): readonly MissingPart[] => [
    { connection, message, next: next.words, isGap, step: next, state },
  ];
  if (readAt === null && rows === 0) return part(`${connection} has not been read yet.`, true, 'never');
  if (readAt === null || resumable) return part(`${connection} was read only partly.`, false, 'in part', readAt);
  const age = now - Date.parse(readAt);
  return age < old ? [] : part(`${connection} was last read ${lengthText(age)} ago.`, false, 'old', readAt);
}

/** Subscriptions whose unreadable dates are told apart. */
const mostTold = 1_000;

/** Subscriptions that may run out any day: their dates cannot be read. */
function undated(cache: RowsOf, connections: readonly string[]): readonly MissingPart[] {
  return (['ends', 'cancel'] as const).flatMap((field) => {
    const unreadable = (among: readonly string[], limit: number) =>
      cache.subscriptionWindow({
        ...{ scope: [], connections: among, filter: living, search: null, sort: [], distinct: true },
        ...{ unreadable: [field], offset: 0, limit },
      });
    if (unreadable(connections, 1).total === 0) return [];
    return connections.flatMap((connection): readonly MissingPart[] => {
      const { rows, total } = unreadable([connection], mostTold);
      const [first] = rows;
      if (first === undefined) return [];
      const what = `The ${fieldOf(field).names.label} of ${total} ${total === 1 ? 'subscription' : 'subscriptions'} of ${connection}`;
      const next = step('See the first', `subscription show ${shellWord(first.ref)}`, 'Enter', 'why');
      // Another subscription is another item.
      const state = ['undated', field, String(total), ...rows.map(({ id }) => id).toSorted()];
      return [{ connection, message: `${what} cannot be read.`, next: next.words, isGap: true, step: next, state }];
    });
  });
}
