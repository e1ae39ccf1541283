/** Says where a page comes from, so that nobody edits it by hand. */
export const mark = '\n*This page is made from the code: change the code, then run `npm run docs`.*\n';

/** A page out of its lines: empty ones around headings, never two in a row. */
export function page(lines: readonly string[]): string {
  const spaced = lines.flatMap((line) => (line.startsWith('#') ? ['', line, ''] : [line]));
  return `${spaced
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Rows below their heads, and an empty line. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}

/** Our own words, which may hold `code`; a bar would end the cell of a table, angle brackets would be a tag. */
export function text(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('<', '\\<');
}

/** The same as a sentence of its own. */
export function sentence(words: string): string {
  const said = text(words);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

export function code(words: string): string {
  const fence = words.includes('`') ? '``' : '`';
  return `${fence}${words.includes('`') ? ` ${words} ` : words}${fence}`.replaceAll('|', '\\|');
}
