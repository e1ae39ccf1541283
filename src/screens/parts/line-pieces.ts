import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import type { Theme, Tone } from './theme.ts';

/** A piece of a line before painting: widths are counted on plain text. */
export interface Piece {
  readonly text: string;
  readonly tone?: Tone;
}

export function widthOfPieces(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** One line with a left and a right part; the left part is truncated. */
export function spread(theme: Theme, width: number, left: readonly Piece[], right: readonly Piece[] = []): string {
  const end = painted(theme, right, Math.max(0, width - 4));
  const room = width - end.width - (end.width > 0 ? 2 : 0);
  const start = painted(theme, left, room);
  return start.text + ' '.repeat(Math.max(0, width - start.width - end.width)) + end.text;
}

/** The pieces, painted, in at most `width` cells. */
export function painted(theme: Theme, pieces: readonly Piece[], width: number): { text: string; width: number } {
  const shown = clipPieces(pieces, width);
  return {
    text: shown.map(({ text, tone }) => theme.paint(tone ?? 'plain', text)).join(''),
    width: widthOfPieces(shown),
  };
}

/** In at most `width` cells. */
export function clipPieces(pieces: readonly Piece[], width: number): readonly Piece[] {
  let used = 0;
  return pieces.map((piece) => {
    const text = clip(piece.text, width - used);
    used += widthOf(text);
    return { ...piece, text };
  });
}
