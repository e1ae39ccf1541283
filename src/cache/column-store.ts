import { bytes, Damaged, integer } from './cells.ts';
import {
  type Cells,
  type Column,
  nodeColumns,
  pieceLimit,
  pieceSize,
  rowColumns,
  type Space,
  spaces,
} from './column.ts';
import type { Database } from './database.ts';

/** The columns of one space in memory, each loaded at first use, later brought up to date piece by piece. */
export interface Pieces {
  /** Loads again what changed after `shape`. */
  refresh(shape: number): void;
  /** Items that may be there, rounded up to whole pieces; every column is as long. */
  size(): number;
  hold<Kind extends Cells>(column: Column<Kind>): () => Kind;
}

export function piecesOf(database: Database, space: Space): Pieces {
  const first = spaces[space];
  const changed = database.statement('SELECT place FROM segment WHERE place >= ? AND place < ? AND shape > ?');
  const last = database.statement(
    'SELECT max(place) AS last, count(*) AS count FROM segment WHERE place >= ? AND place < ?',
  );
  const range = database.statement('SELECT place, data FROM part WHERE place >= ? AND place < ?');
  const one = database.statement('SELECT data FROM part WHERE place = ?');
  const refreshers: ((pieces: readonly number[]) => void)[] = [];
  let items = sizeInFile();

  function sizeInFile(): number {
    const { last: place = null, count = 0 } = last.get(first, first + pieceLimit) ?? {};
    const pieces = place === null ? 0 : integer(place) - first + 1;
    if (pieces !== integer(count)) throw new Damaged('a piece of a column is missing');
    return pieces * pieceSize;
  }

  function hold<Kind extends Cells>({ key, width, make }: Column<Kind>): () => Kind {
    let cells: Kind | null = null;
    const start = key * pieceLimit;
    const put = (into: Kind, piece: number, data: Uint8Array) => {
      if (data.byteLength !== pieceSize * width) throw new Damaged('a column has a piece of the wrong length');
      if ((piece + 1) * pieceSize <= into.length) into.set(make(copyOf(data)), piece * pieceSize);
    };
    refreshers.push((pieces) => {
      if (cells === null) return;
      if (cells.length < items) {
        const longer = make(items);
        longer.set(cells);
        cells = longer;
      }
      for (const piece of pieces) {
        const data = one.get(start + piece)?.data;
        if (data === undefined) cells.set(make(pieceSize), piece * pieceSize);
        else put(cells, piece, bytes(data));
      }
    });
    return () => {
      if (cells !== null) return cells;
      const loaded = make(items);
      for (const { place, data } of range.iterate(start, start + pieceLimit)) {
        put(loaded, integer(place) - start, bytes(data));
      }
      cells = loaded;
      return loaded;
    };
  }

  return {
    hold,
    size: () => items,
    refresh(shape) {
      const pieces = changed.all(first, first + pieceLimit, shape).map(({ place }) => integer(place) - first);
      if (pieces.length === 0) return;
      items = sizeInFile();
      for (const refresh of refreshers) refresh(pieces);
    },
  };
}

/** SQLite's bytes are a buffer of their own already; a view into a larger one is cut out. */
function copyOf(data: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = data;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer;
  const copy = new Uint8Array(byteLength);
  copy.set(data);
  return copy.buffer;
}

export type RowCells = ReturnType<typeof holdRows>;

/** Each column of the subscriptions, as a function that gives its cells. */
export function holdRows({ hold }: Pieces) {
  return {
    connection: hold(rowColumns.connection),
    seller: hold(rowColumns.seller),
    reseller: hold(rowColumns.reseller),
    organization: hold(rowColumns.organization),
    bundle: hold(rowColumns.bundle),
    product: hold(rowColumns.product),
    status: hold(rowColumns.status),
    renewal: hold(rowColumns.renewal),
    flags: hold(rowColumns.flags),
    billing: hold(rowColumns.billing),
    term: hold(rowColumns.term),
    quantity: hold(rowColumns.quantity),
    ends: hold(rowColumns.ends),
    starts: hold(rowColumns.starts),
    cancel: hold(rowColumns.cancel),
    price: hold(rowColumns.price),
    money: hold(rowColumns.money),
    nameRank: hold(rowColumns.nameRank),
    idRank: hold(rowColumns.idRank),
  };
}

export type NodeCells = ReturnType<typeof holdNodes>;

/** Each column of the nodes, as a function that gives its cells. */
export function holdNodes({ hold }: Pieces) {
  return {
    kind: hold(nodeColumns.kind),
    connection: hold(nodeColumns.connection),
    listed: hold(nodeColumns.listed),
    rank: hold(nodeColumns.rank),
    parent: hold(nodeColumns.parent),
  };
}
