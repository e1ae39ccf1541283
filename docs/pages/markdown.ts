/** States the source of a page, so that it is not edited by hand. */
export const mark = '\n*This page is generated: change the code, then run `npm run docs`.*\n';

/** A page from its lines: blank lines around headings, never two in a row. */
export function page(lines: readonly string[]): string {
  const spaced = lines.flatMap((line) => (line.startsWith('#') ? ['', line, ''] : [line]));
  return `${spaced
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Rows below their heads, and a blank line. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}

/** Our own text, which may contain `code`; a bar would end a table cell, angle brackets would be a tag. */
function text(words: string): string {
  return words.replaceAll('|', '\\|').replaceAll('<', '\\<');
}

export function code(words: string): string {
  const fence = words.includes('`') ? '``' : '`';
  return `${fence}${words.includes('`') ? ` ${words} ` : words}${fence}`.replaceAll('|', '\\|');
}

/** Our own text with `code`, in which nothing else is Markdown. */
export function markdown(words: string): string {
  const parts = words.split('`');
  return parts.map((part, at) => (at % 2 === 1 ? code(part) : text(part))).join('');
}

/** A paragraph in lines, at blanks outside of code. */
export function wrapped(paragraph: string): readonly string[] {
  const lines: string[] = [];
  for (const [word] of paragraph.matchAll(/(?:`[^`]*`|[^\s`])+/g)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= widest) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const widest = 140;
