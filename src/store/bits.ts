/** A bit set of item numbers. */
export type Bits = Uint32Array;

export function emptyBits(items: number): Bits {
  return new Uint32Array((items + 31) >>> 5);
}

export function hasBit(bits: Bits, item: number): boolean {
  return ((bits[item >>> 5] ?? 0) & (1 << (item & 31))) !== 0;
}

export function setBit(bits: Bits, item: number): void {
  bits[item >>> 5] = (bits[item >>> 5] ?? 0) | (1 << (item & 31));
}

export function clearBit(bits: Bits, item: number): void {
  bits[item >>> 5] = (bits[item >>> 5] ?? 0) & ~(1 << (item & 31));
}

/** Intersects `into` with the other. */
export function intersect(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) & (other[word] ?? 0);
}

/** Adds `other` to `into`. */
export function unite(into: Bits, other: Bits): void {
  const end = Math.min(into.length, other.length);
  for (let word = 0; word < end; word += 1) into[word] = (into[word] ?? 0) | (other[word] ?? 0);
}

/** Removes `other` from `into`. */
export function subtract(into: Bits, other: Bits): void {
  const end = Math.min(into.length, other.length);
  for (let word = 0; word < end; word += 1) into[word] = (into[word] ?? 0) & ~(other[word] ?? 0);
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let left = bits[word] ?? 0;
    left -= (left >>> 1) & 0x55555555;
    left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
    count += Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** The items of a set, ascending. */
export function itemsOf(bits: Bits): Uint32Array<ArrayBuffer> {
  const items = new Uint32Array(countBits(bits));
  let next = 0;
  for (let word = 0; word < bits.length; word += 1) {
    let left = bits[word] ?? 0;
    while (left !== 0) {
      const lowest = left & -left;
      items[next] = (word << 5) + (31 - Math.clz32(lowest));
      next += 1;
      left ^= lowest;
    }
  }
  return items;
}

/** Items whose code is allowed (`allowed[code] === 1`); cells come in whole pieces of a column. */
export function codeBits(cells: Uint8Array | Uint16Array | Uint32Array, allowed: Uint8Array): Bits {
  const bits = emptyBits(cells.length);
  if (!allowed.includes(1)) return bits;
  for (let item = 0, word = 0; item < cells.length; word += 1) {
    let collected = 0;
    // Unrolled by four, which halves the time.
    for (let bit = 0; bit < 32; bit += 4, item += 4) {
      const four =
        (allowed[cells[item] ?? 0] ?? 0) |
        ((allowed[cells[item + 1] ?? 0] ?? 0) << 1) |
        ((allowed[cells[item + 2] ?? 0] ?? 0) << 2) |
        ((allowed[cells[item + 3] ?? 0] ?? 0) << 3);
      collected |= four << bit;
    }
    bits[word] = collected;
  }
  return bits;
}

/** Items whose cell is at least `from` and below `to`, or, negated, outside; NaN is neither. */
export function rangeBits(cells: Float64Array, from: number, to: number, negated: boolean): Bits {
  const bits = emptyBits(cells.length);
  for (let start = 0, word = 0; start < cells.length; start += 32, word += 1) {
    const end = Math.min(cells.length, start + 32);
    let collected = 0;
    for (let item = start; item < end; item += 1) {
      const cell = cells[item] ?? Number.NaN;
      const holds = negated ? cell < from || cell >= to : cell >= from && cell < to;
      collected |= (holds ? 1 : 0) << (item & 31);
    }
    bits[word] = collected;
  }
  return bits;
}

export function isNone(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}
