import { sortKey } from '../model/filter-fold.ts';
import type { Subscription } from '../model/subscription.ts';
import type { ChangesWriter } from './changes.ts';
import { rowColumns } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { ConnectionRow } from './connections-table.ts';
import type { Database } from './database.ts';
import type { DuplicatesWriter } from './duplicates-writer.ts';
import type { MissingMark, MissingMarks } from './missing-rows.ts';
import type { NodesWriter } from './nodes-writer.ts';
import { forgetUnranked, markUnranked } from './ranks.ts';
import { clearCells, setCells } from './row-cells.ts';
import { decodeStored, type EncodedReading, haystackOf, type StoredRow } from './row-codec.ts';
import { integer, text } from './sql-values.ts';
import type { StoredAnswers } from './stored-answers.ts';

/** Writes one subscription at a time, inside the caller's transaction. */
export interface RowsWriter {
  /** Returns its row number. `isNews`: a new row is a change worth reporting (an earlier sync run was complete). */
  keep(patch: Patch, connection: ConnectionRow, reading: EncodedReading, isNews: boolean): number;
  /** `isNews` as above; removing a connection records no changes. */
  remove(patch: Patch, connection: ConnectionRow, row: number, seenAt: string | null): void;
  /** Notes that a sync did not see a row, or (null) that there is nothing to note. */
  mark(patch: Patch, connection: ConnectionRow, row: number, mark: MissingMark | null, at: string): void;
}

interface Stored {
  readonly row: number;
  readonly encodedRow: string;
}

export function rowsWriter(
  database: Database,
  nodes: NodesWriter,
  changes: ChangesWriter,
  duplicates: DuplicatesWriter,
  missing: MissingMarks,
  answers: Pick<StoredAnswers, 'remove'>,
): RowsWriter {
  const find = database.statement('SELECT row, encoded_row FROM subscription WHERE id = ? AND connection = ?');
  const byRow = database.statement('SELECT row, id, encoded_row FROM subscription WHERE row = ?');
  const insert = database.statement(
    'INSERT INTO subscription (row, connection, id, sort, encoded_row) VALUES (?, ?, ?, ?, ?)',
  );
  const update = database.statement('UPDATE subscription SET sort = ?, encoded_row = ? WHERE row = ?');
  const putText = database.statement('INSERT OR REPLACE INTO haystack (row, text) VALUES (?, ?)');
  const putRaw = database.statement('INSERT OR REPLACE INTO raw (row, json) VALUES (?, ?)');
  const getRaw = database.statement('SELECT json FROM raw WHERE row = ?');
  const findHole = database.statement('SELECT row FROM hole LIMIT 1');

  function freeRow(patch: Patch): number {
    const hole = patch.mayHaveHoles ? findHole.get()?.row : undefined;
    patch.mayHaveHoles = hole !== undefined;
    if (hole !== undefined) {
      database.statement('DELETE FROM hole WHERE row = ?').run(integer(hole));
      return integer(hole);
    }
    const next = patch.meta('rows');
    patch.setMeta('rows', next + 1);
    return next;
  }

  function decode(connection: ConnectionRow, id: string, encodedRow: string): StoredRow {
    return decodeStored(encodedRow, { connection: connection.name, vendor: connection.vendor, id, readAt: 0 });
  }

  function add(patch: Patch, connection: ConnectionRow, { subscription, encodedRow, raw }: EncodedReading): number {
    const row = freeRow(patch);
    const sort = sortKey(subscription.name);
    markUnranked(database, patch, 'names', row, [sort, row]);
    markUnranked(database, patch, 'ids', row, [subscription.id, connection.code]);
    insert.run(row, connection.code, subscription.id, sort, encodedRow);
    putRaw.run(row, raw);
    putText.run(row, haystackOf(subscription));
    patch.wait(row);
    patch.countRows(connection.code, 1);
    setCells(patch, nodes, connection.code, row, subscription);
    duplicates.changed(patch, connection.code, subscription.id);
    return row;
  }

  function change(
    patch: Patch,
    connection: ConnectionRow,
    stored: Stored,
    encodedRow: string,
    after: Subscription,
  ): void {
    const { row } = stored;
    const before = decode(connection, after.id, stored.encodedRow);
    const sort = sortKey(after.name);
    if (sort !== sortKey(before.subscription.name)) markUnranked(database, patch, 'names', row, [sort, row]);
    update.run(sort, encodedRow, row);
    const haystack = haystackOf(after);
    if (haystack !== haystackOf(before.subscription)) {
      putText.run(row, haystack);
      patch.wait(row);
    }
    setCells(patch, nodes, connection.code, row, after);
    patch.touch('rows', row);
    changes.differed(connection.code, before, after, after.readAt);
  }

  return {
    keep(patch, connection, reading, isNews) {
      const { subscription, encodedRow, raw } = reading;
      const found = find.get(subscription.id, connection.code);
      let row: number;
      if (found === undefined) {
        row = add(patch, connection, reading);
        if (isNews) changes.appeared(connection.code, subscription, subscription.readAt);
      } else {
        const stored = { row: integer(found.row), encodedRow: text(found.encoded_row) };
        row = stored.row;
        if (encodedRow !== stored.encodedRow) change(patch, connection, stored, encodedRow, subscription);
        if (raw !== getRaw.get(row)?.json) putRaw.run(row, raw);
      }
      patch.setQuietly(rowColumns.readAt, row, Date.parse(subscription.readAt));
      return row;
    },

    remove(patch, connection, row, seenAt) {
      const found = byRow.get(row);
      if (found === undefined) return;
      if (seenAt !== null) {
        changes.gone(connection.code, decode(connection, text(found.id), text(found.encoded_row)).subscription, seenAt);
      }
      missing.clear(patch, connection.code, row);
      answers.remove(connection.code, text(found.id));
      for (const table of ['subscription', 'haystack', 'raw', 'pending'] as const) {
        database.statement(`DELETE FROM ${table} WHERE row = ?`).run(row);
      }
      forgetUnranked(database, 'names', row);
      forgetUnranked(database, 'ids', row);
      database.statement('INSERT INTO hole (row) VALUES (?)').run(row);
      patch.mayHaveHoles = true;
      patch.countRows(connection.code, -1);
      clearCells(patch, row);
      patch.touch('rows', row);
      duplicates.changed(patch, connection.code, text(found.id));
    },

    mark(patch, connection, row, mark, at) {
      const before = missing.of(row);
      const found = byRow.get(row);
      if (found === undefined || (before === null && mark === null)) return;
      if (mark === null) missing.clear(patch, connection.code, row);
      else missing.set(patch, connection.code, row, mark);
      const [from, to] = [before, mark].map((each) => (each === null || each.isThere ? null : each.since));
      if (from === to) return;
      patch.set('rows', rowColumns.missingSince, row, to == null ? Number.NaN : Date.parse(to));
      const { subscription } = decode(connection, text(found.id), text(found.encoded_row));
      changes.missing(connection.code, subscription, from ?? null, to ?? null, at);
    },
  };
}
