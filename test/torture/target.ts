/** One thing that must never happen, tested many times. */
export interface Target {
  readonly name: string;
  /** The guarantee that a fault would break. */
  readonly promise: string;
  /** The number of tries of `npm run torture`; `npm test` runs a share of it (`shareOf`). */
  readonly full: number;
  /** The share that `npm test` runs, such as 50 for a fiftieth; `none`: it takes too long. Default: a two-hundredth. */
  readonly inTests?: number | 'none';
  /** The Debian package that it needs. */
  readonly needs?: 'strace' | 'gnome-keyring' | 'tmux' | 'postgresql';
  /** The built program is run. */
  readonly needsProgram?: boolean;
  /** Ways to break the program that this target must detect, each within this many tries. */
  readonly mutants: readonly Mutant[];
  run(options: RunOptions): Promise<Outcome>;
}

/** A patched copy of the program in its own directory. The product itself has no switch for it. */
export interface Mutant {
  readonly name: string;
  readonly tries: number;
  readonly patches: readonly { readonly file: string; readonly find: string | RegExp; readonly replace: string }[];
}

export interface RunOptions {
  readonly n: number;
  readonly seed: number;
  /** A directory for this run, deleted afterwards. */
  readonly directory: string;
}

export interface Outcome {
  /** How many tries were made. */
  readonly n: number;
  /** How many different ones there are, where they can be counted: asking for more makes no more. */
  readonly of?: number;
  /** One sentence each; empty: the promise held. */
  readonly faults: readonly string[];
  /** Other counts: "settled by reading 812 of 812". */
  readonly facts: readonly string[];
}

/** Random numbers from 0 to 1 that a seed reproduces (mulberry32). */
export function seededRandom(seed: number) {
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

export type SeededRandom = ReturnType<typeof seededRandom>;
