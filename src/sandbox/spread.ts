import { mix } from './seeded-random.ts';

/** Assigns rows to owners, some with many rows and most with few, in both directions without a table of rows. */
export interface Spread {
  ownerOf(row: number): number;
  /** The rows of one owner, ascending. */
  rowsOf(owner: number): Iterable<number>;
}

/** Distributes `rows` over `owners`. Memory grows with the owners (a few slots each), not with the rows. */
export function spread(seed: number, stream: number, rows: number, owners: number): Spread {
  const slots = slotOwners(seed, stream, owners);
  const step = stepFor(slots.length);
  const slotOf = (row: number) => ((row % slots.length) * step) % slots.length;
  let starts: Map<number, number[]> | null = null;
  const firstRows = (owner: number): readonly number[] => {
    starts ??= startsByOwner(slots, slotOf);
    return starts.get(owner) ?? [];
  };
  return {
    ownerOf: (row) => slots[slotOf(row)] ?? 0,
    *rowsOf(owner) {
      const first = firstRows(owner);
      for (let round = 0; round < rows; round += slots.length) {
        for (const start of first) if (round + start < rows) yield round + start;
      }
    },
  };
}

/** Each owner has at least one slot; a few have many. */
function slotOwners(seed: number, stream: number, owners: number): Uint32Array {
  const slots: number[] = [];
  for (let owner = 0; owner < Math.max(owners, 1); owner++) {
    const luck = mix(seed, stream, owner) / 0x1_0000_0000;
    const weight = Math.min(24, Math.ceil(1 / (1.0001 - luck) ** 0.6));
    for (let slot = 0; slot < weight; slot++) slots.push(owner);
  }
  return Uint32Array.from(slots);
}

/** A step that visits every slot once before any twice, so that neighbouring rows belong to different owners. */
function stepFor(length: number): number {
  let step = Math.max(1, Math.floor(length * 0.618));
  while (divisor(step, length) !== 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function startsByOwner(slots: Uint32Array, slotOf: (row: number) => number): Map<number, number[]> {
  const starts = new Map<number, number[]>();
  for (let row = 0; row < slots.length; row++) {
    const owner = slots[slotOf(row)] ?? 0;
    const own = starts.get(owner);
    if (own) own.push(row);
    else starts.set(owner, [row]);
  }
  return starts;
}
