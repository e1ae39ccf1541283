import type { Clock } from '../model/clock.ts';
import { isAway } from './is-away.ts';

/** How many rows one statement carries, so that it ends in time over a slow link, and others of this process need not wait long for theirs. */
export interface BatchPace {
  /** Does it with as many rows as are likely to end in time. Throws what `work` throws; the next time it is fewer. */
  once<Value>(work: (rows: number) => Promise<Value>): Promise<Value>;
  /** The same, again with fewer rows each time. Throws once that has failed too often. */
  run<Value>(work: (rows: number) => Promise<Value>, signal?: AbortSignal): Promise<Value>;
}

/** It grows soon where the link is fast. */
const rowsAtFirst = 100;
/** Half of what a statement may take, in milliseconds: a link is not always as fast. */
const slow = 1_250;
const fast = 500;
/** From the largest batch to a single row within the tries. */
const fewerBy = 5;
const tries = 5;

export function batchPace(atMost: number, clock: Pick<Clock, 'monotonic'>): BatchPace {
  let rows = Math.min(rowsAtFirst, atMost);

  async function once<Value>(work: (rows: number) => Promise<Value>): Promise<Value> {
    const [began, asked] = [clock.monotonic(), rows];
    try {
      const value = await work(asked);
      const took = clock.monotonic() - began;
      if (took < fast) rows = Math.min(atMost, asked * 2);
      if (took > slow) rows = Math.max(1, Math.floor(asked / 2));
      return value;
    } catch (error) {
      if (isAway(error)) rows = Math.max(1, Math.floor(asked / fewerBy));
      throw error;
    }
  }

  return {
    once,
    async run(work, signal) {
      for (let nth = 1; ; nth += 1) {
        try {
          return await once(work);
        } catch (error) {
          if (!isAway(error) || nth === tries) throw error;
          signal?.throwIfAborted();
        }
      }
    },
  };
}
