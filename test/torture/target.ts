/** One thing that must never happen, tried many times. */
export interface Target {
  readonly name: string;
  /** What a fault found here would mean. */
  readonly promise: string;
  /** How often the whole torture tries it; `npm test` tries a share of that (`shareOf`). */
  readonly full: number;
  /** The Debian package without which it cannot run. */
  readonly needs?: 'strace' | 'gnome-keyring' | 'tmux';
  /** The built program is run. */
  readonly needsProgram?: boolean;
  /** Ways to break the program that this target must notice, in so many tries. */
  readonly mutants: readonly Mutant[];
  run(options: RunOptions): Promise<Outcome>;
}

/** A patched copy of the program in a directory of its own. The product itself has no switch for it. */
export interface Mutant {
  readonly name: string;
  readonly tries: number;
  readonly patches: readonly { readonly file: string; readonly find: string | RegExp; readonly replace: string }[];
}

export interface RunOptions {
  readonly n: number;
  readonly seed: number;
  /** A directory of the run's own, gone afterwards. */
  readonly directory: string;
}

export interface Outcome {
  /** How many tries were made. */
  readonly n: number;
  /** Each a sentence; none: the promise held. */
  readonly faults: readonly string[];
  /** What else was counted: "settled by reading 812 of 812". */
  readonly facts: readonly string[];
}

/** Numbers from 0 up to 1 that a seed repeats (mulberry32). */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
  };
}

export type SeededRandom = ReturnType<typeof dice>;
