import { release } from './release.ts';

/** Counts the distinct children of each group from a sequence of pairs. Child 0 is none. */
export interface DistinctCounter {
  /** True if the pair is new. */
  add(group: number, child: number): boolean;
  countOf(group: number): number;
  /** All pairs were added: frees what the counts do not need. */
  releaseMarks(): void;
}

/** For few groups: one bit for each possible pair. Groups count from 0. */
export function distinctInFew(groups: number, children: number): DistinctCounter {
  const words = (children + 32) >>> 5;
  const marks = new Uint32Array(groups * words);
  const counts = new Uint32Array(groups);
  return {
    add(group, child) {
      if (child === 0) return false;
      const at = group * words + (child >>> 5);
      const bit = 1 << (child & 31);
      if (((marks[at] ?? 0) & bit) !== 0) return false;
      marks[at] = (marks[at] ?? 0) | bit;
      counts[group] = (counts[group] ?? 0) + 1;
      return true;
    },
    countOf: (group) => counts[group] ?? 0,
    releaseMarks: () => release(marks),
  };
}

/** For many groups: a hash table of the existing pairs. */
export function distinctInMany(groups: number): DistinctCounter {
  const counts = new Uint32Array(groups);
  let capacity = 1 << 12;
  let [firsts, seconds] = [new Uint32Array(capacity), new Uint32Array(capacity)];
  let used = 0;

  function place(group: number, child: number): number {
    let slot = (Math.imul(group, 0x9e3779b1) ^ Math.imul(child, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (capacity - 1);
    while (seconds[slot] !== 0 && (firsts[slot] !== group || seconds[slot] !== child))
      slot = (slot + 1) & (capacity - 1);
    return slot;
  }

  function grow(): void {
    const [oldFirsts, oldSeconds] = [firsts, seconds];
    capacity *= 2;
    [firsts, seconds] = [new Uint32Array(capacity), new Uint32Array(capacity)];
    for (let slot = 0; slot < oldSeconds.length; slot += 1) {
      const child = oldSeconds[slot] ?? 0;
      if (child === 0) continue;
      const to = place(oldFirsts[slot] ?? 0, child);
      firsts[to] = oldFirsts[slot] ?? 0;
      seconds[to] = child;
    }
    release(oldFirsts, oldSeconds);
  }

  return {
    add(group, child) {
      if (child === 0) return false;
      const slot = place(group, child);
      if (seconds[slot] !== 0) return false;
      firsts[slot] = group;
      seconds[slot] = child;
      counts[group] = (counts[group] ?? 0) + 1;
      used += 1;
      if (used * 2 > capacity) grow();
      return true;
    },
    countOf: (group) => counts[group] ?? 0,
    releaseMarks: () => release(firsts, seconds),
  };
}
