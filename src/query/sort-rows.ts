import type { Narrow } from './column-codec.ts';
import type { Numbers } from './number-column.ts';
import { release } from './release.ts';

/** The keys that rows are sorted by. */
export type Key = Ranked | Floating;

interface Ranked {
  readonly kind: 'ranked';
  readonly cells: Narrow;
  /** By cell; null: the cells are ranks. Rank 0, null, is last in both directions. */
  readonly ranks: Uint32Array | null;
  readonly descending: boolean;
}

interface Floating {
  readonly kind: 'floating';
  /** NaN, null, is last in both directions. */
  readonly cells: Float64Array;
  readonly descending: boolean;
}

/** Keys of a list's rows in list order, the most significant word first. */
type Words = readonly Uint32Array[];

const digitBitsAtMost = 14;
/** Below this many rows a comparison sort is faster than counting. */
const fewRows = 2000;
/** Rows are counted by cell, at four bytes each, instead of by digit, up to this many distinct cells per row. */
const cellsARow = 2;
const allOnes = 0xffffffff;

export function byRank(cells: Narrow, ranks: Uint32Array | null, descending: boolean): Key {
  return { kind: 'ranked', cells, ranks, descending };
}

export function byNumber(numbers: Numbers, descending: boolean): Key {
  if (numbers instanceof Float64Array) return { kind: 'floating', cells: numbers, descending };
  return byRank(numbers.cells, null, descending);
}

/** A new list in key order, the first key being the most significant; the sort is stable. */
export function sortRows(list: Uint32Array, keys: readonly Key[]): Uint32Array {
  if (list.length <= fewRows) {
    const words = keys.flatMap((key) => wordsOf(list, key));
    return byComparing(list, words);
  }
  let order = list;
  for (const key of keys.toReversed()) {
    const next = sortedBy(order, key);
    if (order !== list && next !== order) release(order);
    order = next;
  }
  return order === list ? list.slice() : order;
}

function sortedBy(list: Uint32Array, key: Key): Uint32Array {
  if (key.kind === 'ranked' && cellsOf(key) <= list.length * cellsARow)
    return byCounting(list, key.cells, placesOf(key));
  const words = wordsOf(list, key);
  const order = byWords(list, words);
  release(...words);
  return order;
}

/** Number of possible distinct cells; infinite if there are as many as rows. */
function cellsOf({ cells, ranks }: Ranked): number {
  if (ranks !== null) return ranks.length;
  return cells.BYTES_PER_ELEMENT < 4 ? 2 ** (8 * cells.BYTES_PER_ELEMENT) : Number.POSITIVE_INFINITY;
}

/** The rank of each cell, from 1 on; null comes last. */
function placesOf(key: Ranked): Uint32Array {
  const ranks = key.ranks ?? Uint32Array.from({ length: cellsOf(key) }, (_, cell) => cell);
  const last = largestOf(ranks) + 1;
  return ranks.map((rank) => (rank === 0 ? last : key.descending ? last - rank : rank));
}

/** Two steps per row; only the first accesses cells at random. */
function byCounting(list: Uint32Array, cells: Narrow, places: Uint32Array): Uint32Array {
  const wanted = appPathsIn(list, cells, places);
  const order = inPlaces(list, wanted, startsOf(wanted));
  release(wanted);
  return order;
}

function appPathsIn(list: Uint32Array, cells: Narrow, places: Uint32Array): Uint32Array {
  const wanted = new Uint32Array(list.length);
  for (let index = 0; index < list.length; index += 1) wanted[index] = places[cells[list[index] ?? 0] ?? 0] ?? 0;
  return wanted;
}

/** The number of rows before each rank. */
function startsOf(wanted: Uint32Array): Uint32Array {
  const starts = new Uint32Array(largestOf(wanted) + 2);
  for (let index = 0; index < wanted.length; index += 1) {
    const next = (wanted[index] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let place = 1; place < starts.length; place += 1) {
    starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0);
  }
  return starts;
}

/** Increments `starts`. */
function inPlaces(list: Uint32Array, wanted: Uint32Array, starts: Uint32Array): Uint32Array {
  const order = new Uint32Array(list.length);
  for (let index = 0; index < list.length; index += 1) {
    const place = wanted[index] ?? 0;
    const at = starts[place] ?? 0;
    order[at] = list[index] ?? 0;
    starts[place] = at + 1;
  }
  return order;
}

function wordsOf(list: Uint32Array, key: Key): Words {
  return key.kind === 'ranked' ? rankWords(list, key) : floatWords(list, key);
}

