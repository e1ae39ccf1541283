/** What rows are sorted by, one entry a row of the list (not a row of the book): `low` parts equal `high`s. */
export interface SortKeys {
  readonly high: Uint32Array;
  readonly low: Uint32Array | null;
}

const digitBits = 11;
const digitCount = 1 << digitBits;
const digitMask = digitCount - 1;
/** Where comparing beats counting digits. */
const fewRows = 3000;
const nothing = 0xffffffff;

/** Keys of codes with ranks, 0 last; an absent code (0) is last in both directions. */
export function rankKeys(rows: Uint32Array, rankOf: (row: number) => number, descending: boolean): SortKeys {
  const high = new Uint32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const rank = rankOf(rows[index] ?? 0);
    high[index] = rank === 0 ? nothing : descending ? nothing - 1 - rank : rank;
  }
  return { high, low: null };
}

/** Keys of numbers; NaN is last in both directions. */
export function numberKeys(rows: Uint32Array, cells: Float64Array, descending: boolean): SortKeys {
  const [high, low] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  const [lowWord, highWord] = littleEndian() ? [0, 1] : [1, 0];
  for (let index = 0; index < rows.length; index += 1) {
    const cell = cells[rows[index] ?? 0] ?? Number.NaN;
    if (Number.isNaN(cell)) {
      high[index] = nothing;
      low[index] = nothing;
      continue;
    }
    // Bits of a float, negative ones turned round, sort like the number.
    number[0] = cell === 0 ? 0 : cell;
    const turned = cell < 0 ? nothing : 0;
    const flipped = descending ? nothing : 0;
    high[index] = ((words[highWord] ?? 0) ^ turned ^ (cell < 0 ? 0 : 0x80000000) ^ flipped) >>> 0;
    low[index] = ((words[lowWord] ?? 0) ^ turned ^ flipped) >>> 0;
  }
  return { high, low };
}

/** The rows in the order of the keys, the first counting most; rows with equal keys stay in the order they had. */
export function sortRows(rows: Uint32Array, keys: readonly SortKeys[]): Uint32Array<ArrayBuffer> {
  const words = keys.flatMap(({ high, low }) => (low === null ? [high] : [high, low]));
  const order = rows.length <= fewRows ? byComparing(rows.length, words) : byDigits(rows.length, words);
  const sorted = new Uint32Array(rows.length);
  for (let index = 0; index < order.length; index += 1) sorted[index] = rows[order[index] ?? 0] ?? 0;
  return sorted;
}

function byComparing(length: number, words: readonly Uint32Array[]): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  return order.sort((a, b) => {
    for (const word of words) {
      const difference = (word[a] ?? 0) - (word[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

/** Radix sort from the last digit of the last word to the first, leaving out digits that all rows share. */
function byDigits(length: number, words: readonly Uint32Array[]): Uint32Array {
  let order = new Uint32Array(length);
  for (let index = 0; index < length; index += 1) order[index] = index;
  let spare = new Uint32Array(length);
  for (const word of words.toReversed()) {
    for (const shift of [0, digitBits, 2 * digitBits]) {
      const starts = new Uint32Array(digitCount + 1);
      for (let index = 0; index < length; index += 1) {
        const digit = ((word[index] ?? 0) >>> shift) & digitMask;
        starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
      }
      if (starts.includes(length)) continue;
      for (let digit = 0; digit < digitCount; digit += 1) {
        starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
      }
      for (let index = 0; index < length; index += 1) {
        const item = order[index] ?? 0;
        const digit = ((word[item] ?? 0) >>> shift) & digitMask;
        const place = starts[digit] ?? 0;
        spare[place] = item;
        starts[digit] = place + 1;
      }
      [order, spare] = [spare, order];
    }
  }
  return order;
}

function littleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
