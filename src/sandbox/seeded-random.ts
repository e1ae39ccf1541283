/** A hash of a word, so that each field of a row draws from its own stream. */
export function salt(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A well-mixed unsigned 32-bit number: the same three numbers always give the same one. */
export function mix(seed: number, stream: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ stream;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) ^ index;
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Repeatable random values: each is a pure function of the seed, a stream's name and a row's index. */
export interface SeededRandom {
  /** An integer from 0 to `sides - 1`. */
  below(stream: number, index: number, sides: number): number;
  /** A number from 0 to just under 1. */
  fraction(stream: number, index: number): number;
  pick<Item>(stream: number, index: number, items: readonly [Item, ...Item[]]): Item;
}

export function seededRandom(seed: number): SeededRandom {
  const fraction = (stream: number, index: number) => mix(seed, stream, index) / 0x1_0000_0000;
  const below = (stream: number, index: number, sides: number) => Math.floor(fraction(stream, index) * sides);
  return {
    fraction,
    below,
    pick: (stream, index, items) => items[below(stream, index, items.length)] ?? items[0],
  };
}
