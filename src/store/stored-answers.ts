import type { KeptRead, ProductPlace, ReadValue, SubscriptionRead } from '../api/contract.ts';
import type { AccountKey } from '../model/account.ts';
import { limits } from '../model/limits.ts';
import type { Database } from './database.ts';
import { diskReserve } from './disk-reserve.ts';
import { integer, text } from './sql-values.ts';

export type { ProductPlace, ReadValue, SubscriptionRead };

/** The subject of an answer: one subscription, or the products of a place. */
export type AnswerKey =
  | { readonly connection: string; readonly read: SubscriptionRead; readonly id: string }
  | { readonly connection: string; readonly read: 'products'; readonly place: ProductPlace };

/** What a vendor answered, with licence keys masked. */
export type NewAnswer = AnswerKey & {
  /** The account that answered: an answer is never shown for another account. */
  readonly account: AccountKey;
  /** Milliseconds, before the request. */
  readonly askedAt: number;
  readonly value: ReadValue<KeptRead>;
};

export interface StoredAnswer {
  readonly value: unknown;
  /** ISO 8601 UTC. */
  readonly readAt: string;
  /** A write was sent for the subscription since. */
  readonly isOutdated: boolean;
  /** The connection that it was read through: this one, or another one of its account. */
  readonly through: string;
}

export type AnswerAge = Pick<StoredAnswer, 'readAt' | 'isOutdated'>;

/** The result of storing an answer, and of older ones that were dropped for it. */
export interface Keeping {
  /**
   * True: the cache has this answer, or one that was asked for later. False: it is too large, its subscription is not in the
   * cache, or the file cannot be written.
   */
  readonly isKept: boolean;
  /** When the newest of those that were dropped was read, in milliseconds; null: none was dropped. */
  readonly droppedUntil: number | null;
}

export const notKeptAtAll: Keeping = { isKept: false, droppedUntil: null };

/** Answers of single reads. Bounded: the oldest are dropped. Writes are part of the caller's transaction. */
export interface StoredAnswers {
  find(key: AnswerKey): StoredAnswer | null;
  /** Of one subscription, by what was read: the latest through any connection of the account. */
  ages(connection: string, id: string): ReadonlyMap<string, AnswerAge>;
  /** An answer that was asked for earlier never replaces a later one of the same account. `now`: a later time is of a wrong clock. */
  keep(answer: NewAnswer, now: number): Keeping;
  /** All answers about a subscription until now, through any connection of the account, may be out of date. */
  outdate(connection: string, id: string, now: number): void;
  /** With its row. */
  remove(connection: number, id: string): void;
}

/** Those of one connection and, of a subscription, of the others of its account; those that are right come first. */
const answers = `
  FROM connection AS own
  JOIN connection AS other ON other.code = own.code OR (? <> '' AND other.account = own.account)
  JOIN answer ON answer.connection = other.code AND answer.account IS own.account`;
const rightFirst = 'ORDER BY answer.outdated > answer.read_at, other.code <> own.code, answer.read_at DESC';

/** Shares of `allBytes`. `look`: after so much the sum is taken again, since other processes write too. `left`: when some had to go. */
const shares = { look: 1 / 256, left: 0.95 };

