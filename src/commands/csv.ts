import type { CsvSeparator } from '../model/csv-separator.ts';
import { printable } from '../model/printable.ts';
import type { ListReply } from './reply.ts';

/** RFC 4180 lines, the header first. Null is an empty field. */
export function* csvLines({ columns, rows }: Pick<ListReply, 'columns' | 'rows'>): Iterable<string> {
  yield line(columns.map(({ id }) => id));
  for (const { cells } of rows) yield line(cells.map((cell) => cell ?? ''));
}

function line(fields: readonly string[]): string {
  return `${fields.map(field).join(',')}\r\n`;
}

/** A spreadsheet evaluates a field that begins like a formula, quoted or not; a leading apostrophe makes it text. */
function field(text: string): string {
  const guarded = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${printable(text)}` : printable(text);
  // Many readers keep leading and trailing spaces only in quotes.
  return /[",\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/**
 * The same for spreadsheets: a byte order mark, and the separator that they expect. No cell starts a formula, also where the
 * table is opened with another separator than it was written with.
 */
export function* excelLines(
  { columns, rows }: Pick<ListReply, 'columns' | 'rows'>,
  separator: CsvSeparator,
): Iterable<string> {
  const excelLine = (fields: readonly string[]) => `${fields.map(excelField).join(separator)}\r\n`;
  yield `\ufeff${excelLine(columns.map(({ id }) => id))}`;
  for (const { cells } of rows) yield excelLine(cells.map((cell) => cell ?? ''));
}

function excelField(text: string): string {
  const guarded = printable(text).replace(/(^|[,;\t](?:[^\S\t]|")*)(?=[=+\-@＝＋－＠])/g, "$1'");
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
