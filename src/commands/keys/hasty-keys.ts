import type { ConsoleStore } from '../../state/console-store.ts';

/**
 * Milliseconds around a sending key in which no other input may arrive. A terminal splits one burst into several
 * pieces.
 */
const quiet = 30;

interface Arrivals {
  readonly at: number;
  /** The key followed another piece of input too closely to be an answer to what is on screen. */
  readonly isHasty: boolean;
  readonly held: NodeJS.Timeout | null;
}

const arrivals = new WeakMap<ConsoleStore, Arrivals>();

const inputs = new WeakMap<ConsoleStore, number>();

/** A person did something (monotonic ms). */
export function noteInput(store: ConsoleStore, at: number): void {
  inputs.set(store, at);
}

/** When a person last did something; minus infinity: not yet. */
export function lastInputAt(store: ConsoleStore): number {
  return inputs.get(store) ?? Number.NEGATIVE_INFINITY;
}

/** A piece of input arrived (monotonic ms). Cancels a pending send of an earlier key; true if there was one. */
export function arrived(store: ConsoleStore, at: number): boolean {
  noteInput(store, at);
  const before = arrivals.get(store);
  const held = before?.held ?? null;
  if (held !== null) clearTimeout(held);
  arrivals.set(store, { at, isHasty: before !== undefined && at - before.at < quiet, held: null });
  return held !== null;
}

/** Sends, unless other input arrived just before, or arrives within a moment. False: just before. */
export function whenQuiet(store: ConsoleStore, send: () => void): boolean {
  const arrival = arrivals.get(store);
  if (arrival === undefined || arrival.isHasty) return false;
  const { overlay } = store.getState();
  const held = setTimeout(() => {
    arrivals.set(store, { ...arrival, held: null });
    if (store.getState().overlay === overlay) send();
  }, quiet);
  arrivals.set(store, { ...arrival, held });
  return true;
}
