import type { DatabaseSync } from 'node:sqlite';
import { startPatch } from './column-patch.ts';
import { connectionsTable } from './connections-table.ts';
import { databaseOn } from './database.ts';
import { nodesWriter } from './nodes-writer.ts';
import { setOwnCells } from './row-cells.ts';
import { decodeRow } from './row-codec.ts';
import { DamagedError, integer, text } from './sql-values.ts';

/** Gives each row the cells that this version keeps of it, from the row's own text. Inside the caller's transaction. */
export function fillCells(sqlite: DatabaseSync): void {
  const database = databaseOn(sqlite);
  const connections = new Map(
    connectionsTable(database)
      .all()
      .map((connection) => [connection.code, connection]),
  );
  const nodes = nodesWriter(database);
  const patch = startPatch(database);
  for (const { row, connection, id, encoded_row } of database
    .statement('SELECT row, connection, id, encoded_row FROM subscription ORDER BY row')
    .iterate()) {
    const known = connections.get(integer(connection));
    if (known === undefined) throw new DamagedError('a row belongs to no connection');
    const origin = { connection: known.name, vendor: known.vendor, id: text(id), readAt: 0 };
    setOwnCells(patch, nodes, integer(row), decodeRow(text(encoded_row), origin));
  }
  patch.flush();
}
