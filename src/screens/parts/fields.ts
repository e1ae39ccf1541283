import { visible, widthOf } from '../text/cells.ts';
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

/** A label and its value; both are wrapped, never truncated. */
export function fieldLines(field: LabelledValue, width: number, labelled = labelWidth): readonly PieceLine[] {
  const labels = wrap(field.label, labelled);
  const values = wrap(field.value, Math.max(8, width - labelled - 1));
  return Array.from({ length: Math.max(labels.length, values.length) }, (_, index) => [
    { text: `${fitTo(labels[index] ?? '', labelled)} `, tone: 'dim' },
    { text: values[index] ?? '', tone: field.tone ?? 'plain' },
  ]);
}

/** The room for the labels of some fields: all of the longest, up to 60 % of the width. */
export function widthOfLabels(fields: readonly Pick<LabelledValue, 'label'>[], width: number): number {
  const longest = fields.reduce((most, { label }) => Math.max(most, widthOf(visible(label))), labelWidth);
  return Math.min(longest, Math.max(labelWidth, Math.floor(width * 0.6)));
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
    const labelled = widthOfLabels(fields, width);
    const pairs = left.flatMap((field, index) => [field, right[index]]);
    return pairs.flatMap((field) => (field === undefined ? [] : fieldLines(field, width, labelled)));
  }
  const half = Math.floor((Math.min(width, widestPair) - 3) / 2);
  const [ofLeft, ofRight] = [widthOfLabels(left, half), widthOfLabels(right, half)];
  return left.flatMap((field, index) => {
    const other = right[index];
    return beside(fieldLines(field, half, ofLeft), other === undefined ? [] : fieldLines(other, half, ofRight), half);
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
  return [label, { ...value, text: fitTo(value.text, Math.max(0, width - widthOf(label.text))) }];
}
