import { allFields, type Field } from '../model/field-names.ts';
import type { fields } from '../model/fields.ts';
import {
  type Cells,
  type Column,
  type FieldColumns,
  nodeColumns,
  pieceLimit,
  pieceSize,
  rowColumns,
  type Space,
  spaces,
} from '../store/column-layout.ts';
import type { Database } from '../store/database.ts';
import { fineDigits } from '../store/money.ts';
import { bytes, DamagedError, integer, ownBuffer } from '../store/sql-values.ts';
import { asCodes, type Codes } from './code-column.ts';
import { asStored, type ColumnCodec, type Piece } from './column-codec.ts';
import { asNumbers, type Numbers } from './number-column.ts';
import { release } from './release.ts';

/**
 * The in-memory columns of one space: loaded at first use, later updated piece by piece. Over the limit of bytes an
 * item, the least recently used are evicted.
 */
export interface ColumnLoader {
  /** Reloads what changed after `shape`. */
  refresh(shape: number): void;
  /** Number of items, rounded up to whole pieces; every column has this length. */
  size(): number;
  /** Valid for one answer: another column may replace it. */
  hold<Stored extends Cells, Held>(column: Column<Stored>, keeping: ColumnCodec<Stored, Held>): () => Held;
  /** A column that is loaded at each request, and released by the caller. */
  lend<Stored extends Cells, Held>(column: Column<Stored>, keeping: ColumnCodec<Stored, Held>): () => Held;
}

/** A column that may be kept in memory. */
interface Slot {
  /** Larger than that of any column requested before. */
  asked: number;
  /** Kept in memory. */
  readonly bytes: () => number;
  readonly leave: () => void;
}

/** `bytesAnItem`: null if all columns may be kept. */
export function columnLoaderOn(database: Database, space: Space, bytesAnItem: number | null): ColumnLoader {
  const first = spaces[space];
  const changed = database.statement('SELECT place FROM segment WHERE place >= ? AND place < ? AND shape > ?');
  const last = database.statement(
    'SELECT max(place) AS last, count(*) AS count FROM segment WHERE place >= ? AND place < ?',
  );
  const range = database.statement('SELECT place, data FROM part WHERE place >= ? AND place < ?');
  const one = database.statement('SELECT data FROM part WHERE place = ?');
  const refreshers: ((pieces: readonly number[]) => void)[] = [];
  const columns: Slot[] = [];
  let asked = 0;
  let items = sizeInFile();

  function sizeInFile(): number {
    const { last: place = null, count = 0 } = last.get(first, first + pieceLimit) ?? {};
    const pieces = place === null ? 0 : integer(place) - first + 1;
    if (pieces !== integer(count)) throw new DamagedError('part of a column is missing');
    return pieces * pieceSize;
  }

  function hold<Stored extends Cells, As>(column: Column<Stored>, keeping: ColumnCodec<Stored, As>): () => As {
    let held: { readonly as: As } | null = null;
    let left: As | null = null;
    const { load, loadLike, change } = access(column, keeping);
    const own: Slot = {
      asked: 0,
      bytes: () => (held === null ? 0 : keeping.bytesOf(held.as)),
      leave() {
        if (held !== null) left = keeping.emptied(held.as);
        held = null;
      },
    };
    columns.push(own);
    refreshers.push((pieces) => {
      if (held === null) return;
      const as = change(held.as, pieces);
      held = as === null ? null : { as };
    });
    return () => {
      own.asked = asked += 1;
      if (held !== null) return held.as;
      const as = (left === null ? null : loadLike(left)) ?? load();
      held = { as };
      left = null;
      makeRoom();
      return as;
    };
  }

  /** Evicts without freeing: sliced work may still hold references. */
  function makeRoom(): void {
    if (bytesAnItem === null) return;
    let bytes = columns.reduce((sum, column) => sum + column.bytes(), 0);
    for (const column of columns.toSorted((a, b) => a.asked - b.asked)) {
      if (bytes <= bytesAnItem * items || column.asked === asked) return;
      bytes -= column.bytes();
      column.leave();
    }
  }

  function access<Stored extends Cells, As>({ key, width, make }: Column<Stored>, keeping: ColumnCodec<Stored, As>) {
    const first = key * pieceLimit;
    const cellsOf = (data: Uint8Array): Stored => {
      if (data.byteLength !== pieceSize * width) throw new DamagedError('part of a column has the wrong length');
      return make(ownBuffer(data));
    };

    function* stored(): Generator<Piece<Stored>> {
      for (const { place, data } of range.iterate(first, first + items / pieceSize)) {
        const cells = cellsOf(bytes(data));
        yield { start: (integer(place) - first) * pieceSize, cells };
        release(cells);
      }
    }

    function pieceAt(piece: number): Piece<Stored> {
      const data = one.get(first + piece)?.data;
      return { start: piece * pieceSize, cells: data === undefined ? make(pieceSize) : cellsOf(bytes(data)) };
    }

    return {
      load: () => keeping.load(items, stored),
      /** Null: the loaded data says nothing about the current data. */
      loadLike: (emptied: As) => keeping.change(emptied, items, stored()),
      change: (held: As, pieces: readonly number[]) => keeping.change(held, items, pieces.map(pieceAt)),
    };
  }

  return {
    hold,
    lend: (column, keeping) => access(column, keeping).load,
    size: () => items,
    refresh(shape) {
      const pieces = changed.all(first, first + pieceLimit, shape).map(({ place }) => integer(place) - first);
      if (pieces.length === 0) return;
      items = sizeInFile();
      for (const refresh of refreshers) refresh(pieces);
    },
  };
}

