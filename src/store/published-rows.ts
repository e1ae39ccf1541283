import type { Published, PublishedPosition } from './cache-writer.ts';
import { nodeColumns, rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { ConnectionRow, ConnectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import type { MissingMarks } from './missing-rows.ts';
import { kinds } from './node-kinds.ts';
import type { NodesWriter } from './nodes-writer.ts';
import { encodedReading } from './row-codec.ts';
import type { RowsWriter } from './rows-writer.ts';
import { integer, text, textOrNull } from './sql-values.ts';
import { rowsOf } from './stored-runs.ts';

interface PublishedDeps {
  readonly database: Database;
  readonly connections: ConnectionsTable;
  readonly nodes: NodesWriter;
  readonly rows: RowsWriter;
  readonly missing: MissingMarks;
}

/** What other members of a team read, written inside the caller's transaction. */
export interface PublishedRows {
  take(patch: Patch, connection: ConnectionRow, of: Published): void;
  upTo(connection: string): PublishedPosition | null;
}

export function publishedRows({ database, connections, nodes, rows, missing }: PublishedDeps): PublishedRows {
  const rowOf = database.statement('SELECT row FROM subscription WHERE id = ? AND connection = ?');
  const idOf = database.statement('SELECT id FROM subscription WHERE row = ?');
  const nodeOf = database.statement('SELECT code FROM node WHERE connection = ? AND kind = ? AND id = ?');
  const unlist = database.statement('UPDATE node SET sync_run = NULL WHERE code = ?');
  const position = database.statement(
    `SELECT line, number, ended FROM published JOIN connection ON code = published.connection WHERE name = ?`,
  );
  const setPosition = database.statement(
    'INSERT OR REPLACE INTO published (connection, line, number, ended) VALUES (?, ?, ?, ?)',
  );

  function keep(patch: Patch, connection: ConnectionRow, row: Published['rows'][number]): void {
    const { subscription, missingSince } = row;
    const found = rowOf.get(subscription.id, connection.code);
    const isOlder =
      found !== undefined && patch.get(rowColumns.readAt, integer(found.row)) > Date.parse(subscription.readAt);
    if (isOlder) return;
    const kept = rows.keep(patch, connection, encodedReading(row), connection.readAt !== null);
    const mark = missingSince === null ? null : { since: missingSince, isThere: false };
    if (mark !== null || missing.any()) rows.mark(patch, connection, kept, mark, subscription.readAt);
  }

  function remove(patch: Patch, connection: ConnectionRow, row: number, at: number): void {
    // It was read here since then, and there.
    if (patch.get(rowColumns.readAt, row) > at) return;
    rows.remove(patch, connection, row, new Date(at).toISOString());
  }

  function removeOthers(patch: Patch, connection: ConnectionRow, only: ReadonlySet<string>, at: number): void {
    for (const row of rowsOf(database, connection, null)) {
      if (!only.has(text(idOf.get(row)?.id))) remove(patch, connection, row, at);
    }
  }

  /** The run saw every row that is there and not missing: rows that did not change are as new as it is. */
  function renew(patch: Patch, connection: ConnectionRow, readAt: number): void {
    const marks = missing.all();
    for (const row of rowsOf(database, connection, null)) {
      if (marks.has(row) || patch.get(rowColumns.readAt, row) >= readAt) continue;
      patch.setQuietly(rowColumns.readAt, row, readAt);
    }
  }

  return {
    upTo(connection) {
      const found = position.get(connection);
      if (found === undefined) return null;
      return { line: text(found.line), number: integer(found.number), ended: textOrNull(found.ended) };
    },
    take(patch, connection, { rows: news, nodes: facts, gone, unlisted, only, ended, position: next }) {
      nodes.list(patch, connection.code, facts, 0);
      for (const row of news) keep(patch, connection, row);
      for (const { id, at } of gone) {
        const found = rowOf.get(id, connection.code);
        if (found !== undefined) remove(patch, connection, integer(found.row), at);
      }
      for (const { level, id } of unlisted) {
        const node = nodeOf.get(connection.code, kinds[level], id);
        if (node === undefined) continue;
        patch.set('nodes', nodeColumns.listed, integer(node.code), 0);
        unlist.run(integer(node.code));
      }
      if (ended !== null) {
        if (only !== null && ended.readAt !== null) removeOthers(patch, connection, only, ended.readAt);
        if (ended.readAt !== null) renew(patch, connection, ended.readAt);
        const readAt = ended.readAt === null ? null : new Date(ended.readAt).toISOString();
        connections.ended(connection.code, { readAt, fault: ended.fault });
      }
      if (next !== null) setPosition.run(connection.code, next.line, next.number, next.ended);
    },
  };
}
