import { type FaultError, fault } from '../../model/fault.ts';

/** A table as a spreadsheet saves it. `line` is where a record begins, from 1. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

export interface CsvRecord {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Columns whose cell begins or ends with unquoted spaces. */
  readonly padded: ReadonlySet<string>;
}

/**
 * RFC 4180 with its usual liberties: commas, semicolons or tabs (as `sep=` or the header has it), a byte order mark, any line ends,
 * empty lines, empty columns behind the last one. Header names lose their case and the spaces around them; a cell loses the
 * spaces around it where it has no quotes, and is named in `padded` then. The apostrophe by which an export keeps a cell from
 * being run as a formula is taken off. Throws `usage` faults that name the line.
 */
export function readCsv(text: string): CsvTable {
  const { body, separator, skipped } = withoutMarks(text);
  const lines = split(body, separator).map(({ line, fields }) => ({ line: line + skipped, fields }));
  const [head, ...rest] = lines.filter(({ fields }) => fields.some(({ text: cell }) => cell !== ''));
  if (head === undefined)
    throw wrong(1, 'the file is empty', 'Add a first line that names the columns, such as ref,quantity.');
  const header = withoutEmptyEnd(head.fields).map(({ text: name }) => name.toLowerCase());
  if (header.length > mostColumns) {
    throw wrong(
      head.line,
      `it has ${header.length} columns, which is too many`,
      `Keep at most ${mostColumns}; a plan uses only a few of them.`,
    );
  }
  const seen = new Set<string>();
  const twice = header.find((name) => seen.has(name) || !seen.add(name));
  if (twice !== undefined) throw wrong(head.line, `the column ${twice} appears twice`, 'Name each column once.');
  const records = rest.map(({ line, fields: all }) => {
    const fields = all.slice(0, header.length);
    if (all.slice(header.length).some(({ text: cell }) => cell !== '')) {
      throw wrong(
        line,
        `it has ${all.length} fields, but the header has ${header.length}`,
        'Put fields that contain commas in quotes.',
      );
    }
    const cells = Object.fromEntries(header.map((name, index) => [name, unguarded(fields[index]?.text ?? '')]));
    return { line, cells, padded: new Set(header.filter((_, index) => fields[index]?.padded === true)) };
  });
  return { header, records };
}

/** More than any export has; every line is as wide as the header. */
const mostColumns = 500;
/** A first line `sep=;` is for Excel: it names the separator and is no row. */
function withoutMarks(text: string): { readonly body: string; readonly separator: string; readonly skipped: number } {
  const body = text.replace(/^\u{feff}/u, '');
  const named = /^"?sep=(.)"?(?:\r\n|\n|\r|$)/i.exec(body);
  if (named === null) return { body, separator: separatorOf(body), skipped: 0 };
  const [whole, separator = ','] = named;
  return { body: body.slice(whole.length), separator, skipped: 1 };
}

function withoutEmptyEnd(fields: readonly Field[]): readonly Field[] {
  const last = fields.findLastIndex(({ text: name }) => name !== '');
  return fields.slice(0, last + 1);
}

function unguarded(cell: string): string {
  return /^'[=+\-@＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  return [',', ';', '\t'].find((each) => first.includes(each)) ?? ',';
}

interface Field {
  readonly text: string;
  readonly padded: boolean;
}

interface Line {
  readonly line: number;
  readonly fields: readonly Field[];
}

function split(text: string, separator: string): readonly Line[] {
  const lines: Line[] = [];
  let fields: Field[] = [];
  let field = '';
  let quoted = false;
  let wasQuoted = false;
  let line = 1;
  let begun = 1;
  const endField = () => {
    const bare = wasQuoted ? field : field.trim();
    fields.push({ text: bare, padded: bare !== field });
    field = '';
    wasQuoted = false;
  };
  const endLine = () => {
    endField();
    lines.push({ line: begun, fields });
    fields = [];
    begun = line;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n' || (character === '\r' && text.charAt(at + 1) !== '\n')) line += 1;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && field.trim() === '') {
      field = '';
      quoted = true;
      wasQuoted = true;
    } else if (character === separator) endField();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && text.charAt(at + 1) === '\n') {
        at += 1;
        line += 1;
      }
      endLine();
    } else if (!wasQuoted || character.trim() !== '') field += character;
  }
  if (quoted) throw wrong(begun, 'a quote is not closed', 'Close it with ".');
  if (field !== '' || fields.length > 0) endLine();
  return lines;
}

export function wrong(line: number, what: string, next: string): FaultError {
  return fault('usage', `Line ${line} of the CSV: ${what}.`, next);
}
