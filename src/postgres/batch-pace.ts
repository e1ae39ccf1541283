import type { Clock } from '../model/clock.ts';
import type { Patience } from './database.ts';
import { isAway } from './is-away.ts';

/** How many rows one statement carries, so that it ends in time over a slow link, and others of this process need not wait long for theirs. */
export interface BatchPace {
  /** Does it with as many rows as are likely to end in time. Throws what `work` throws; the next time it is fewer, or a single row may take longer. */
  once<Value>(work: (rows: number, patience: Patience) => Promise<Value>): Promise<Value>;
  /** The same, again with fewer rows each time. Throws once that has failed too often, or at the signal. */
  run<Value>(work: (rows: number, patience: Patience) => Promise<Value>, signal?: AbortSignal): Promise<Value>;
}

/** It grows soon where the link is fast. */
const rowsAtFirst = 100;
/** Half of what a statement may take, in milliseconds: a link is not always as fast. */
const slow = 1_250;
const fast = 500;
/** From the largest batch to a single row within the tries. */
const fewerBy = 5;
const tries = 5;
/** A single row cannot be less: each time that it is late it may take so many times longer, up to a bound. Nobody waits for it before a screen. */
const longerBy = 4;
const longest = 60_000;

export function batchPace(atMost: number, clock: Pick<Clock, 'monotonic'>): BatchPace {
  let rows = Math.min(rowsAtFirst, atMost);
  /** Of a single row; null: as long as any other statement. */
  let within: number | null = null;

  async function once<Value>(work: (rows: number, patience: Patience) => Promise<Value>): Promise<Value> {
    const [began, asked] = [clock.monotonic(), rows];
    const took = () => clock.monotonic() - began;
    try {
      const value = await work(asked, asked > 1 || within === null ? {} : { within });
      if (took() < fast) [rows, within] = [Math.min(atMost, asked * 2), null];
      if (took() > slow) rows = Math.max(1, Math.floor(asked / 2));
      return value;
    } catch (error) {
      if (isAway(error)) {
        // A store that is not there says so at once.
        if (asked === 1 && took() > slow) within = Math.min(longest, (within ?? slow * 2) * longerBy);
        rows = Math.max(1, Math.floor(asked / fewerBy));
      }
      throw error;
    }
  }

  return {
    once,
    async run(work, signal) {
      for (let nth = 1; ; nth += 1) {
        try {
          return await unlessAborted(once(work), signal);
        } catch (error) {
          if (!isAway(error) || nth === tries) throw error;
          signal?.throwIfAborted();
        }
      }
    },
  };
}

/** A person who ends it does not wait for a slow link. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}