function rankWords(list: Uint32Array, { cells, ranks, descending }: Ranked): Words {
  const keys = new Uint32Array(list.length);
  let last = 0;
  for (let index = 0; index < list.length; index += 1) {
    const cell = cells[list[index] ?? 0] ?? 0;
    const rank = ranks === null ? cell : (ranks[cell] ?? 0);
    keys[index] = rank;
    if (rank >= last) last = rank + 1;
  }
  for (let index = 0; index < keys.length; index += 1) {
    const rank = keys[index] ?? 0;
    keys[index] = rank === 0 ? last : descending ? last - rank : rank;
  }
  return [keys];
}

/** The bits of a float sort like the number once those of negative numbers are inverted. */
function floatWords(list: Uint32Array, { cells, descending }: Floating): Words {
  const [high, low] = [new Uint32Array(list.length), new Uint32Array(list.length)];
  const view = new DataView(new ArrayBuffer(8));
  const flipped = descending ? allOnes : 0;
  for (let index = 0; index < list.length; index += 1) {
    const cell = cells[list[index] ?? 0] ?? Number.NaN;
    view.setFloat64(0, cell === 0 ? 0 : cell);
    const turned = cell < 0 ? allOnes : 0;
    const isNull = Number.isNaN(cell);
    high[index] = isNull ? allOnes : (view.getUint32(0) ^ turned ^ (cell < 0 ? 0 : 0x80000000) ^ flipped) >>> 0;
    low[index] = isNull ? allOnes : (view.getUint32(4) ^ turned ^ flipped) >>> 0;
  }
  return [high, low];
}

function byWords(list: Uint32Array, [first, second]: Words): Uint32Array {
  if (first === undefined) return list;
  if (second === undefined) return byDigits(list, first, null).rows;
  const half = byDigits(list, second, first);
  const { rows } = byDigits(half.rows, half.carried ?? first, null);
  release(half.carried);
  if (half.rows !== list && half.rows !== rows) release(half.rows);
  return rows;
}

function byComparing(list: Uint32Array, words: Words): Uint32Array {
  const order = Uint32Array.from({ length: list.length }, (_, index) => index);
  order.sort((a, b) => {
    for (const word of words) {
      const difference = (word[a] ?? 0) - (word[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return order.map((index) => list[index] ?? 0);
}

/**
 * LSD radix sort, with digits of as many bits as the largest key needs, skipping digits that all keys share. `carried`
 * moves with its row. The result may be the input array.
 */
function byDigits(list: Uint32Array, word: Uint32Array, carried: Uint32Array | null) {
  const { length } = list;
  const bits = 32 - Math.clz32(largestOf(word));
  const passes = Math.ceil(bits / digitBitsAtMost);
  const digitBits = Math.ceil(bits / passes);
  const digitCount = 1 << digitBits;
  const digitMask = digitCount - 1;
  let now = { rows: list, keys: word, carried };
  let spare: typeof now | null = null;
  const room = (wanted: boolean) => (wanted ? new Uint32Array(length) : null);
  for (let pass = 0; pass < passes; pass += 1) {
    const shift = pass * digitBits;
    const starts = new Uint32Array(digitCount + 1);
    const { rows, keys, carried: more } = now;
    for (let index = 0; index < length; index += 1) {
      const digit = ((keys[index] ?? 0) >>> shift) & digitMask;
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    if (starts.includes(length)) continue;
    for (let digit = 0; digit < digitCount; digit += 1) {
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    }
    const to: typeof now = spare ?? {
      rows: new Uint32Array(length),
      keys: new Uint32Array(length),
      carried: room(more !== null),
    };
    for (let index = 0; index < length; index += 1) {
      const key = keys[index] ?? 0;
      const digit = (key >>> shift) & digitMask;
      const place = starts[digit] ?? 0;
      to.rows[place] = rows[index] ?? 0;
      to.keys[place] = key;
      if (to.carried !== null && more !== null) to.carried[place] = more[index] ?? 0;
      starts[digit] = place + 1;
    }
    // The caller's arrays are not modified: from the second pass on, two buffers of our own alternate.
    spare = rows === list ? null : now;
    now = to;
  }
  if (spare !== null) release(spare.rows, spare.keys, spare.carried);
  if (now.keys !== word) release(now.keys);
  return { rows: now.rows, carried: now.carried };
}

function largestOf(word: Uint32Array): number {
  let largest = 0;
  for (let index = 0; index < word.length; index += 1) {
    const key = word[index] ?? 0;
    if (key > largest) largest = key;
  }
  return largest;
}
