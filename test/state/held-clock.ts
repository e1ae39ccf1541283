import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/model/clock.ts';
import { heldTime } from '../fault-server/clocks.ts';

/** A clock that only `pass` moves; waits end in their order. */
export interface HeldClock extends Clock {
  pass(milliseconds: number): Promise<void>;
}

export function heldClock(start?: number): HeldClock {
  const time = heldTime(start);
  let waits: { readonly at: number; readonly end: () => void }[] = [];
  return {
    now: time.now,
    monotonic: time.monotonic,
    instant: time.instant,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        waits.push({ at: time.monotonic() + milliseconds, end: resolve });
        signal?.addEventListener('abort', () => resolve(), { once: true });
        if (signal?.aborted === true) resolve();
      }),
    async pass(milliseconds) {
      time.advance(milliseconds);
      const over = waits.filter(({ at }) => at <= time.monotonic()).sort((one, other) => one.at - other.at);
      waits = waits.filter((wait) => !over.includes(wait));
      for (const { end } of over) end();
      await turn();
    },
  };
}
