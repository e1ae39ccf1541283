import { FaultError } from '../model/fault.ts';
import type { Hints } from './hints.ts';

interface Pace {
  /** Milliseconds until the first look. */
  readonly first: number;
  /** Milliseconds between two looks where no hint can arrive. */
  readonly every: number;
  /** The same after a look that failed. */
  readonly whileAway: number;
}

/** Where hints arrive, milliseconds between two looks without one: one may be lost. */
const everyBesideHints = 5_000;
/** Between a look and the next at a hint. It doubles with each hint that led to nothing, up to the pace without hints. */
const leastGap = 50;

/**
 * Looks at hints, and without them regularly. `look` says whether it found something. However many hints are forged, the store is not asked
 * more often than without any.
 */
export function lookRegularly(
  hints: Hints | null,
  look: () => Promise<boolean>,
  { first, every, whileAway }: Pace,
): { stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let endedAt = performance.now();
  let gap = leastGap;
  let isLooking = false;
  let isHinted = false;
  let isStopped = false;

  function lookIn(milliseconds: number): void {
    if (timer !== null) clearTimeout(timer);
    if (isStopped) return;
    dueAt = performance.now() + milliseconds;
    timer = setTimeout(() => void run(), milliseconds).unref();
  }

  async function run(): Promise<void> {
    const wasHinted = isHinted;
    [isLooking, isHinted] = [true, false];
    const found = await look().catch((error: unknown) => {
      if (!isStopped && !(error instanceof FaultError)) throw error;
      return null;
    });
    [isLooking, endedAt] = [false, performance.now()];
    gap = found === true || !wasHinted ? leastGap : Math.min(every, gap * 2);
    if (isHinted) lookIn(gap);
    else lookIn(found === null ? whileAway : hints?.isHeard() === true ? everyBesideHints : every);
  }

  const unlisten = hints?.listen(() => {
    isHinted = true;
    const at = endedAt + gap;
    if (!isLooking && at < dueAt) lookIn(Math.max(0, at - performance.now()));
  });
  lookIn(first);
  return {
    stop() {
      isStopped = true;
      unlisten?.();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
