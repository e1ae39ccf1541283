import { cellsOf } from './terminal-cells.ts';

/** Sentences in lines of at most `width` cells, broken at blanks. Indented lines, which are commands and lists, and JSON stay whole. */
export function wrapSentences(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (/^[\s{]/.test(line) ? line : wrapped(line, width)))
    .join('\n');
}

function wrapped(sentence: string, width: number): string {
  if (cellsOf(sentence) <= width) return sentence;
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && cellsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
