import { widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import type { Theme, Tone } from './theme.ts';

/** A piece of a line before painting: widths are counted on plain text. */
export interface Piece {
  readonly text: string;
  readonly tone?: Tone;
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
  let text = '';
  let used = 0;
  for (const piece of pieces) {
    const shown = clip(piece.text, width - used);
    text += theme.paint(piece.tone ?? 'plain', shown);
    used += widthOf(shown);
  }
  return { text, width: used };
}
