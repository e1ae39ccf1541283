import { closeSync, openSync, statSync, utimesSync } from 'node:fs';
import type { Clock } from '../../model/clock.ts';

/** When the store was last heard from on this machine, by whatever process of this home. */
export interface LastHeard {
  note(): void;
  /** Milliseconds since the epoch; null: never. */
  at(): number | null;
}

/** Milliseconds between two notes for other processes, which show it to the minute. */
const noteEvery = 10_000;

/** The time of an empty file: it is noted often, needs no commit, and nobody waits for another process. */
export function lastHeardIn(path: string, clock: Pick<Clock, 'now'>): LastHeard {
  let own: number | null = null;
  let noted = Number.NEGATIVE_INFINITY;

  return {
    note() {
      own = clock.now();
      if (Math.abs(own - noted) < noteEvery) return;
      noted = own;
      try {
        closeSync(openSync(path, 'a', 0o600));
        utimesSync(path, own / 1000, own / 1000);
      } catch {
        // Other processes then show an earlier time.
      }
    },
    at() {
      const others = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
      return own === null || others === null ? (own ?? others) : Math.max(own, others);
    },
  };
}
