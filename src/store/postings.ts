import type { Bits } from './bits.ts';
import { DamagedError } from './sql-values.ts';
import { blockSize } from './trigrams.ts';

const asBits = 1;
const asSteps = 0;
const bitsLength = blockSize / 8;

/** Ascending rows of one block as bytes: deltas, or a bitmap if that is shorter. */
export function encodePostings(rows: Uint16Array): Uint8Array {
  const steps = new Uint8Array(1 + Math.min(rows.length * 3, bitsLength + 3));
  steps[0] = asSteps;
  let length = 1;
  let before = -1;
  for (const row of rows) {
    if (length > bitsLength) return bitmapOf(rows);
    let step = row - before - 1;
    before = row;
    while (step > 127) {
      steps[length] = (step & 127) | 128;
      length += 1;
      step >>>= 7;
    }
    steps[length] = step;
    length += 1;
  }
  return length > bitsLength ? bitmapOf(rows) : steps.slice(0, length);
}

/** Adds the rows to `words`, the bitmap of one block. */
export function addPostings(data: Uint8Array, words: Bits): void {
  if (data[0] === asBits) {
    if (data.length !== bitsLength + 1) throw new DamagedError('part of the search index has the wrong length');
    const bits = new DataView(data.buffer, data.byteOffset + 1);
    for (let word = 0; word < words.length; word += 1) {
      words[word] = (words[word] ?? 0) | bits.getUint32(word * 4, true);
    }
    return;
  }
  let row = -1;
  for (let index = 1; index < data.length; index += 1) {
    let byte = data[index] ?? 0;
    let step = byte & 127;
    for (let shift = 7; byte > 127 && index + 1 < data.length; shift += 7) {
      index += 1;
      byte = data[index] ?? 0;
      step |= (byte & 127) << shift;
    }
    row += step + 1;
    if (row >= blockSize || row < 0) throw new DamagedError('the search index names a row outside its block');
    words[row >>> 5] = (words[row >>> 5] ?? 0) | (1 << (row & 31));
  }
}

function bitmapOf(rows: Uint16Array): Uint8Array {
  const data = new Uint8Array(1 + bitsLength);
  data[0] = asBits;
  for (const row of rows) data[1 + (row >>> 3)] = (data[1 + (row >>> 3)] ?? 0) | (1 << (row & 7));
  return data;
}
