/**
 * What a suggested command holds (a REF, the path of a file), as one word of a shell: it may hold blanks, quotes, `$` and anything
 * else. Every text that suggests a command puts what it holds in through these functions.
 */
export function shellWord(text: string): string {
  return /^[\w./:@%+-][\w./:@%+=-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Several words that are written with blanks between them: `subscription show`. */
export function shellWords(text: string): string {
  return text.split(' ').map(shellWord).join(' ');
}

/** The path of a file: one that begins with a dash is no option. */
export function fileWord(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}