/** The representation of a field's column, by the field's storage kind. */
type HeldAs<As> = As extends 'shared' | 'currency' | 'node' | 'services'
  ? Codes
  : As extends 'word'
    ? Uint8Array
    : Numbers;
type FieldCellsHeld = {
  readonly [Property in keyof FieldColumns]: () => HeldAs<(typeof fields)[Property]['cells']['as']>;
};

export type RowCells = ReturnType<typeof holdRows>;

/** Each column of the subscriptions, as a function that returns its cells. */
export function holdRows(loader: ColumnLoader) {
  const { hold, lend } = loader;
  const ranks = asStored((items) => new Uint32Array(items));
  return {
    ...holdFields(loader),
    connection: hold(rowColumns.connection, asCodes),
    flags: hold(rowColumns.flags, asBytes),
    money: hold(rowColumns.money, asCodes),
    duplicateOf: hold(rowColumns.duplicateOf, ranks),
    /** The largest and least used columns: the order of all rows by name, or by id. */
    nameRank: lend(rowColumns.nameRank, ranks),
    idRank: lend(rowColumns.idRank, ranks),
  };
}

const asBytes = asStored((items) => new Uint8Array(items));

function holdFields({ hold, lend }: ColumnLoader): FieldCellsHeld {
  const whole = asNumbers(1);
  const decimal = asNumbers(10 ** fineDigits);
  const held = (field: Field): (() => unknown) | null => {
    switch (field.as) {
      case 'shared':
      case 'currency':
      case 'node':
      case 'services':
        return hold(rowColumns[field.property], asCodes);
      case 'word':
        return hold(rowColumns[field.property], asBytes);
      case 'number':
      case 'instant':
        return hold(rowColumns[field.property], whole);
      case 'amount':
        return hold(rowColumns[field.property], decimal);
      case 'reading':
        return lend(rowColumns[field.property], whole);
      default:
        return null;
    }
  };
  return Object.fromEntries(allFields.map((field) => [field.property, held(field)])) as unknown as FieldCellsHeld;
}

export type NodeCells = ReturnType<typeof holdNodes>;

/** Each column of the nodes, as a function that returns its cells. */
export function holdNodes({ hold }: ColumnLoader) {
  const small = asStored((items) => new Uint8Array(items));
  const medium = asStored((items) => new Uint16Array(items));
  const large = asStored((items) => new Uint32Array(items));
  return {
    kind: hold(nodeColumns.kind, small),
    connection: hold(nodeColumns.connection, medium),
    listed: hold(nodeColumns.listed, small),
    rank: hold(nodeColumns.rank, large),
    parent: hold(nodeColumns.parent, large),
  };
}
