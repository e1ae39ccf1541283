import { wrapWords } from '../model/wrap-words.ts';
import { cellsOf } from './terminal-cells.ts';

/** Sentences in lines of at most `width` cells, broken at blanks. Indented lines, which are commands and lists, and JSON stay whole. */
export function wrapSentences(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (/^[\s{]/.test(line) ? line : wrapWords(line, width, cellsOf).join('\n')))
    .join('\n');
}
