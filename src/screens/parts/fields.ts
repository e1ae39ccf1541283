import { visible } from '../text/cells.ts';
import { fitTo } from '../text/fit.ts';
import { wrap } from '../text/wrap.ts';
import type { Piece } from './line-pieces.ts';
import type { Tone } from './theme.ts';

/** A line of the screen in pieces. */
export type PieceLine = readonly Piece[];

export interface LabelledValue {
  readonly label: string;
  readonly value: string;
  readonly tone?: Tone;
}

const labelWidth = 14;

/** A label and its value; the value is wrapped, never truncated. */
export function fieldLines(field: LabelledValue, width: number, labelled = labelWidth): readonly PieceLine[] {
  const room = Math.max(8, width - labelled - 1);
  return wrap(field.value, room).map((line, index) => [
    { text: `${fitTo(index === 0 ? visible(field.label) : '', labelled)} `, tone: 'dim' },
    { text: line, tone: field.tone ?? 'plain' },
  ]);
}

/** Columns further apart than this are hard to read as one line. */
const widestPair = 132;

/**
 * Fields in two columns on a wide screen, the first half at the left; on a narrow one below each other, pair by pair,
 * so that the top fields stay at the top.
 */
export function fieldGrid(fields: readonly LabelledValue[], width: number, leastForTwo = 96): readonly PieceLine[] {
  const middle = Math.ceil(fields.length / 2);
  const left = fields.slice(0, middle);
  const right = fields.slice(middle);
  if (width < leastForTwo) {
    const pairs = left.flatMap((field, index) => [field, right[index]]);
    return pairs.flatMap((field) => (field === undefined ? [] : fieldLines(field, width)));
  }
  const half = Math.floor((Math.min(width, widestPair) - 3) / 2);
  return left.flatMap((field, index) => {
    const other = right[index];
    return beside(fieldLines(field, half), other === undefined ? [] : fieldLines(other, half), half);
  });
}

function beside(left: readonly PieceLine[], right: readonly PieceLine[], width: number): readonly PieceLine[] {
  const empty: PieceLine = [{ text: ' '.repeat(width) }];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    ...padded(left[index] ?? empty, width),
    { text: '   ' },
    ...(right[index] ?? []),
  ]);
}

function padded(line: PieceLine, width: number): PieceLine {
  const [label, value] = line;
  if (label === undefined || value === undefined) return line;
  return [label, { ...value, text: fitTo(value.text, Math.max(0, width - labelWidth - 1)) }];
}