export function storedAnswersOn(database: Database, bounds: typeof limits.answers = limits.answers): StoredAnswers {
  const one = database.statement(
    `SELECT answer.json, answer.read_at, answer.outdated, other.name ${answers}
     AND answer.id = ? AND answer.read = ? AND answer.place = ? WHERE own.name = ? ${rightFirst} LIMIT 1`,
  );
  const times = database.statement(
    `SELECT answer.read, answer.read_at, answer.outdated ${answers} AND answer.id = ? WHERE own.name = ? ${rightFirst}`,
  );
  const account = database.statement('SELECT code, account FROM connection WHERE name = ?');
  const row = database.statement('SELECT 1 FROM subscription WHERE id = ? AND connection = ?');
  const put = database.statement(
    `INSERT INTO answer (connection, id, read, place, account, read_at, outdated, bytes, json)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
     ON CONFLICT (connection, id, read, place) DO UPDATE SET account = excluded.account, read_at = excluded.read_at,
     outdated = min(answer.outdated, ?), bytes = excluded.bytes, json = excluded.json
     WHERE excluded.account <> answer.account OR excluded.read_at >= answer.read_at OR answer.read_at > ?`,
  );
  const mark = database.statement(
    `UPDATE answer SET outdated = max(?, read_at + 1) WHERE id = ? AND connection IN (
       SELECT other.code FROM connection AS own
       JOIN connection AS other ON other.code = own.code OR other.account = own.account WHERE own.name = ?)`,
  );
  const removeAll = database.statement('DELETE FROM answer WHERE connection = ? AND id = ?');
  const sum = database.statement('SELECT coalesce(sum(bytes), 0) AS bytes FROM answer');
  const reserve = diskReserve(database);
  let written = Number.POSITIVE_INFINITY;

  /** Drops the oldest once all together are too large. */
  function makeRoom(): number | null {
    if (written < bounds.allBytes * shares.look) return null;
    written = 0;
    let left = integer(sum.get()?.bytes);
    if (left <= bounds.allBytes) return null;
    let until: number | null = null;
    const old: number[] = [];
    const oldest = database.statement('SELECT rowid, read_at, bytes FROM answer ORDER BY read_at').iterate();
    for (const answer of oldest) {
      if (left <= bounds.allBytes * shares.left) break;
      left -= integer(answer.bytes);
      until = integer(answer.read_at);
      old.push(integer(answer.rowid));
    }
    const drop = database.statement('DELETE FROM answer WHERE rowid = ?');
    for (const rowid of old) drop.run(rowid);
    return until;
  }

  return {
    find(key) {
      const { id, place } = columnsOf(key);
      const found = one.get(id, id, key.read, place, key.connection);
      if (found === undefined) return null;
      const value = parsedOrNone(text(found.json));
      return value === none ? null : { value, ...ageOf(found), through: text(found.name) };
    },
    ages(connection, id) {
      const ages = new Map<string, AnswerAge>();
      for (const found of times.all(id, id, connection).toReversed()) ages.set(text(found.read), ageOf(found));
      return ages;
    },
    keep(answer, now) {
      const { connection, read, account: asked, askedAt, value } = answer;
      const json = JSON.stringify(value);
      const bytes = Buffer.byteLength(json);
      const owner = account.get(connection);
      // The connection may have another account by now, and the subscription may be removed.
      if (bytes > bounds.bytes || owner === undefined || owner.account !== asked) return notKeptAtAll;
      const { id, place } = columnsOf(answer);
      if (read !== 'products' && row.get(id, integer(owner.code)) === undefined) return notKeptAtAll;
      reserve(bytes);
      const { changes } = put.run(integer(owner.code), id, read, place, asked, askedAt, bytes, json, now, now);
      if (changes === 0) return { isKept: true, droppedUntil: null };
      written += bytes;
      return { isKept: true, droppedUntil: makeRoom() };
    },
    outdate: (connection, id, now) => void mark.run(now, id, connection),
    remove: (connection, id) => void removeAll.run(connection, id),
  };
}

/** A place has no id; ids are never empty. */
function columnsOf(key: AnswerKey): { readonly id: string; readonly place: string } {
  if (key.read !== 'products') return { id: key.id, place: '' };
  const { reseller, organization, service } = key.place;
  return { id: '', place: JSON.stringify([reseller, organization, service]) };
}

function ageOf({ read_at, outdated }: Readonly<Record<string, unknown>>): AnswerAge {
  return { readAt: new Date(integer(read_at)).toISOString(), isOutdated: integer(outdated) > integer(read_at) };
}

const none = Symbol('none');

/** An unreadable answer is treated as missing and read again. */
function parsedOrNone(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return none;
  }
}
