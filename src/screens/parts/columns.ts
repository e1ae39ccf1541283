import type { Align } from '../text/fit.ts';
import type { Tone } from './theme.ts';

/** One column of a table. Widths depend on the terminal alone, so nothing jumps when data arrives. */
export interface Column<Row> {
  readonly title: string;
  /** Columns leave from the highest rank down when the terminal narrows; rank 0 never leaves. */
  readonly rank: number;
  readonly min: number;
  /** Share of the room that is left over; absent: stays at `min`. */
  readonly grow?: number;
  readonly max?: number;
  readonly align?: Align;
  value(row: Row): string;
  tone?(row: Row): Tone;
}

export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** Which columns fit into `width`, in their own order, and how wide each is. */
export function placeColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
  padding: number,
): readonly PlacedColumn<Row>[] {
  const shown = columns.filter((column) => column.rank === 0 || fits(columns, column.rank, width, padding));
  const used = shown.reduce((sum, column) => sum + column.min, 0) + padding * Math.max(0, shown.length - 1);
  return share(shown, Math.max(0, width - used));
}

/** Whether a column of this rank still fits, with all of lower or equal rank beside it. */
function fits<Row>(columns: readonly Column<Row>[], rank: number, width: number, padding: number): boolean {
  const beside = columns.filter((column) => column.rank <= rank);
  const needed = beside.reduce((sum, column) => sum + column.min, 0) + padding * (beside.length - 1);
  return needed <= width;
}

function share<Row>(shown: readonly Column<Row>[], room: number): readonly PlacedColumn<Row>[] {
  let left = room;
  let shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  return shown.map((column) => {
    const grow = column.grow ?? 0;
    if (grow === 0) return { column, width: column.min };
    const extra = Math.min(Math.floor((left * grow) / shares), (column.max ?? Number.POSITIVE_INFINITY) - column.min);
    left -= extra;
    shares -= grow;
    return { column, width: column.min + extra };
  });
}
