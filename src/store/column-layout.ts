import { allFields, type FieldProperty } from '../model/field-names.ts';
import type { fields } from '../model/fields.ts';

/** Cells of one column; null is 0, or NaN in float columns. */
export type Cells = Uint8Array | Uint16Array | Uint32Array | Float64Array;

export interface Column<Kind extends Cells> {
  /** Part of the key of its pieces; never reused for another column. */
  readonly key: number;
  readonly width: 1 | 2 | 4 | 8;
  /** This many null cells, or the cells in these bytes. */
  make(source: number | ArrayBuffer): Kind;
}

const u8 = (key: number): Column<Uint8Array> => ({
  key,
  width: 1,
  make: (source) => (typeof source === 'number' ? new Uint8Array(source) : new Uint8Array(source)),
});
const u16 = (key: number): Column<Uint16Array> => ({
  key,
  width: 2,
  make: (source) => (typeof source === 'number' ? new Uint16Array(source) : new Uint16Array(source)),
});
const u32 = (key: number): Column<Uint32Array> => ({
  key,
  width: 4,
  make: (source) => (typeof source === 'number' ? new Uint32Array(source) : new Uint32Array(source)),
});
const f64 = (key: number): Column<Float64Array> => ({
  key,
  width: 8,
  make: (source) => (typeof source === 'number' ? new Float64Array(source).fill(Number.NaN) : new Float64Array(source)),
});

/** By a field's storage kind. */
const cellsAs = {
  shared: u32,
  currency: u32,
  node: u32,
  services: u32,
  word: u8,
  number: f64,
  amount: f64,
  instant: f64,
  reading: f64,
} as const;
type CellsOf<Property extends FieldProperty> = (typeof fields)[Property]['cells'];

/** The columns of fields, by JSON name. */
export type FieldColumns = {
  readonly [Property in FieldProperty as CellsOf<Property> extends { readonly column: number }
    ? Property
    : never]: CellsOf<Property> extends { readonly as: infer As extends keyof typeof cellsAs }
    ? ReturnType<(typeof cellsAs)[As]>
    : never;
};

const fieldColumns = Object.fromEntries(
  allFields.flatMap(({ property, cells }) =>
    cells !== null && 'column' in cells ? [[property, cellsAs[cells.as](cells.column)]] : [],
  ),
) as unknown as FieldColumns;

/**
 * One cell a subscription, by row number. A row whose `connection` is 0 is empty. Those of fields are in
 * src/model/fields.ts.
 */
export const rowColumns = {
  ...fieldColumns,
  connection: u16(1),
  flags: u8(9),
  money: u32(17),
  nameRank: u32(18),
  idRank: u32(19),
  /**
   * The row, plus one, of the same subscription through the previous connection; 0: none. Empty pieces are not stored.
   */
  duplicateOf: u32(21),
} as const;
export type RowColumn = keyof typeof rowColumns;

/** One cell a node, by its code. The keys from 33 to 37 are theirs, all others are of rows. */
export const nodeColumns = {
  kind: u8(33),
  connection: u16(34),
  /** 1 if a vendor lists the node itself, with or without subscriptions. */
  listed: u8(35),
  rank: u32(36),
  /** The nearest ancestor, if a vendor lists one. */
  parent: u32(37),
} as const;

/** Items in a piece. */
export const pieceSize = 1024;
/** Maximum pieces of a column: 2^20 of 1024 items. */
export const pieceLimit = 2 ** 20;
/** Where the changed pieces of each space are recorded. */
export const spaces = { rows: 1 * pieceLimit, nodes: 33 * pieceLimit } as const;
export type Space = keyof typeof spaces;

/** The bits of the column `flags` that are not of fields. `fineMoney`: a cell does not hold one of its amounts exactly. */
export const flag = { fineMoney: 4 } as const;
