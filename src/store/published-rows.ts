import type { Clock } from '../model/clock.ts';
import type { Published, PublishedCopy, PublishedProgress } from './cache-writer.ts';
import { nodeColumns, rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { ConnectionRow, ConnectionsTable } from './connections-table.ts';
import type { Database } from './database.ts';
import { diskReserve } from './disk-reserve.ts';
import type { MissingMarks } from './missing-rows.ts';
import { kinds } from './node-kinds.ts';
import type { NodesWriter } from './nodes-writer.ts';
import { type EncodedReading, encodedReading } from './row-codec.ts';
import type { RowsWriter } from './rows-writer.ts';
import { integer, parsed, text, textOrNull } from './sql-values.ts';
import { dropStoredRun, markSeen, rowsOf, seenRows } from './stored-runs.ts';

interface PublishedDeps {
  readonly database: Database;
  readonly connections: ConnectionsTable;
  readonly nodes: NodesWriter;
  readonly rows: RowsWriter;
  readonly missing: MissingMarks;
  readonly clock: Pick<Clock, 'now'>;
}

/** What other members of a team read, written inside the caller's transaction. */
export interface PublishedRows {
  take(patch: Patch, connection: ConnectionRow, of: Published): boolean;
  progress(connection: string): PublishedProgress;
}

/** The scope of a copy among sync runs: it keeps which rows it brought, and from where it goes on, as they do. */
const copyScope = 'published';

export function publishedRows({ database, connections, nodes, rows, missing, clock }: PublishedDeps): PublishedRows {
  const rowOf = database.statement('SELECT row FROM subscription WHERE id = ? AND connection = ?');
  const nodeOf = database.statement('SELECT code FROM node WHERE connection = ? AND kind = ? AND id = ?');
  const unlist = database.statement('UPDATE node SET sync_run = NULL WHERE code = ?');
  const position = database.statement(
    `SELECT line, number, ended FROM published JOIN connection ON code = published.connection WHERE name = ?`,
  );
  const setPosition = database.statement(
    'INSERT OR REPLACE INTO published (connection, line, number, ended) VALUES (?, ?, ?, ?)',
  );
  const copyUnderWay = database.statement(
    'SELECT sync_run.id, resume FROM sync_run JOIN connection ON code = connection WHERE name = ? AND scope = ?',
  );
  const beginCopy = database.statement('INSERT INTO sync_run (connection, scope, started) VALUES (?, ?, ?)');
  const setResume = database.statement('UPDATE sync_run SET resume = ? WHERE id = ?');
  const reserve = diskReserve(database);

  /** Null: another program ended it, or began another one in another file. */
  function copyOf(connection: ConnectionRow, { isFirst }: PublishedCopy): number | null {
    const found = copyUnderWay.get(connection.name, copyScope);
    if (!isFirst) return found === undefined ? null : integer(found.id);
    if (found !== undefined) dropStoredRun(database, integer(found.id));
    return Number(beginCopy.run(connection.code, copyScope, clock.now()).lastInsertRowid);
  }

  function keep(patch: Patch, connection: ConnectionRow, row: EncodedReading, missingSince: string | null): void {
    const { subscription } = row;
    const found = rowOf.get(subscription.id, connection.code);
    const isOlder =
      found !== undefined && patch.get(rowColumns.readAt, integer(found.row)) > Date.parse(subscription.readAt);
    if (isOlder) return;
    const kept = rows.keep(patch, connection, row, connection.readAt !== null);
    const mark = missingSince === null ? null : { since: missingSince, isThere: false };
    if (mark !== null || missing.any()) rows.mark(patch, connection, kept, mark, subscription.readAt);
  }

  function remove(patch: Patch, connection: ConnectionRow, row: number, at: number): void {
    // It was read here since then, and there.
    if (patch.get(rowColumns.readAt, row) > at) return;
    rows.remove(patch, connection, row, new Date(at).toISOString());
  }

  function removeOthers(patch: Patch, connection: ConnectionRow, copy: number, at: number): void {
    const named = seenRows(database, copy);
    for (const row of rowsOf(database, connection, null)) if (!named.has(row)) remove(patch, connection, row, at);
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
    progress(connection) {
      const found = position.get(connection);
      const resume = copyUnderWay.get(connection, copyScope)?.resume;
      return {
        upTo:
          found === undefined
            ? null
            : { line: text(found.line), number: integer(found.number), ended: textOrNull(found.ended) },
        copied: resume === undefined || resume === null ? null : parsed(text(resume)),
      };
    },
    take(patch, connection, { rows: news, nodes: facts, gone, unlisted, copy, ended, position: next }) {
      const run = copy === null ? null : copyOf(connection, copy);
      if (copy !== null && run === null) return false;
      const readings = news.map(encodedReading);
      reserve(readings.reduce((sum, { encodedRow, raw }) => sum + encodedRow.length + raw.length, 0));
      nodes.list(patch, connection.code, facts, 0);
      for (const [nth, row] of readings.entries()) keep(patch, connection, row, news[nth]?.missingSince ?? null);
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
      if (copy !== null && run !== null) {
        const named = copy.ids.map((id) => rowOf.get(id, connection.code)?.row).filter((row) => row !== undefined);
        markSeen(database, run, named.map(integer));
      }
      if (ended !== null) {
        if (run !== null && ended.readAt !== null) removeOthers(patch, connection, run, ended.readAt);
        if (ended.readAt !== null) renew(patch, connection, ended.readAt);
        const readAt = ended.readAt === null ? null : new Date(ended.readAt).toISOString();
        connections.ended(connection.code, { readAt, fault: ended.fault });
      }
      if (run !== null && copy?.isLast === false) {
        setResume.run(JSON.stringify({ line: next.line, number: next.number }), run);
        return true;
      }
      if (run !== null) dropStoredRun(database, run);
      setPosition.run(connection.code, next.line, next.number, next.ended);
      return true;
    },
  };
}
