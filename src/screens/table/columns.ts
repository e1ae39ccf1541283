import type { Tone } from '../parts/theme.ts';
import { widthOf } from '../text/cells.ts';
import type { Align } from '../text/fit.ts';
import { fitTo } from '../text/fit.ts';

/** One column of a table. Widths depend on the terminal only, so that nothing jumps when data arrives. */
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
  /** Shortens a value that is too wide. A number is rounded, since truncated digits are another number. */
  short?(row: Row, width: number): string;
  tone?(row: Row): Tone;
}

export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

const leastImportant = 5;

/** A cell's text in exactly the column's width. */
export function cellText<Row>({ column, width }: PlacedColumn<Row>, row: Row): string {
  const value = column.value(row);
  const tooWide = column.short !== undefined && widthOf(value) > width;
  return fitTo(tooWide ? (column.short?.(row, width) ?? value) : value, width, column.align);
}

/** The columns that fit into `width`, in their own order, with their widths. */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
  padding: number,
): readonly PlacedColumn<Row>[] {
  const shown = columns.filter((column) => column.rank === 0 || fits(columns, column.rank, width, padding));
  const used = shown.reduce((sum, column) => sum + column.min, 0) + padding * Math.max(0, shown.length - 1);
  return share(shown, Math.max(0, width - used));
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
