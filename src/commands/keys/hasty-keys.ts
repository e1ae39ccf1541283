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
export function arrived(console: ConsoleStore, at: number): boolean {
  const before = arrivals.get(console);
  const held = before?.held ?? null;
  if (held !== null) clearTimeout(held);
  arrivals.set(console, { at, isHasty: before !== undefined && at - before.at < quiet, held: null });
  return held !== null;
}

/** Sends, unless something else arrived just before, or arrives within a moment. False: just before. */
export function whenQuiet(console: ConsoleStore, send: () => void): boolean {
  const arrival = arrivals.get(console);
  if (arrival === undefined || arrival.isHasty) return false;
  const { overlay } = console.getState();
  const held = setTimeout(() => {
    arrivals.set(console, { ...arrival, held: null });
    if (console.getState().overlay === overlay) send();
  }, quiet);
  arrivals.set(console, { ...arrival, held });
  return true;
}
