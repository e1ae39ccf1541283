import { allFields } from '../model/field-names.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Database } from './database.ts';
import type { StoredRow } from './row-codec.ts';
import { integer, text, textOrNull } from './sql-values.ts';

const keptFor = 400 * 86_400_000;

/** What a person wants to see the changes of, as short texts. */
const compared = allFields
  .filter(({ use }) => use.includes('compare'))
  .flatMap((field) => {
    const texts = field.value.changes ?? { [field.property]: field.value.cell };
    return Object.entries(texts).map(([name, read]) => ({ field, name, read }));
  });

/** What differed between two readings of the same subscription, and that it appeared or disappeared. */
export interface ChangesWriter {
  differed(connection: number, before: StoredRow, after: Subscription, at: string): void;
  appeared(connection: number, after: Subscription, at: string): void;
  gone(connection: number, before: Subscription, at: string): void;
  /** A sync stopped seeing it, or one sees it again. Null: it is there. */
  missing(connection: number, of: Subscription, from: string | null, to: string | null, at: string): void;
  /** Drops what is older than 400 days. */
  trim(now: number): void;
}

export function changesWriter(database: Database): ChangesWriter {
  const insert = database.statement(
    'INSERT INTO change (connection, id, name, field, before, after, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    differed(connection, before, after, at) {
      for (const { field, name, read } of compared) {
        if (!before.holds(field)) continue;
        const [from, to] = [read(before.subscription), read(after)];
        if (from !== to) insert.run(connection, after.id, after.name, name, from, to, at);
      }
    },
    appeared: (connection, { id, name }, at) => {
      insert.run(connection, id, name, 'subscription', null, 'here', at);
    },
    gone: (connection, { id, name }, at) => {
      insert.run(connection, id, name, 'subscription', 'here', null, at);
    },
    missing: (connection, { id, name }, from, to, at) => {
      insert.run(connection, id, name, 'missingSince', from, to, at);
    },
    trim(now) {
      database.statement('DELETE FROM change WHERE seen_at < ?').run(new Date(now - keptFor).toISOString());
    },
  };
}

/** Changes, the latest first. */
export function changesOf(database: Database, query: ChangeQuery): readonly Change[] {
  const [where, values] =
    'id' in query
      ? ['connection.name = ? AND change.id = ?', [query.connection, query.id]]
      : ['change.seen_at >= ?', [query.since]];
  const rows = database
    .statement(
      `SELECT connection.name AS connection, change.id, change.name, field, before, after, seen_at, seq
       FROM change JOIN connection ON code = connection WHERE ${where} ORDER BY seen_at DESC, seq DESC LIMIT ?`,
    )
    .all(...values, query.limit ?? -1);
  const only = 'id' in query ? null : query.connections;
  return rows
    .map((row) => ({
      connection: text(row.connection),
      id: text(row.id),
      ref: `${text(row.connection)}/${text(row.id)}`,
      name: text(row.name),
      field: text(row.field),
      from: textOrNull(row.before),
      to: textOrNull(row.after),
      seenAt: text(row.seen_at),
      order: integer(row.seq),
    }))
    .filter(({ connection }) => only === null || only.includes(connection))
    .map(({ order: _, ...change }) => change);
}

export type ChangeQuery = (
  | { readonly connection: string; readonly id: string }
  /** ISO 8601 UTC; null: all connections. */
  | { readonly since: string; readonly connections: readonly string[] | null }
) & {
  /** Looks at no more than the latest ones; absent: all. */
  readonly limit?: number;
};

/**
 * A field, by its name in the JSON, that two readings of a subscription gave differently. Field `subscription` with
 * `to: 'here'` is a subscription that appeared after the first complete sync run, with `to: null` one that disappeared.
 */
export interface Change {
  readonly ref: string;
  readonly connection: string;
  readonly id: string;
  readonly name: string;
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
  /** When Subdeck saw it, ISO 8601 UTC. */
  readonly seenAt: string;
}
