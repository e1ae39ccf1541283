import { type Cells, type Column, pieceLimit, pieceSize, type Space, spaces } from './column-layout.ts';
import type { Database, MetaName } from './database.ts';
import type { RankName } from './rank-keys.ts';
import { bytes, integer } from './sql-values.ts';

/** Changes to column cells inside one transaction; `flush` writes the changed pieces. */
export interface Patch {
  get(column: Column<Cells>, item: number): number;
  /** The cells of the piece that contains an item. Must not be changed. */
  cells(column: Column<Cells>, item: number): Cells;
  set(space: Space, column: Column<Cells>, item: number, value: number): void;
  /** Like `set`, for values that no window depends on (a row's read time): `shape` is unchanged. */
  setQuietly(column: Column<Cells>, item: number, value: number): void;
  /** Something that windows show changed, besides the cells set here. */
  touch(space: Space, item: number): void;
  /** A text order changed. */
  reorder(name: RankName): void;
  /** A row's text waits to be indexed. */
  wait(row: number): void;
  /** A connection has this many rows more. */
  countRows(connection: number, more: number): void;
  /** False once this transaction found no free number. */
  mayHaveHoles: boolean;
  /** The shape after this transaction. */
  readonly shape: number;
  /** As the database's own, read and written once a transaction. */
  meta(name: MetaName): number;
  setMeta(name: MetaName, value: number): void;
  flush(): void;
}

interface Piece {
  readonly cells: Cells;
  dirty: boolean;
}

export function startPatch(database: Database): Patch {
  const select = database.statement('SELECT data FROM part WHERE place = ?');
  const insert = database.statement('INSERT OR REPLACE INTO part (place, data) VALUES (?, ?)');
  const mark = database.statement('INSERT OR REPLACE INTO segment (place, shape) VALUES (?, ?)');
  const wait = database.statement('INSERT OR REPLACE INTO pending (row, shape) SELECT value, ? FROM json_each(?)');
  const count = database.statement('UPDATE connection SET rows = rows + ? WHERE code = ?');
  const pieces = new Map<number, Piece>();
  const touched = new Set<number>();
  const reordered = new Set<RankName>();
  const waiting: number[] = [];
  const counted = new Map<number, number>();
  const numbers = new Map<MetaName, { value: number; dirty: boolean }>();
  const shape = database.meta('shape') + 1;

  /** Rows mostly come in sequence: each column's last piece is found without a look-up. */
  const latest: { readonly place: number; readonly piece: Piece }[] = [];

  function piece(column: Column<Cells>, item: number): Piece {
    const place = column.key * pieceLimit + Math.floor(item / pieceSize);
    const last = latest[column.key];
    if (last?.place === place) return last.piece;
    const found = pieces.get(place) ?? load(column, place);
    latest[column.key] = { place, piece: found };
    return found;
  }

  function load({ width, make }: Column<Cells>, place: number): Piece {
    const data = select.get(place)?.data;
    const stored = data === undefined ? null : bytes(data);
    const buffer = new ArrayBuffer(pieceSize * width);
    if (stored !== null) new Uint8Array(buffer).set(stored.subarray(0, buffer.byteLength));
    const fresh = { cells: stored === null ? make(pieceSize) : make(buffer), dirty: false };
    pieces.set(place, fresh);
    return fresh;
  }

  function setQuietly(column: Column<Cells>, item: number, value: number): boolean {
    const found = piece(column, item);
    const index = item % pieceSize;
    if (Object.is(found.cells[index], value)) return false;
    found.cells[index] = value;
    found.dirty = true;
    return true;
  }

  function touch(space: Space, item: number): void {
    touched.add(spaces[space] + Math.floor(item / pieceSize));
  }

  return {
    shape,
    mayHaveHoles: true,
    wait: (row) => void waiting.push(row),
    countRows: (connection, more) => void counted.set(connection, (counted.get(connection) ?? 0) + more),
    meta(name) {
      const known = numbers.get(name) ?? { value: database.meta(name), dirty: false };
      numbers.set(name, known);
      return known.value;
    },
    setMeta: (name, value) => void numbers.set(name, { value, dirty: true }),
    touch,
    setQuietly,
    reorder: (name) => void reordered.add(name),
    cells: (column, item) => piece(column, item).cells,
    get: (column, item) => integer(piece(column, item).cells[item % pieceSize]),
    set(space, column, item, value) {
      if (setQuietly(column, item, value)) touch(space, item);
    },
    flush() {
      for (const [place, { cells, dirty }] of pieces) {
        if (dirty) insert.run(place, new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength));
      }
      for (const place of touched) mark.run(place, shape);
      if (waiting.length > 0) wait.run(shape, JSON.stringify(waiting));
      for (const [connection, more] of counted) count.run(more, connection);
      for (const [name, { value, dirty }] of numbers) if (dirty) database.setMeta(name, value);
      for (const name of reordered) database.setMeta(name, shape);
      if (touched.size > 0) database.setMeta('shape', shape);
    },
  };
}
