import type { Clock } from '../../src/model/clock.ts';

export interface FastClock extends Clock {
  advance(milliseconds: number): void;
}

/** A clock that jumps to the next thing anybody waits for; between two jumps the event loop turns once. */
export function fastClock(start = Date.parse('2026-11-21T12:00:00Z')): FastClock {
  const waiting: { readonly at: number; readonly go: () => void }[] = [];
  let elapsed = 0;
  let turning = false;

  function turn(): void {
    if (turning || waiting.length === 0) return;
    turning = true;
    setImmediate(() => {
      turning = false;
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next !== undefined) {
        elapsed = Math.max(elapsed, next.at);
        next.go();
      }
      turn();
    });
  }

  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    advance: (milliseconds) => {
      elapsed += milliseconds;
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const one = { at: elapsed + milliseconds, go: resolve };
        waiting.push(one);
        signal?.addEventListener('abort', () => {
          const place = waiting.indexOf(one);
          if (place >= 0) waiting.splice(place, 1);
          resolve();
        });
        turn();
      }),
  };
}

export const realClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
