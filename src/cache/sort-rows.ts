/** Keys of a list's rows in the order of the list, the most significant word first. */
type Words = readonly Uint32Array[];
export type KeysOf = (list: Uint32Array) => Words;

const digitBits = 13;
const digitCount = 1 << digitBits;
const digitMask = digitCount - 1;
/** Where comparing beats counting digits. */
const fewRows = 2000;
const allOnes = 0xffffffff;
/** Two digits of a radix sort. */
const half = 2 ** (2 * digitBits);

/**
 * Gives the memory of arrays back at once: the garbage collector sees small objects only, and a sort of a million rows
 * leaves tens of megabytes behind them. They must not be used any more.
 */
function release(...arrays: readonly (Uint32Array | Float64Array | null | undefined)[]): void {
  for (const array of arrays)
    if (array?.buffer instanceof ArrayBuffer && !array.buffer.detached) array.buffer.transfer(0);
}

/**
 * Keys by rank: that in the row's cell, or, where there are `ranks`, that of the code in the cell. A rank of 0, null, is
 * last in both directions.
 */
export function byRank(
  cells: Uint8Array | Uint16Array | Uint32Array,
  ranks: Uint32Array | null,
  descending: boolean,
): KeysOf {
  return (list) => {
    const keys = new Uint32Array(list.length);
    let highest = 0;
    for (let index = 0; index < list.length; index += 1) {
      const cell = cells[list[index] ?? 0] ?? 0;
      const rank = ranks === null ? cell : (ranks[cell] ?? 0);
      keys[index] = rank;
      if (rank > highest) highest = rank;
    }
    for (let index = 0; index < keys.length; index += 1) {
      const rank = keys[index] ?? 0;
      if (rank === 0) keys[index] = highest + 1;
      else if (descending) keys[index] = highest - rank;
    }
    return [keys];
  };
}

/**
 * Keys by number; NaN, null, is last in both directions. `scale` makes most of the column's numbers whole: whole numbers
 * of a limited range sort in a third of the time.
 */
export function byNumber(cells: Float64Array, scale: number, descending: boolean): KeysOf {
  return (list) =>
    wholeKeys(list, cells, scale, descending) ??
    wholeKeys(list, cells, 1, descending) ??
    floatKeys(list, cells, descending);
}

/** One word, or two of half a float's digits each; null where the numbers are not whole or too far apart. */
function wholeKeys(list: Uint32Array, cells: Float64Array, scale: number, descending: boolean): Words | null {
  const wholes = new Float64Array(list.length);
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < list.length; index += 1) {
    const scaled = (cells[list[index] ?? 0] ?? Number.NaN) * scale;
    const whole = Math.floor(scaled + 0.5);
    if (Math.abs(scaled - whole) > 1e-5) {
      release(wholes);
      return null;
    }
    wholes[index] = whole;
    if (whole < from) from = whole;
    if (whole > to) to = whole;
  }
  const nothing = to < from ? 0 : to - from + 1;
  if (nothing >= half * half) {
    release(wholes);
    return null;
  }
  const low = new Uint32Array(list.length);
  const high = nothing < 2 ** 32 ? null : new Uint32Array(list.length);
  for (let index = 0; index < list.length; index += 1) {
    const whole = wholes[index] ?? Number.NaN;
    const key = Number.isNaN(whole) ? nothing : descending ? to - whole : whole - from;
    if (high === null) {
      low[index] = key;
    } else {
      high[index] = Math.floor(key / half);
      low[index] = key % half;
    }
  }
  release(wholes);
  return high === null ? [low] : [high, low];
}

/** The bits of a float, those of a negative one turned round, sort like the number. */
function floatKeys(list: Uint32Array, cells: Float64Array, descending: boolean): Words {
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

/** The list in the order of the keys, the first counting most; rows with equal keys stay in the order they had. */
export function sortRows(list: Uint32Array, keys: readonly KeysOf[]): Uint32Array {
  if (list.length <= fewRows) {
    const words = keys.flatMap((keysOf) => keysOf(list));
    return byComparing(list, words);
  }
  let order = list;
  for (const keysOf of keys.toReversed()) {
    const words = keysOf(order);
    const next = byWords(order, words);
    release(...words);
    if (order !== list && next !== order) release(order);
    order = next;
  }
  return order;
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
 * Radix sort from the last digit to the first, without digits that all keys share. `carried` goes where its row goes. What
 * it gives may be what it was given.
 */
function byDigits(list: Uint32Array, word: Uint32Array, carried: Uint32Array | null) {
  const { length } = list;
  let now = { rows: list, keys: word, carried };
  let spare: typeof now | null = null;
  const room = (wanted: boolean) => (wanted ? new Uint32Array(length) : null);
  for (const shift of [0, digitBits, 2 * digitBits]) {
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
    // The caller's arrays are not written to: from the second pass on, two sets of our own take turns.
    spare = rows === list ? null : now;
    now = to;
  }
  if (spare !== null) release(spare.rows, spare.keys, spare.carried);
  if (now.keys !== word) release(now.keys);
  return { rows: now.rows, carried: now.carried };
}
