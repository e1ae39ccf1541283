import { type StyledChar, styledCharsFromTokens, styledCharsToString, tokenize } from '@alcalzone/ansi-tokenize';
import { textWidth } from './text-width.ts';

/** A piece of styled text that Ink wants at a place of the frame; what earlier pieces left there is covered. */
interface Piece {
  readonly x: number;
  readonly text: string;
}

interface Clip {
  readonly x1: number | undefined;
  readonly x2: number | undefined;
  readonly y1: number | undefined;
  readonly y2: number | undefined;
}

type Transformer = (line: string, index: number) => string;

/**
 * Replaces Ink's frame buffer (`ink/build/output.js`) in the bundle, with the same calls and the same output: a frame is
 * composed of lines, and only a line on which pieces overlap is split into cells
 * (docs/decisions/0005-frames-are-made-of-lines.md).
 */
export default class FrameLines {
  readonly #width: number;
  readonly #rows: Piece[][];
  readonly #clips: Clip[] = [];

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = width;
    this.#rows = Array.from({ length: height }, () => []);
  }

  get height(): number {
    return this.#rows.length;
  }

  write(x: number, y: number, text: string, { transformers }: { readonly transformers: readonly Transformer[] }): void {
    if (text === '') return;
    const clip = this.#clips.at(-1);
    for (const [index, line] of linesOf(text).entries()) {
      const row = this.#rows[y + index];
      if (row === undefined || isOutside(y + index, clip)) continue;
      const piece = cut({ x, text: transformers.reduce((styled, change) => change(styled, index), line) }, clip);
      if (piece !== null) row.push(piece);
    }
  }

  clip(clip: Clip): void {
    this.#clips.push(within(this.#clips.at(-1), clip));
  }

  unclip(): void {
    this.#clips.pop();
  }

  get(): { readonly output: string; readonly height: number } {
    return {
      output: this.#rows.map((pieces) => composed(pieces, this.#width).trimEnd()).join('\n'),
      height: this.#rows.length,
    };
  }
}

/** Lines of a text, each with the styles that were open when it began. */
function linesOf(text: string): readonly string[] {
  if (!text.includes('\n')) return [text];
  let open = '';
  return text.split('\n').map((line) => {
    const styled = open + line;
    for (const [code] of line.matchAll(sgr)) open = code === '\u001b[0m' ? '' : open + code;
    return open === '' ? styled : `${styled}\u001b[0m`;
  });
}

const sgr = /\u001b\[[\d;]*m/g;

/** One line of the frame: pieces side by side are joined as they are, pieces that overlap are laid over each other. */
function composed(pieces: readonly Piece[], width: number): string {
  let line = '';
  let used = 0;
  for (const { x, text } of pieces) {
    if (x < used) return overlaid(pieces, width);
    line += ' '.repeat(x - used) + text;
    used = x + textWidth(text);
  }
  return used > width ? overlaid(pieces, width) : line;
}

function overlaid(pieces: readonly Piece[], width: number): string {
  const row: StyledChar[] = Array.from({ length: width }, () => blank([]));
  for (const { x, text } of pieces) {
    let at = x;
    openHalf(row, at);
    for (const character of charactersOf(text)) {
      const size = Math.max(1, textWidth(character.value));
      if (at + size > width) break;
      row[at] = character;
      for (let next = at + 1; next < at + size; next++) row[next] = { ...character, value: '' };
      at += size;
    }
    if (row[at]?.value === '') row[at] = blank(row[at]?.styles ?? []);
  }
  return styledCharsToString(row);
}

/** A wide character that is about to lose its second half becomes a space, so that the row keeps its width. */
function openHalf(row: StyledChar[], at: number): void {
  const first = row[at - 1];
  if (row[at]?.value === '' && first !== undefined) row[at - 1] = blank(first.styles);
}

function blank(styles: StyledChar['styles']): StyledChar {
  return { type: 'char', value: ' ', fullWidth: false, styles };
}

function charactersOf(text: string): readonly StyledChar[] {
  return styledCharsFromTokens(tokenize(text));
}

/** Cells `from` to `to` of a styled text; half a wide character leaves a space. */
function slice(text: string, from: number, to: number): string {
  const kept: StyledChar[] = [];
  let at = 0;
  for (const character of charactersOf(text)) {
    const size = Math.max(1, textWidth(character.value));
    const [first, end] = [Math.max(at, from), Math.min(at + size, to)];
    if (end - first === size) kept.push(character);
    else for (let half = first; half < end; half++) kept.push(blank(character.styles));
    at += size;
  }
  return styledCharsToString(kept);
}

function isOutside(y: number, clip: Clip | undefined): boolean {
  return clip !== undefined && ((clip.y1 !== undefined && y < clip.y1) || (clip.y2 !== undefined && y >= clip.y2));
}

function cut(piece: Piece, clip: Clip | undefined): Piece | null {
  const left = Math.max(0, clip?.x1 ?? 0);
  const right = clip?.x2 ?? Number.POSITIVE_INFINITY;
  const end = piece.x + textWidth(piece.text);
  if (piece.x >= left && end <= right) return piece;
  const [from, to] = [Math.max(left, piece.x), Math.min(right, end)];
  if (from >= to) return null;
  return { x: from, text: slice(piece.text, from - piece.x, to - piece.x) };
}

function within(outer: Clip | undefined, clip: Clip): Clip {
  if (outer === undefined) return clip;
  return {
    x1: tighter(outer.x1, clip.x1, Math.max),
    x2: tighter(outer.x2, clip.x2, Math.min),
    y1: tighter(outer.y1, clip.y1, Math.max),
    y2: tighter(outer.y2, clip.y2, Math.min),
  };
}

function tighter(a: number | undefined, b: number | undefined, choose: (a: number, b: number) => number) {
  if (a === undefined) return b;
  return b === undefined ? a : choose(a, b);
}
