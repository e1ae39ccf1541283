/** Text as roff: nothing in it is a request or an escape, and what is not ASCII is written by its code. `code` becomes bold. */
export function roff(words: string): string {
  const parts = words.split('`').map((part, at) => (at % 2 === 1 ? bold(part) : escaped(part)));
  return startingSafely(parts.join(''));
}

export function bold(words: string): string {
  return `\\fB${escaped(words)}\\fR`;
}

/** Lines that stand as they are. */
export function verbatim(lines: readonly string[]): readonly string[] {
  return ['.PP', '.RS', '.EX', ...lines.map((line) => startingSafely(escaped(line))), '.EE', '.RE'];
}

/** A name, or several, and what it means. */
export function entry(name: string, meaning: string): readonly string[] {
  return ['.TP', startingSafely(name), roff(meaning)];
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll(/[^\x20-\x7e]/gu, (character) => `\\[u${codeOf(character)}]`);
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** A line that begins with a dot or a quote would be a request. */
function startingSafely(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}
