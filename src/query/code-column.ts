import { type Bits, codeBits } from '../store/bits.ts';
import { pieceSize } from '../store/column-layout.ts';
import { type ColumnCodec, type Narrow, narrow, noCells, type Piece, roomIn } from './column-codec.ts';
import { release } from './release.ts';

/** A column of codes in memory: a cell holds the index of its code in the column's own list of distinct codes. */
export interface Codes {
  readonly cells: Narrow;
  /** The code of a cell. The first is 0, null. */
  readonly codes: Uint32Array;
}

/** Cells become wider as codes are added. */
export const asCodes: ColumnCodec<Uint16Array | Uint32Array, Codes> = {
  load: (items, pieces) => withPieces({ cells: narrow(items, 0), codes: Uint32Array.of(0) }, items, pieces()),
  change: withPieces,
  bytesOf: ({ cells, codes }) => cells.byteLength + codes.byteLength,
  emptied: ({ cells, codes }) => ({ cells: noCells(cells), codes }),
};

/** The code of a row. */
export function codeAt({ cells, codes }: Codes): (row: number) => number {
  return (row) => codes[cells[row] ?? 0] ?? 0;
}

/** A table's values by cell index, looked up by code. */
export function valuesAtCodes(table: Uint8Array | Uint32Array, { codes }: Codes): Uint32Array {
  return codes.map((code) => table[code] ?? 0);
}

/** Rows whose code is allowed (`allowed[code] === 1`). */
export function rowsWith(column: Codes, allowed: Uint8Array): Bits {
  return codeBits(column.cells, Uint8Array.from(valuesAtCodes(allowed, column)));
}

function withPieces({ cells, codes }: Codes, items: number, pieces: Iterable<Piece<Uint16Array | Uint32Array>>): Codes {
  const paths = new CodeSlots(codes);
  const some = new Uint32Array(pieceSize);
  let all = roomIn(cells, items, 0);
  for (const { start, cells: fresh } of pieces) {
    for (let index = 0; index < fresh.length; index += 1) some[index] = paths.of(fresh[index] ?? 0);
    const wider = roomIn(all, items, paths.count - 1);
    if (wider !== all && all !== cells) release(all);
    all = wider;
    all.set(some, start);
  }
  return { cells: all, codes: paths.codes() };
}

/** Gives each code the next index when it first appears. */
class CodeSlots {
  /** By index, with spare capacity. */
  private known: Uint32Array<ArrayBuffer>;
  /** By code; also 0 for a code without an index yet. */
  private places = new Uint32Array(1024);
  count: number;

  constructor(codes: Uint32Array) {
    this.known = Uint32Array.from(codes);
    this.count = codes.length;
    for (let place = 0; place < codes.length; place += 1) this.note(codes[place] ?? 0, place);
  }

  codes(): Uint32Array {
    return this.known.slice(0, this.count);
  }

  of(code: number): number {
    const place = this.places[code] ?? 0;
    return place === 0 && code !== 0 ? this.add(code) : place;
  }

  private add(code: number): number {
    const place = this.count;
    this.known = withRoom(this.known, place);
    this.known[place] = code;
    this.count += 1;
    this.note(code, place);
    return place;
  }

  private note(code: number, place: number): void {
    this.places = withRoom(this.places, code);
    this.places[code] = place;
  }
}

/** The same cells, or, if the index does not fit, wider ones. */
function withRoom(cells: Uint32Array<ArrayBuffer>, place: number): Uint32Array<ArrayBuffer> {
  if (place < cells.length) return cells;
  const longer = new Uint32Array(Math.max(place + 1, cells.length * 2));
  longer.set(cells);
  release(cells);
  return longer;
}
