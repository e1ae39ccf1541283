import type { Tone } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import type { Align } from '../text/fit.ts';
import { fitTo } from '../text/fit.ts';

/**
 * One column of a table. Its width depends on the terminal, and only where a value would be cut also on the widest values
 * that were seen so far (`Widest`).
 */
export interface Column<Row> {
  /** Its name in the settings of a table. */
  readonly id: string;
  readonly title: string;
  /** Columns are dropped from the highest rank down when the terminal narrows; rank 0 is never dropped. */
  readonly rank: number;
  readonly min: number;
  /** The width it should have before columns of rank 5 and higher are shown. */
  readonly good?: number;
  /** Its share of the remaining room; absent: stays at `min`. */
  readonly grow?: number;
  readonly max?: number;
  readonly align?: Align;
  value(row: Row): string;
  /** The shortest text that says all of the value, where `value` also has a longer one. Absent: the value. */
  needed?(row: Row): string;
  /** Shortens a value that is too wide. A number is rounded, since truncated digits are another number. */
  short?(row: Row, width: number): string;
  tone?(row: Row): Tone;
}

export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

const leastImportant = 5;

/** The cells that the widest value of each column needs, by column id: of all rows that were shown so far. */
export type Widest = ReadonlyMap<string, number>;

const nothingSeen: Widest = new Map();

/** A cell's text in exactly the column's width. */
export function cellText<Row>({ column, width }: PlacedColumn<Row>, row: Row, value = column.value(row)): string {
  const tooWide = column.short !== undefined && widthOf(value) > width;
  return fitTo(tooWide ? (column.short?.(row, width) ?? value) : value, width, column.align);
}

/**
 * The columns that fit into `width`, in their own order, with their widths. Where a value would be cut, its column gets
 * the cells that no other one needs; else the widths are those of the terminal alone.
 */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
  padding: number,
  widest: Widest = nothingSeen,
): readonly PlacedColumn<Row>[] {
  const shown = columns.filter((column) => column.rank === 0 || fits(columns, column.rank, width, padding));
  const between = padding * Math.max(0, shown.length - 1);
  const used = shown.reduce((sum, column) => sum + column.min, 0) + between;
  const placed = share(shown, Math.max(0, width - used));
  return withoutCuts(placed, Math.max(0, width - between), widest);
}

/** Gives columns whose values are cut what is free at the right end, then what other columns have and do not need. */
function withoutCuts<Row>(
  placed: readonly PlacedColumn<Row>[],
  room: number,
  widest: Widest,
): readonly PlacedColumn<Row>[] {
  const needed = placed.map(({ column }) => cellsNeeded(column, widest));
  const missing = placed.map(({ width }, index) => Math.max(0, (needed[index] ?? 0) - width));
  const wanted = sum(missing);
  if (wanted === 0) return placed;
  const atEnd = Math.max(0, room - sum(placed.map(({ width }) => width)));
  const spare = placed.map(({ width }, index) => Math.max(0, width - (needed[index] ?? width)));
  const given = fairShares(missing, Math.min(wanted, atEnd + sum(spare)));
  const taken = fairShares(spare, Math.max(0, sum(given) - atEnd));
  return placed.map(({ column, width }, index) => ({
    column,
    width: width + (given[index] ?? 0) - (taken[index] ?? 0),
  }));
}

/** What its values need and its title: where another column is cut, the rest of `min` is free too. */
function cellsNeeded<Row>({ id, title, min }: Column<Row>, widest: Widest): number {
  const seen = widest.get(id);
  return seen === undefined ? min : Math.max(seen, widthOf(title));
}

/** Each gets what it wants, or an equal part of what is left. */
function fairShares(wanted: readonly number[], room: number): readonly number[] {
  let left = room;
  const shares = wanted.map(() => 0);
  const order = wanted.map((cells, index) => ({ cells, index })).toSorted((a, b) => a.cells - b.cells);
  for (const [position, { cells, index }] of order.entries()) {
    const share = Math.min(cells, Math.floor(left / (order.length - position)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

/** Whether a column of this rank still fits beside all of lower or equal rank. */
function fits<Row>(columns: readonly Column<Row>[], rank: number, width: number, padding: number): boolean {
  const beside = columns.filter((column) => column.rank <= rank);
  const least = (column: Column<Row>) => (rank < leastImportant ? column.min : (column.good ?? column.min));
  const needed = beside.reduce((sum, column) => sum + least(column), 0) + padding * (beside.length - 1);
  return needed <= width;
}

/** Distributes the remaining room: first until each column has a good width, then by their shares. */
function share<Row>(shown: readonly Column<Row>[], room: number): readonly PlacedColumn<Row>[] {
  let left = room;
  const good = shown.map((column) => {
    const extra = Math.min(left, Math.max(0, (column.good ?? column.min) - column.min));
    left -= extra;
    return { column, width: column.min + extra };
  });
  let shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  return good.map(({ column, width }) => {
    const grow = column.grow ?? 0;
    if (grow === 0) return { column, width };
    const most = Math.max(0, (column.max ?? Number.POSITIVE_INFINITY) - width);
    const extra = Math.min(Math.floor((left * grow) / shares), most);
    left -= extra;
    shares -= grow;
    return { column, width: width + extra };
  });
}
