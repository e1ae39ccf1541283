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
  const titles = shown.map(({ column }) => `${wordsOf(column).toUpperCase()}${column.isDate === true ? ' (UTC)' : ''}`);
  const widest = (texts: readonly (readonly string[])[]) =>
    titles.map((title, at) => texts.reduce((most, row) => Math.max(most, cellsOf(row[at] ?? '')), cellsOf(title)));
  const drawn = shown.map(({ column }) => column);
  const wanted = widest(head);
  const widths =
    width === null
      ? wanted
      : fitted(width, { kinds: drawn.map(kindOf), wanted, shortDates: widest(head.map((row) => row.map(dayOf))) });
  const cut = (cells: readonly string[]) =>
    cells.map((cell, at) => {
      const most = widths[at] ?? 0;
      return cutToCells(drawn[at]?.isDate === true && cellsOf(cell) > most ? dayOf(cell) : cell, most);
    });
  const draw = (cells: readonly string[]) => aligned(width === null ? cells : cut(cells), widths, drawn);
  yield draw(titles);
  for (const row of head) yield draw(row);
  for (; !next.done; next = iterator.next()) {
    const cells = textsOf(next.value);
    // A wider cell of a later row pushes its line as long as that fits.
    const whole = aligned(cells, widths, drawn);
    yield width === null || cellsOf(whole.trimEnd()) <= width ? whole : draw(cells);
  }
  for (const note of notes) yield `${printable(note)}\n`;
}

/** `started` of `startedAt`, `vendor State` of `vendorState`: a title may be the name in JSON and CSV. */
function wordsOf({ title, isDate }: Column): string {
  const words = title.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return isDate === true ? words.replace(/ At$/, '') : words;
}

type Kind = 'subject' | 'text' | 'name' | 'date';

/** Columns whose text identifies the row in other commands. */
const names: ReadonlySet<string> = new Set(['ref', 'id', 'key', 'connection']);
/** Columns that say what the row is about. */
const subjects: ReadonlySet<string> = new Set(['name', 'sentence', 'what', 'customer', 'from → to']);

function kindOf({ id, isDate }: Column): Kind {
  if (names.has(id)) return 'name';
  if (subjects.has(id)) return 'subject';
  return isDate === true ? 'date' : 'text';
}

/** `24 Nov 2026` of `24 Nov 2026 12:00`. */
function dayOf(cell: string): string {
  return cell.replace(/^(\d{1,2} \w{3} \d{4}) \d\d:\d\d(:\d\d)?$/, '$1');
}

/** A shorter cell would be meaningless. */
const narrowest = 6;

/** What a narrow terminal cuts, in this order, until the table fits: columns of a kind to a width; `day`: dates lose their hours. */
const cuts: readonly (readonly [Kind, number | 'day'])[] = [
  ['subject', 40],
  ['text', 16],
  ['name', 24],
  ['text', 10],
  ['subject', 24],
  ['date', 'day'],
  ['name', 16],
  ['text', 8],
  ['subject', 16],
  ['name', 10],
  ['text', narrowest],
  ['name', narrowest],
  ['subject', narrowest],
  ['date', narrowest],
];
/** What is left after that goes back to these, the first first. */
const givenBack = ['date', 'subject', 'text', 'name'] as const satisfies readonly Kind[];

function fitted(
  width: number,
  {
    kinds,
    wanted,
    shortDates,
  }: { readonly kinds: readonly Kind[]; readonly wanted: readonly number[]; readonly shortDates: readonly number[] },
): readonly number[] {
  const room = width - gap.length * (wanted.length - 1);
  const cut = (from: readonly number[], kind: Kind, least: number) =>
    capped(from, { mayCut: kinds.map((one) => one === kind), room, least });
  let widths = wanted;
  for (const [kind, least] of cuts) {
    if (sum(widths) <= room) break;
    widths =
      least === 'day'
        ? widths.map((one, at) => (kinds[at] === kind ? Math.min(one, shortDates[at] ?? one) : one))
        : cut(widths, kind, least);
  }
  if (sum(widths) > room) return widths;
  for (const kind of givenBack) {
    const whole = widths.map((one, at) => (kinds[at] === kind ? (wanted[at] ?? one) : one));
    // A date has its hour or not.
    if (kind === 'date') widths = withDates(widths, whole, room);
    else widths = cut(whole, kind, narrowest);
  }
  return widths;
}

function withDates(widths: readonly number[], whole: readonly number[], room: number): readonly number[] {
  let left = room - sum(widths);
  return widths.map((one, at) => {
    const more = (whole[at] ?? one) - one;
    if (more <= 0 || more > left) return one;
    left -= more;
    return one + more;
  });
}

/** Truncates the widest columns to one common width, as far as needed; the cells that are left go to the first of them. */
function capped(
  wanted: readonly number[],
  { mayCut, room, least }: { readonly mayCut: readonly boolean[]; readonly room: number; readonly least: number },
): readonly number[] {
  const at = (cap: number) => wanted.map((one, index) => (mayCut[index] === true ? Math.min(one, cap) : one));
  let cap = Math.max(...wanted, least);
  while (cap > least && sum(at(cap)) > room) cap -= 1;
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
