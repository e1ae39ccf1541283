import { cells, widthOf } from './cells.ts';

/** Wraps a text to lines of at most `width` cells, at spaces if possible. Returns at least one line. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** The same in at most this many lines; the last one holds the rest, to be truncated when drawn. */
export function wrapInto(lines: number, text: string, width: number): readonly string[] {
  const all = wrap(text, width);
  if (all.length <= lines) return all;
  return [...all.slice(0, lines - 1), all.slice(lines - 1).join(' ')];
}

/** A word longer than the line, in pieces; any other as it is, with every character visible. */
function pieces(word: string, room: number): readonly string[] {
  const out: string[] = [];
  let piece = '';
  let used = 0;
  for (const { text, width } of cells(word)) {
    if (used + width > room) {
      out.push(piece);
      piece = '';
      used = 0;
    }
    piece += text;
    used += width;
  }
  return [...out, piece];
}
