import type { Cells } from '../store/column-layout.ts';

/** Some cells as stored in the file, from the item `start` on; valid until the next piece is requested. */
export interface Piece<Stored extends Cells> {
  readonly start: number;
  readonly cells: Stored;
}

/** The in-memory representation of a column. */
export interface ColumnCodec<Stored extends Cells, Held> {
  /** `pieces` can be iterated several times; items without a piece are null. */
  load(items: number, pieces: () => Iterable<Piece<Stored>>): Held;
  /**
   * Applies changed pieces and grows to this many items; null: they do not fit, and everything must be loaded again.
   */
  change(held: Held, items: number, pieces: Iterable<Piece<Stored>>): Held | null;
  /** Its size in memory. */
  bytesOf(held: Held): number;
  /** An empty column, on which `change` is faster than `load`. */
  emptied(held: Held): Held;
}

/** Cells as in the file. */
export function asStored<Stored extends Cells>(make: (items: number) => Stored): ColumnCodec<Stored, Stored> {
  return {
    load(items, pieces) {
      const all = make(items);
      for (const { start, cells } of pieces()) all.set(cells, start);
      return all;
    },
    change(held, items, pieces) {
      const all = held.length < items ? make(items) : held;
      if (all !== held) all.set(held);
      for (const { start, cells } of pieces) all.set(cells, start);
      return all;
    },
    bytesOf: (held) => held.byteLength,
    emptied: () => make(0),
  };
}

/** Non-negative integers, as narrow as the largest allows. */
export type Narrow = Uint8Array | Uint16Array | Uint32Array;

export function narrow(items: number, largest: number): Narrow {
  if (largest < 2 ** 8) return new Uint8Array(items);
  return largest < 2 ** 16 ? new Uint16Array(items) : new Uint32Array(items);
}

/** No cells, of this width. */
export function noCells(like: Narrow): Narrow {
  return narrow(0, 2 ** (8 * like.BYTES_PER_ELEMENT) - 1);
}

/** The same cells, or a copy if they must be longer or wider. */
export function roomIn(cells: Narrow, items: number, largest: number): Narrow {
  const fits = largest < 2 ** (8 * cells.BYTES_PER_ELEMENT);
  if (fits && cells.length >= items) return cells;
  const copy = narrow(items, fits ? 2 ** (8 * cells.BYTES_PER_ELEMENT) - 1 : largest);
  copy.set(cells);
  return copy;
}
