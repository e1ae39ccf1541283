import type { Cells } from '../store/column-layout.ts';

/** Some cells as the file holds them, from the item `start` on; good until the next piece is asked for. */
export interface Piece<Stored extends Cells> {
  readonly start: number;
  readonly cells: Stored;
}

/** How a column is kept in memory. */
export interface ColumnCodec<Stored extends Cells, Held> {
  /** `pieces` can be gone through several times; items of which there is no piece are null. */
  load(items: number, pieces: () => Iterable<Piece<Stored>>): Held;
  /** Takes over pieces that changed and grows to so many items; null: they do not fit, and all is to be loaded again. */
  change(held: Held, items: number, pieces: Iterable<Piece<Stored>>): Held | null;
  /** What it takes in memory. */
  bytesOf(held: Held): number;
  /** The same without items: what `change` is quicker with than `load`. */
  emptied(held: Held): Held;
}

/** Cells as they are in the file. */
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

/** Whole numbers from 0, as narrow as the largest allows. */
export type Narrow = Uint8Array | Uint16Array | Uint32Array;

export function narrow(items: number, largest: number): Narrow {
  if (largest < 2 ** 8) return new Uint8Array(items);
  return largest < 2 ** 16 ? new Uint16Array(items) : new Uint32Array(items);
}

/** No cells, as wide as these. */
export function noCells(like: Narrow): Narrow {
  return narrow(0, 2 ** (8 * like.BYTES_PER_ELEMENT) - 1);
}

/** The same cells, or, where they must be longer or wider, a copy. */
export function roomIn(cells: Narrow, items: number, largest: number): Narrow {
  const fits = largest < 2 ** (8 * cells.BYTES_PER_ELEMENT);
  if (fits && cells.length >= items) return cells;
  const copy = narrow(items, fits ? 2 ** (8 * cells.BYTES_PER_ELEMENT) - 1 : largest);
  copy.set(cells);
  return copy;
}
