import { formatReference } from '../model/reference.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import { pieceLimit, pieceSize, rowColumns } from '../store/column-layout.ts';
import type { Database } from '../store/database.ts';
import { missingMarks } from '../store/missing-rows.ts';
import { decodeRow } from '../store/row-codec.ts';
import { bytes, DamagedError, integer, parsed, text } from '../store/sql-values.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { Duplicates } from './duplicates.ts';

/** Complete subscriptions, by row number or by id. */
export interface RowsReader {
  /** Null if the row is empty. */
  subscription(row: number): CachedSubscription | null;
  rowOf(connection: string, id: string): number | null;
  raw(row: number): JsonObject | null;
}

export function rowsReaderOn(database: Database, snapshot: ColumnSnapshot, duplicates: Duplicates): RowsReader {
  const byRow = database.statement('SELECT connection, id, encoded_row FROM subscription WHERE row = ?');
  const byId = database.statement(
    'SELECT row FROM subscription JOIN connection ON code = connection WHERE subscription.id = ? AND name = ?',
  );
  const rawByRow = database.statement('SELECT json FROM raw WHERE row = ?');
  const marks = missingMarks(database);
  const sameId = database.statement('SELECT connection FROM subscription WHERE id = ?');
  const readTimes = database.statement('SELECT substr(data, ?, 8) AS cell FROM part WHERE place = ?');

  function readAt(row: number): number {
    const place = rowColumns.readAt.key * pieceLimit + Math.floor(row / pieceSize);
    const cell = bytes(readTimes.get((row % pieceSize) * 8 + 1, place)?.cell);
    const time = new DataView(cell.buffer, cell.byteOffset).getFloat64(0, true);
    if (Number.isNaN(new Date(time).getTime())) throw new DamagedError('the time of a read is invalid');
    return time;
  }

  /** The same subscription through other connections. */
  function sameAs(connection: number, id: string): readonly string[] {
    const account = duplicates.shared().get(connection);
    if (account === undefined) return [];
    const codes = new Set(sameId.all(id).map((row) => row.connection));
    const others = account.filter(({ code }) => code !== connection && codes.has(code));
    return others.map(({ name }) => formatReference({ connection: name, id }));
  }

  return {
    subscription(row) {
      const found = byRow.get(row);
      if (found === undefined) return null;
      const connection = snapshot.connection(integer(found.connection));
      if (connection === null) throw new DamagedError('a row belongs to no connection');
      const { code, name, vendor } = connection;
      const id = text(found.id);
      const subscription = decodeRow(text(found.encoded_row), { connection: name, vendor, id, readAt: readAt(row) });
      const mark = marks.of(row);
      return { ...subscription, sameAs: sameAs(code, id), missingSince: mark?.isThere === false ? mark.since : null };
    },
    rowOf(connection, id) {
      const row = byId.get(id, connection)?.row;
      return row === undefined ? null : integer(row);
    },
    raw(row) {
      const found = rawByRow.get(row);
      return found === undefined ? null : parsed<JsonObject>(found.json);
    },
  };
}
