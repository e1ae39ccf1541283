import { closeSync, openSync, rmSync, statSync, utimesSync } from 'node:fs';
import type { Clock } from '../../model/clock.ts';
import { type Fault, fault } from '../../model/fault.ts';

/** When the store was last heard from on this machine, and whether it answers, as far as any process of this home knows. */
export interface LastHeard {
  /** The copy has all that the store has. */
  note(): void;
  /** When that was, milliseconds since the epoch; null: never. */
  at(): number | null;
  /** What asking the store came to; null: it answered. */
  asked(fault: Fault | null): void;
  /** Why it does not answer. Null: it did when it was last asked, or nobody asked it just now. */
  away(): Fault | null;
}

/** Milliseconds between two notes for other processes, which show it to the minute. */
const noteEvery = 10_000;
/** So old, what asking the store came to says nothing of it any more: three notes of a console that tries again each second. */
const knownFor = 30_000;

/**
 * The times of two empty files, `PATH.heard` and `PATH.away`, which is there while the store does not answer: they are noted often, need no commit,
 * and nobody waits for another process.
 */
export function lastHeardIn(path: string, clock: Pick<Clock, 'now'>): LastHeard {
  const [heard, away] = [fileOf(`${path}.heard`), fileOf(`${path}.away`)];
  let own: number | null = null;
  let last: { readonly at: number; readonly fault: Fault | null } | null = null;

  const isRecent = (at: number | null) => at !== null && Math.abs(clock.now() - at) < knownFor;

  function asked(fault: Fault | null): void {
    last = { at: clock.now(), fault };
    if (fault === null) away.remove();
    else away.note(last.at);
  }

  return {
    note() {
      own = clock.now();
      heard.note(own);
      asked(null);
    },
    at() {
      const others = heard.time();
      return own === null || others === null ? (own ?? others) : Math.max(own, others);
    },
    asked,
    away() {
      if (last !== null && isRecent(last.at)) return last.fault;
      return isRecent(away.time()) ? silent : null;
    },
  };
}

const silent = fault(
  'unreachable',
  "The team's store did not answer when it was last asked.",
  'Subdeck tries again by itself. subdeck doctor says why.',
).fault;

function fileOf(path: string) {
  let noted = Number.NEGATIVE_INFINITY;
  const time = () => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
  return {
    time,
    note(at: number): void {
      if (Math.abs(at - noted) < noteEvery) return;
      noted = at;
      try {
        closeSync(openSync(path, 'a', 0o600));
        utimesSync(path, at / 1000, at / 1000);
      } catch {
        // Other processes then show an earlier time.
      }
    },
    remove(): void {
      noted = Number.NEGATIVE_INFINITY;
      if (time() === null) return;
      try {
        rmSync(path, { force: true });
      } catch {
        // Its time says soon that it is old.
      }
    },
  };
}
