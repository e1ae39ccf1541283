import type { Column, ListReply, Row } from '../commands/reply.ts';
import { dateCell } from '../model/date-words.ts';
import { printable } from '../model/printable.ts';
import { cellsOf, cutToCells } from './terminal-cells.ts';

/**
 * Column widths are computed from this many rows; wider cells of later rows push their line, so that a long list is
 * never delayed.
 */
const measured = 500;
const gap = '  ';

/**
 * The list as text, line by line: a heading, aligned columns, unknown as `–`. `width`: the terminal's width, to which
 * the widest columns are truncated; null truncates nothing.
 */
export function* tableLines(
  {
    columns: all,
    tableColumns,
    rows,
    empty,
    notes = [],
  }: Pick<ListReply, 'columns' | 'tableColumns' | 'rows' | 'empty' | 'notes'>,
  width: number | null,
): Iterable<string> {
  const columns = tableColumns ?? all;
  const shown = columns.flatMap((column, index) => (column.hidden ? [] : [{ column, index }]));
  const textsOf = ({ cells, table }: Row) =>
    shown.map(({ column, index }) => {
      const text = (table ?? cells)[index] ?? '–';
      return printable(column.isDate === true ? dateCell(text) : text);
    });
  const head: string[][] = [];
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  for (; !next.done && head.length < measured; next = iterator.next()) head.push(textsOf(next.value));
  if (head.length === 0) {
    yield `${printable(empty)}\n`;
    return;
  }
  const titles = shown.map(({ column }) => `${column.title.toUpperCase()}${column.isDate === true ? ' (UTC)' : ''}`);
  const wanted = titles.map((title, at) =>
    head.reduce((most, row) => Math.max(most, cellsOf(row[at] ?? '')), cellsOf(title)),
  );
  const isName = shown.map(({ column }) => names.has(column.id));
  const widths = width === null ? wanted : fitted(wanted, isName, width);
  const drawn = shown.map(({ column }) => column);
  const draw = (cells: readonly string[]) => {
    // A wider cell of a later row pushes its line as long as that fits.
    const whole = aligned(cells, widths, drawn);
    if (width === null || cellsOf(whole.trimEnd()) <= width) return whole;
    return aligned(
      cells.map((cell, at) => cutToCells(cell, widths[at] ?? 0)),
      widths,
      drawn,
    );
  };
  yield draw(titles);
  for (const row of head) yield draw(row);
  for (; !next.done; next = iterator.next()) yield draw(textsOf(next.value));
  for (const note of notes) yield `${printable(note)}\n`;
}

/** Columns whose text identifies the row in other commands: they are truncated last. */
const names: ReadonlySet<string> = new Set(['ref', 'id', 'key', 'connection']);
/** A shorter cell would be meaningless. */
const narrowest = 6;

function fitted(wanted: readonly number[], isName: readonly boolean[], width: number): readonly number[] {
  const room = width - gap.length * (wanted.length - 1);
  const others = capped(
    wanted,
    wanted.map((_, at) => isName[at] !== true),
    room,
  );
  return sum(others) <= room
    ? others
    : capped(
        others,
        wanted.map(() => true),
        room,
      );
}

/** Truncates the widest columns to one common width, as far as needed; the cells that are left go to the first of them. */
function capped(wanted: readonly number[], mayCut: readonly boolean[], room: number): readonly number[] {
  const at = (cap: number) => wanted.map((one, index) => (mayCut[index] === true ? Math.min(one, cap) : one));
  let cap = Math.min(Math.max(...wanted), Math.max(room, narrowest));
  while (cap > narrowest && sum(at(cap)) > room) cap -= 1;
  let left = room - sum(at(cap));
  return at(cap).map((width, index) => {
    if (left <= 0 || width >= (wanted[index] ?? 0)) return width;
    left -= 1;
    return width + 1;
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function aligned(cells: readonly string[], widths: readonly number[], columns: readonly Column[]): string {
  const line = cells.map((cell, at) => {
    const padding = ' '.repeat(Math.max(0, (widths[at] ?? 0) - cellsOf(cell)));
    return columns[at]?.align === 'right' ? padding + cell : cell + padding;
  });
  return `${line.join(gap).trimEnd()}\n`;
}
