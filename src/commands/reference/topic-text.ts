import type { Described, Part, Topic, TopicTable } from './topic.ts';

/** Help is read in a terminal of this width, or a wider one. */
const columns = 80;
/** A name that is longer has its meaning on the next line. */
const widestName = 30;

/** A topic as the lines of `subdeck help`. */
export async function topicLines(topic: Topic, about: Described): Promise<readonly string[]> {
  return [topic.title, ...(await topic.parts(about)).flatMap(partLines)];
}

function partLines({ title, paragraphs = [], example = [], table }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : ['', plain(title)]),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapped(plain(paragraph), columns)]),
    ...(example.length > 0 ? ['', ...example.map((line) => `  ${line}`)] : []),
    ...(table === undefined ? [] : ['', ...tableLines(table)]),
  ];
}

function tableLines({ heads, rows }: TopicTable): readonly string[] {
  const isWide =
    heads.length > 3 ||
    rows.some(
      ([first = '', ...row]) => first.length > columns || row.slice(0, -1).some((cell) => cell.length > widestName),
    );
  return isWide ? rows.flatMap((row) => entryLines(heads, row.map(plain))) : columnLines(rows);
}

/** What needs more room than columns have: the first cell, and the others below it with their heads. A number stands before the second. */
function entryLines([firstHead, ...heads]: readonly string[], [first = '', ...cells]: readonly string[]) {
  const isNumbered = firstHead === '' && /^\d+$/.test(first);
  const name = isNumbered ? `${first.padStart(4)}  ${cells[0]}` : `  ${first}`;
  const others = heads
    .map((head, at) => (cells[at] === '' || (isNumbered && at === 0) ? '' : `${head}: ${cells[at]}`))
    .filter((text) => text !== '');
  const below = others.length === 0 ? [] : wrapped(others.join('; '), columns - 6);
  const [line = '', ...more] = wrapped(name.trimStart(), columns - 6);
  const indent = name.slice(0, name.length - name.trimStart().length);
  return [`${indent}${line}`, ...[...more, ...below].map((text) => `      ${text}`)];
}

function columnLines(rows: TopicTable['rows']): readonly string[] {
  const said = rows.map((row) => row.map(plain));
  const last = (said[0]?.length ?? 1) - 1;
  const widths = Array.from({ length: last }, (_, at) => {
    const fitting = said.map((row) => (row[at] ?? '').length).filter((length) => length <= widestName);
    return Math.max(0, ...fitting);
  });
  const begin = widths.reduce((sum, width) => sum + width + 2, 2);
  return said.flatMap((row) => {
    const names = row
      .slice(0, -1)
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ');
    const meaning = wrapped(row.at(-1) ?? '', Math.max(columns - begin, widestName));
    const head = `  ${names}`;
    const fits = head.length + 2 <= begin;
    const [first = '', ...more] = fits ? meaning : ['', ...meaning];
    return [`${head}  ${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(begin)}${line}`)];
  });
}

/** A link to another topic becomes the command that shows it. */
function plain(text: string): string {
  return text.replaceAll('`', '').replaceAll(/\[[^[\]]+\]\(([a-z-]+)\.md\)/g, 'subdeck help $1');
}

/** At blanks; a longer word has a line of its own. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
