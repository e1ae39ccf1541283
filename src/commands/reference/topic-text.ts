import type { Described, Part, Topic, TopicTable } from './topic.ts';

/** Help is read in a terminal of this width, or a wider one. */
const columns = 80;
/** A name that is longer has its meaning on the next line. */
const widestName = 30;

/** A topic as the lines of `subdeck help`. */
export function topicLines(topic: Topic, about: Described): readonly string[] {
  return [topic.title, ...topic.parts(about).flatMap(partLines)];
}

function partLines({ title, paragraphs = [], example = [], table }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : ['', title]),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapped(plain(paragraph), columns)]),
    ...(example.length > 0 ? ['', ...example.map((line) => `  ${line}`)] : []),
    ...(table === undefined ? [] : ['', ...tableLines(table)]),
  ];
}

function tableLines({ rows }: TopicTable): readonly string[] {
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

function plain(text: string): string {
  return text.replaceAll('`', '');
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
