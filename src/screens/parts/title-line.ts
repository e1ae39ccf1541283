import { visible } from '../text/cells.ts';
import { clipPieces, type Piece, painted, widthOfPieces } from './line-pieces.ts';
import type { Theme, Tone } from './theme.ts';

/**
 * A part of a line with several things to say. Where the line is too narrow, its parts shrink one after the other, those
 * of the highest rank first, each as far as `least`; so no part pushes another away.
 */
export interface TitlePart {
  readonly rank: number;
  /** Cells where there is room. */
  readonly full: number;
  /** It never has fewer cells. 0: it is left out at last. */
  readonly least: number;
  /** In at most so many cells. */
  draw(room: number): readonly Piece[];
}

/** The order in which parts shrink: the last of these first. */
export const titleRanks = {
  name: 0,
  count: 1,
  position: 2,
  warning: 3,
  filter: 4,
  rows: 5,
  longName: 6,
  order: 7,
  hint: 8,
} as const;

/** The pieces whole, or nothing. */
export function optional(rank: number, ...pieces: readonly Piece[]): TitlePart {
  const full = widthOfPieces(pieces);
  return { rank, full, least: 0, draw: (room) => (room >= full ? pieces : []) };
}

/** The longest of the forms that fits; the last one always stays. */
export function inForms(rank: number, ...forms: readonly [readonly Piece[], ...(readonly Piece[])[]]): TitlePart {
  const [first] = forms;
  const last = forms.at(-1) ?? first;
  return {
    rank,
    full: widthOfPieces(first),
    least: widthOfPieces(last),
    draw: (room) => forms.find((pieces) => widthOfPieces(pieces) <= room) ?? last,
  };
}

/** A text that is cut with `…`, not below `least` cells; with 0 it is left out where too little of it would be left. */
export function cuttable(rank: number, text: string, least: number, tone: Tone = 'plain'): TitlePart {
  return cuttablePieces(rank, least, { text: visible(text), tone });
}

export function cuttablePieces(rank: number, least: number, ...pieces: readonly Piece[]): TitlePart {
  const full = widthOfPieces(pieces);
  const useful = Math.min(full, Math.max(least, leastUseful));
  const draw = (room: number) => (least === 0 && room < useful ? [] : clipPieces(pieces, room));
  return { rank, full, least: Math.min(full, least), draw };
}

const leastUseful = 10;

/** What the line is about: only a long one is cut. */
export function nameOf(text: string): TitlePart {
  return cuttable(titleRanks.longName, text, leastName, 'bold');
}

const leastName = 24;

/** What a list is, in words. */
export function aboutPart(text: string): TitlePart {
  return cuttable(titleRanks.hint, `   ${text}`, 0, 'dim');
}

/** What is drawn at the left and at the right end of a line of `width` cells. */
export function fitEnds(
  width: number,
  left: readonly TitlePart[],
  right: readonly TitlePart[],
): readonly [left: readonly Piece[], right: readonly Piece[]] {
  const fitted = fitParts([...left, ...right.map(apart)], width);
  return [fitted.slice(0, left.length).flat(), fitted.slice(left.length).flat()];
}

export function joinedLine(theme: Theme, width: number, start: readonly Piece[], end: readonly Piece[]): string {
  const [left, right] = [painted(theme, start, width), painted(theme, end, width)];
  return left.text + ' '.repeat(Math.max(0, width - left.width - right.width)) + right.text;
}

/** One line with a separator between the parts at the left. */
export function separatedLine(
  theme: Theme,
  width: number,
  left: readonly TitlePart[],
  right: readonly TitlePart[],
): string {
  const [start, end] = fitEnds(
    width,
    left.map((part, index) => (index === 0 ? part : after(part))),
    right,
  );
  // The part that was first may have been left out.
  const [first] = start.filter(({ text }) => text !== '');
  const pieces = first === separator ? start.slice(start.indexOf(separator) + 1) : start;
  return joinedLine(theme, width, pieces, end);
}

const separator: Piece = { text: ' · ', tone: 'dim' };

function after(part: TitlePart): TitlePart {
  const beside = separator.text.length;
  const draw = (room: number): readonly Piece[] => {
    const pieces = part.draw(room - beside);
    return widthOfPieces(pieces) === 0 ? [] : [separator, ...pieces];
  };
  return { ...part, full: part.full + beside, least: part.least === 0 ? 0 : part.least + beside, draw };
}

/** With a gap before it. */
function apart(part: TitlePart): TitlePart {
  const gap = 2;
  const draw = (room: number): readonly Piece[] => {
    const pieces = part.draw(room - gap);
    return widthOfPieces(pieces) === 0 ? [] : [{ text: ' '.repeat(gap) }, ...pieces];
  };
  const wider = (cells: number) => (cells === 0 ? 0 : cells + gap);
  return { rank: part.rank, full: wider(part.full), least: wider(part.least), draw };
}

/** Each part in the room that it gets. */
export function fitParts(parts: readonly TitlePart[], width: number): readonly (readonly Piece[])[] {
  const drawn = parts.map((part) => part.draw(part.full));
  const excess = () => drawn.reduce((sum, pieces) => sum + widthOfPieces(pieces), 0) - width;
  const order = parts
    .map((part, index) => ({ part, index }))
    .toSorted((a, b) => b.part.rank - a.part.rank || b.index - a.index);
  for (const { part, index } of order) {
    const over = excess();
    if (over > 0) drawn[index] = part.draw(Math.max(part.least, part.full - over));
  }
  // A part that had only shorter forms may have left more room than was needed.
  for (const { part, index } of order.toReversed()) {
    const used = widthOfPieces(drawn[index] ?? []);
    const spare = -excess();
    if (spare > 0 && used < part.full) drawn[index] = part.draw(Math.min(part.full, used + spare));
  }
  return drawn;
}
