import { mix } from './seeded-random.ts';

/** Ids of one kind of thing, computed from its index and read back without a table. */
export interface Ids<Id> {
  of(index: number): Id;
  /** The index of an id, or null for an id that `of` never returns. Such a row need not exist. */
  indexOf(id: Id): number | null;
}

/**
 * Version 4 GUIDs. About one in a hundred is in capitals, as some vendors' older rows are; only that spelling matches.
 */
export function guids(seed: number, kind: number): Ids<string> {
  const of = (index: number): string => {
    const first = hex(shuffle(seed, kind, index));
    const second = hex(mix(seed, kind + 1, index));
    const third = hex(mix(seed, kind + 2, index));
    const fourth = hex(mix(seed, kind + 3, index));
    const variant = '89ab'[mix(seed, kind + 4, index) & 3];
    const guid = `${first}-${second.slice(0, 4)}-4${second.slice(5)}-${variant}${third.slice(1, 4)}-${third.slice(4)}${fourth}`;
    return index % 101 === 37 ? guid.toUpperCase() : guid;
  };
  return {
    of,
    indexOf: (id) => {
      if (!/^[0-9a-f]{8}-/i.test(id)) return null;
      const index = unshuffle(seed, kind, Number.parseInt(id.slice(0, 8), 16));
      return of(index) === id ? index : null;
    },
  };
}

/** Ascending integers with gaps, as from a vendor's own counter. */
export function counted(seed: number, kind: number, first: number, gap: number): Ids<number> {
  const of = (index: number) => first + index * gap + (mix(seed, kind, index) % gap);
  return {
    of,
    indexOf: (id) => {
      const index = Math.floor((id - first) / gap);
      return Number.isSafeInteger(id) && index >= 0 && of(index) === id ? index : null;
    },
  };
}

function hex(number: number): string {
  return number.toString(16).padStart(8, '0');
}

/** A permutation of the 32-bit numbers (four Feistel rounds), so that neighbours' ids look unrelated. */
export function shuffle(seed: number, kind: number, index: number): number {
  let left = index >>> 16;
  let right = index & 0xffff;
  for (let round = 0; round < 4; round++) {
    const next = left ^ (mix(seed ^ round, kind, right) & 0xffff);
    left = right;
    right = next;
  }
  return ((left << 16) | right) >>> 0;
}

export function unshuffle(seed: number, kind: number, shuffled: number): number {
  let left = shuffled >>> 16;
  let right = shuffled & 0xffff;
  for (let round = 3; round >= 0; round--) {
    const previous = right ^ (mix(seed ^ round, kind, left) & 0xffff);
    right = left;
    left = previous;
  }
  return ((left << 16) | right) >>> 0;
}
