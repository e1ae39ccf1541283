import { wrapWords } from '../model/wrap-words.ts';

/** Help is read in a terminal of this width, or a wider one. */
export const helpColumns = 80;
const nameWidth = 30;
const indent = ' '.repeat(nameWidth + 4);

/** A list's entry in help: a name, and what it means beside it, in as many lines as that needs. */
export function helpEntry(name: string, meaning: string): string {
  const lines = wrapWords(meaning, helpColumns - indent.length);
  return `  ${name.padEnd(nameWidth)}  ${lines.join(`\n${indent}`)}`;
}
