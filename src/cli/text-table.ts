import stringWidth from 'string-width';
import type { Column, ListReply } from '../commands/reply.ts';
import { printable } from '../model/printable.ts';

/** So many rows decide how wide a column is; later, wider ones push their line, so that a long list never waits. */
const measured = 500;
const gap = '  ';

/** The list as people read it, line by line: a heading, aligned columns, unknown as `–`. */
export function* tableLines({
  columns,
  rows,
  empty,
  notes = [],
}: Pick<ListReply, 'columns' | 'rows' | 'empty' | 'notes'>): Iterable<string> {
  const shown = columns.flatMap((column, index) => (column.hidden ? [] : [{ column, index }]));
  const cellsOf = (cells: readonly (string | null)[]) => shown.map(({ index }) => printable(cells[index] ?? '–'));
  const head: string[][] = [];
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  for (; !next.done && head.length < measured; next = iterator.next()) head.push(cellsOf(next.value.cells));
  if (head.length === 0) {
    yield `${printable(empty)}\n`;
    return;
  }
  const titles = shown.map(({ column }) => column.title.toUpperCase());
  const widths = titles.map((title, at) =>
    head.reduce((most, row) => Math.max(most, stringWidth(row[at] ?? '')), title.length),
  );
  const draw = (cells: readonly string[]) =>
    aligned(
      cells,
      widths,
      shown.map(({ column }) => column),
    );
  yield draw(titles);
  for (const row of head) yield draw(row);
  for (; !next.done; next = iterator.next()) yield draw(cellsOf(next.value.cells));
  for (const note of notes) yield `${printable(note)}\n`;
}

function aligned(cells: readonly string[], widths: readonly number[], columns: readonly Column[]): string {
  const line = cells.map((cell, at) => {
    const padding = ' '.repeat(Math.max(0, (widths[at] ?? 0) - stringWidth(cell)));
    return columns[at]?.align === 'right' ? padding + cell : cell + padding;
  });
  return `${line.join(gap).trimEnd()}\n`;
}
