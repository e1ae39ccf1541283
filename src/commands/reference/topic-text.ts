import { wrapWords } from '../../model/wrap-words.ts';
import { helpColumns as columns } from '../help-entry.ts';
import type { Described, Part, Topic, TopicTable } from './topic.ts';

/** A name that is longer has its meaning on the next line. */
const widestName = 30;

/** A topic as the lines of `subdeck help`. */
export async function topicLines(topic: Topic, about: Described): Promise<readonly string[]> {
  return [topic.title, ...(await topic.parts(about)).flatMap(partLines)];
}

function partLines({ title, paragraphs = [], example = [], table }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : ['', plain(title)]),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapWords(plain(paragraph), columns)]),
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

/** What needs more room than columns have: the first cell, and the others below it with their heads. A number stands before the second. A cell may have several lines. */
function entryLines([firstHead, ...heads]: readonly string[], [first = '', ...cells]: readonly string[]) {
  const isNumbered = firstHead === '' && /^\d+$/.test(first);
  const name = isNumbered ? `${first.padStart(4)}  ${cells[0]}` : `  ${first}`;
  const others = heads
    .map((head, at) => (cells[at] === '' || (isNumbered && at === 0) ? '' : `${head}: ${cells[at]}`))
    .filter((text) => text !== '');
  const below = others.length === 0 ? [] : linesOf(others.join('; ').replaceAll('.; ', '. '), columns - 6);
  const [line = '', ...more] = wrapWords(name.trimStart(), columns - 6);
  const indent = name.slice(0, name.length - name.trimStart().length);
  return [`${indent}${line}`, ...[...more, ...below].map((text) => `      ${text}`)];
}

/** Each line of a text, wrapped. */
function linesOf(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapWords(line, width));
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
    const meaning = wrapWords(row.at(-1) ?? '', Math.max(columns - begin, widestName));
    const head = `  ${names}`;
    const fits = head.length + 2 <= begin;
    const [first = '', ...more] = fits ? meaning : ['', ...meaning];
    return [`${head}  ${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(begin)}${line}`)];
  });
}

/** A link to another topic becomes the command that shows it; one to another page of the docs gets its path. */
function plain(text: string): string {
  return text
    .replaceAll('`', '')
    .replaceAll(/\[[^[\]]+\]\(([a-z-]+)\.md\)/g, 'subdeck help $1')
    .replaceAll(/\[([^[\]]+)\]\(\.\.\/([a-z-]+\.md)\)/g, '$1: docs/$2');
}
