/**
 * A list in the console's state: a window of loaded rows, and a cursor that holds a row's id. `index` and `top` follow
 * the row when a refresh, sort or filter moves it. A cursor of null waits for the projector to load the row at `index`.
 */
export interface List<Row> {
  readonly rows: readonly Row[];
  /** Position of the first loaded row in the whole list. */
  readonly offset: number;
  readonly total: number;
  /** False while `total` is still being counted, and may decrease. */
  readonly counted: boolean;
  /** Null until the first read. Identifies the query and the revision of `rows`. */
  readonly stamp: string | null;
  readonly cursor: string | null;
  readonly index: number;
  /** Position of the first row on screen. */
  readonly top: number;
}

export function emptyList<Row>(): List<Row> {
  return { rows: [], offset: 0, total: 0, counted: true, stamp: null, cursor: null, index: 0, top: 0 };
}

/** Moves the cursor to a position; if that row is not loaded yet, the cursor waits for it. */
export function moveTo<Row>(list: List<Row>, index: number, height: number, idOf: (row: Row) => string): List<Row> {
  const at = clamp(index, list.total - 1);
  const row = list.rows[at - list.offset];
  return { ...list, index: at, cursor: row === undefined ? null : idOf(row), top: topFor(list, at, height) };
}

/** The row under the cursor, if it is loaded. */
export function rowUnderCursor<Row>(list: List<Row>, idOf: (row: Row) => string): Row | null {
  const row = list.rows[list.index - list.offset];
  return row !== undefined && idOf(row) === list.cursor ? row : null;
}

/** The rows on screen, from `top`. */
export function visibleRows<Row>(list: List<Row>, height: number): readonly Row[] {
  const from = list.top - list.offset;
  return list.rows.slice(Math.max(0, from), Math.max(0, from + height));
}

/** Fits the window to the screen, with the cursor visible and no blank rows below the last one. */
export function fitToHeight<Row>(list: List<Row>, height: number): List<Row> {
  const top = topFor(list, clamp(list.index, list.total - 1), height);
  return top === list.top ? list : { ...list, top };
}

/** The range to load: the screen and a page on either side. */
export function wantedRange(list: { readonly top: number }, height: number): { offset: number; limit: number } {
  const offset = Math.max(0, list.top - height);
  return { offset, limit: 3 * height };
}

export function covers<Row>(list: List<Row>, height: number): boolean {
  const last = Math.min(list.total, list.top + height);
  return list.offset <= list.top && list.offset + list.rows.length >= last;
}

function topFor(list: { readonly top: number; readonly total: number }, index: number, height: number): number {
  const highest = Math.max(0, list.total - height);
  const top = Math.min(list.top, highest);
  if (index < top) return index;
  if (index >= top + height) return Math.min(highest, index - height + 1);
  return top;
}

export function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(value, highest));
}
