import { type Bits, emptyBits, rangeBits } from '../store/bits.ts';
import { asStored, type ColumnCodec, type Narrow, narrow, noCells, type Piece, roomIn } from './column-codec.ts';

/** A column of exact numbers in memory; null is NaN. */
export type Numbers = Wholes | Float64Array;

/**
 * Numbers stored as `from` plus whole steps, divided by `scale`: a date is a number of days or seconds after the first
 * one. A cell holds its steps plus one, and 0 for null.
 */
export interface Wholes {
  readonly cells: Narrow;
  readonly from: number;
  readonly step: number;
  readonly scale: number;
}

const stepsAtMost = 2 ** 32 - 3;
const asFloats = asStored<Float64Array>((items) => new Float64Array(items).fill(Number.NaN));

/** `scale` makes most of the column's numbers whole. The others are stored as floats. */
export function asNumbers(scale: number): ColumnCodec<Float64Array, Numbers> {
  return {
    load(items, pieces) {
      const span = spanOf(pieces(), scale);
      if (span === null) return asFloats.load(items, pieces);
      const { from, step, steps } = span;
      const wholes = { cells: narrow(items, steps + 1), from, step, scale };
      for (const piece of pieces()) put(wholes, piece);
      return wholes;
    },
    change(held, items, pieces) {
      if (held instanceof Float64Array) return asFloats.change(held, items, pieces);
      const wholes = { ...held, cells: roomIn(held.cells, items, 0) };
      for (const piece of pieces) if (!put(wholes, piece)) return null;
      return wholes;
    },
    bytesOf: (held) => cellsOf(held).byteLength,
    emptied: (held) =>
      held instanceof Float64Array ? asFloats.emptied(held) : { ...held, cells: noCells(held.cells) },
  };
}

/** The storage of a column. */
export function cellsOf(numbers: Numbers): Narrow | Float64Array {
  return numbers instanceof Float64Array ? numbers : numbers.cells;
}

/** The number of a row. */
export function numberAt(numbers: Numbers): (row: number) => number {
  if (numbers instanceof Float64Array) return (row) => numbers[row] ?? Number.NaN;
  const { cells } = numbers;
  return (row) => numberOf(numbers, cells[row] ?? 0);
}

/** Rows whose number is at least `from` and below `to`, or, negated, outside; null is neither. */
export function rowsBetween(numbers: Numbers, from: number, to: number, negated: boolean): Bits {
  if (numbers instanceof Float64Array) return rangeBits(numbers, from, to, negated);
  const { cells } = numbers;
  // An empty range: nothing is inside, and nothing outside.
  if (Number.isNaN(from) || Number.isNaN(to)) return emptyBits(cells.length);
  const [first, end] = [firstCell(numbers, from), firstCell(numbers, to)];
  const bits = emptyBits(cells.length);
  for (let start = 0, word = 0; start < cells.length; start += 32, word += 1) {
    const stop = Math.min(cells.length, start + 32);
    let collected = 0;
    for (let row = start; row < stop; row += 1) {
      const cell = cells[row] ?? 0;
      const inside = cell >= first && cell < end;
      collected |= (cell !== 0 && inside !== negated ? 1 : 0) << (row & 31);
    }
    bits[word] = collected;
  }
  return bits;
}

function numberOf({ from, step, scale }: Wholes, cell: number): number {
  return cell === 0 ? Number.NaN : (from + (cell - 1) * step) / scale;
}

/** The first non-null cell of a number that is at least this one. */
function firstCell(wholes: Wholes, least: number): number {
  let [low, high] = [1, 2 ** (8 * wholes.cells.BYTES_PER_ELEMENT)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (numberOf(wholes, middle) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The least number, the largest step that reaches all others, and the number of such steps; null if floats are needed.
 */
function spanOf(pieces: Iterable<Piece<Float64Array>>, scale: number) {
  let [from, to, step, origin] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.NaN];
  for (const { cells } of pieces) {
    for (let index = 0; index < cells.length; index += 1) {
      const number = cells[index] ?? Number.NaN;
      if (Number.isNaN(number)) continue;
      const whole = Math.round(number * scale);
      if (whole / scale !== number || Math.abs(whole) > Number.MAX_SAFE_INTEGER) return null;
      if (Number.isNaN(origin)) origin = whole;
      if (whole < from) from = whole;
      if (whole > to) to = whole;
      const away = Math.abs(whole - origin);
      if (away !== 0 && Math.floor(away / step) * step !== away) step = commonDivisor(step, away);
    }
  }
  if (to < from) return { from: 0, step: 1, steps: 0 };
  const steps = step === 0 ? 0 : (to - from) / step;
  return steps > stepsAtMost ? null : { from, step: step || 1, steps };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** False if a number has no cell. */
function put({ cells, from, step, scale }: Wholes, { start, cells: fresh }: Piece<Float64Array>): boolean {
  const largest = 2 ** (8 * cells.BYTES_PER_ELEMENT) - 1;
  for (let index = 0; index < fresh.length; index += 1) {
    const number = fresh[index] ?? Number.NaN;
    if (Number.isNaN(number)) {
      cells[start + index] = 0;
      continue;
    }
    const whole = Math.round(number * scale);
    const cell = (whole - from) / step + 1;
    if (!(cell >= 1 && cell <= largest) || cell !== Math.floor(cell) || whole / scale !== number) return false;
    cells[start + index] = cell;
  }
  return true;
}
