import type { ConsoleStore } from '../../state/console-store.ts';

/** Milliseconds around a key that sends in which nothing else may arrive. A terminal cuts one burst into several pieces. */
const quiet = 30;

interface Arrivals {
  readonly at: number;
  /** It followed another piece too closely to have been pressed at what is on screen. */
  readonly isHasty: boolean;
  readonly held: NodeJS.Timeout | null;
}

const arrivals = new WeakMap<ConsoleStore, Arrivals>();

/** A piece of input arrived (monotonic ms). What an earlier key wanted to send is not sent any more; true where there was such a key. */
export function arrived(store: ConsoleStore, at: number): boolean {
  const before = arrivals.get(store);
  const held = before?.held ?? null;
  if (held !== null) clearTimeout(held);
  arrivals.set(store, { at, isHasty: before !== undefined && at - before.at < quiet, held: null });
  return held !== null;
}

/** Sends, unless something else arrived just before, or arrives within a moment. False: just before. */
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
