import { systemClock } from '../../src/app/clock.ts';
import type { Clock } from '../../src/model/clock.ts';

/** The three clocks of one computer, controlled by a test. */
export interface HeldTime extends Omit<Clock, 'wait'> {
  /** Time passes. */
  advance(milliseconds: number): void;
  /** The computer sleeps: time passes, but not for its processes. */
  sleep(milliseconds: number): void;
  /** Sets the wall clock ahead, or back for a negative value. */
  setWall(by: number): void;
  /** The real time, whatever the wall clock is set to: for a vendor, whose clock is unaffected. */
  really(): number;
  /** Restarts the computer. Processes do not survive that: for what a later process reads. */
  restart(): void;
}

export function heldTime(start = Date.parse('2026-11-21T12:00:00Z')): HeldTime {
  let [passed, slept, set, startedAt, boots] = [0, 0, 0, 0, 1];
  return {
    now: () => start + passed + set,
    monotonic: () => passed - slept,
    instant: () => ({ wall: start + passed + set, boot: { id: `boot ${boots}`, ms: passed - startedAt } }),
    advance: (milliseconds) => {
      passed += milliseconds;
    },
    sleep: (milliseconds) => {
      passed += milliseconds;
      slept += milliseconds;
    },
    setWall: (by) => {
      set += by;
    },
    really: () => start + passed,
    restart: () => {
      boots += 1;
      startedAt = passed;
    },
  };
}

export type FastClock = HeldTime & Clock;

/** A clock that jumps to the next awaited time; between two jumps the event loop turns once. */
export function fastClock(start?: number): FastClock {
  const time = heldTime(start);
  const waiting: { readonly at: number; readonly go: () => void }[] = [];
  let turning = false;

  function turn(): void {
    if (turning || waiting.length === 0) return;
    turning = true;
    setImmediate(() => {
      turning = false;
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting.shift();
      if (next !== undefined) {
        time.advance(Math.max(0, next.at - time.monotonic()));
        next.go();
      }
      turn();
    });
  }

  return {
    ...time,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const one = { at: time.monotonic() + milliseconds, go: resolve };
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
  ...systemClock,
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** A clock that is ahead of another one, by what is asked each time: for a process that was stopped. */
export function aheadOf(clock: Clock, ahead: () => number): Clock {
  return {
    ...clock,
    now: () => clock.now() + ahead(),
    instant: () => {
      const { wall, boot } = clock.instant();
      const by = ahead();
      return { wall: wall + by, boot: { id: boot.id, ms: boot.ms + by } };
    },
  };
}

/** A clock that runs several times faster than the computer's, to shorten waits of seconds. */
export function quickClock(times: number): Clock {
  const [start, begun] = [Date.now(), performance.now()];
  const passed = () => Math.round((performance.now() - begun) * times);
  return {
    now: () => start + passed(),
    monotonic: passed,
    instant: () => ({ wall: start + passed(), boot: { id: 'a quick one', ms: passed() } }),
    wait: (milliseconds, signal) => realClock.wait(milliseconds / times, signal),
  };
}
