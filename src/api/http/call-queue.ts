import type { IncomingHttpHeaders } from 'node:http';
import PQueue from 'p-queue';
import type { Clock } from '../../model/clock.ts';
import type { CallPace, PacedCall, Urgency } from './call-pace.ts';
import { limitLeftOf } from './retry.ts';

/** One call under way. */
export interface Turn {
  /** Its answer begins; `headers` null: none came. */
  answered(outcome: 'good' | 'throttled' | 'failed', headers: IncomingHttpHeaders | null): void;
  /** Its answer was read, or nobody reads it: the next call may begin. */
  end(): void;
}

/**
 * When each read of one connection begins, within the vendor's declared limit, and how many are under way at once: never more
 * than `most`; half as many after an answer that says "too many calls", or when answers take far longer than usual; one more
 * again after a round of good answers. What a person waits for goes before what a sync reads.
 */
export interface CallQueue {
  /** Calls that may be under way just now. */
  width(): number;
  /** Waits for a turn. Rejects with the signal's reason when that aborts first. */
  turn(call: PacedCall): Promise<Turn>;
  /** No other call begins before this has settled: the vendor asked for a pause. */
  hold(pause: Promise<unknown>): void;
}

/** Answers until the usual time of one is known. */
const fewestAnswers = 8;
/** Answers take far longer when the last few took so many times as long as usual, and so many milliseconds more. */
const slower = { times: 3, milliseconds: 250 };
const shares = { recent: 0.3, usual: 0.05 };
const priorities = { person: 1, background: 0, refresh: 0 } as const satisfies Record<Urgency, number>;

export function createCallQueue(
  most: number,
  { monotonic }: Pick<Clock, 'monotonic'>,
  pace: Pick<CallPace, 'turn' | 'heard'>,
): CallQueue {
  const queue = new PQueue({ concurrency: most });
  let held = 0;
  let answers = 0;
  let recent = 0;
  let usual = 0;
  /** Good answers since the number of calls changed. */
  let good = 0;
  let lastDecrease = Number.NEGATIVE_INFINITY;

  const set = (width: number) => {
    queue.concurrency = Math.min(most, Math.max(1, Math.floor(width)));
    good = 0;
  };

  /** Once for all calls that were under way together. */
  const decrease = (began: number) => {
    if (began < lastDecrease) return;
    lastDecrease = monotonic();
    set(queue.concurrency / 2);
  };

  const isSlow = (milliseconds: number): boolean => {
    answers += 1;
    const first = answers === 1;
    recent = first ? milliseconds : recent + shares.recent * (milliseconds - recent);
    usual = first ? milliseconds : usual + shares.usual * (milliseconds - usual);
    return answers >= fewestAnswers && recent > usual * slower.times && recent > usual + slower.milliseconds;
  };

  const heard = (began: number, { operation }: PacedCall, ...[outcome, headers]: Parameters<Turn['answered']>) => {
    if (headers !== null) pace.heard(operation, headers);
    if (outcome === 'throttled') decrease(began);
    if (outcome !== 'good') return;
    if (isSlow(monotonic() - began)) return decrease(began);
    const limitLeft = headers === null ? null : limitLeftOf(headers);
    if (limitLeft !== null && limitLeft < queue.concurrency) return set(limitLeft);
    good += 1;
    if (good >= queue.concurrency && queue.concurrency < most) set(queue.concurrency + 1);
  };

  return {
    width: () => queue.concurrency,
    turn: async (call) => {
      const { urgency, signal } = call;
      await pace.turn(call);
      return new Promise<Turn>((resolve, reject) => {
        const underWay = async () => {
          const began = monotonic();
          const ended = Promise.withResolvers<void>();
          resolve({ answered: (...answer) => heard(began, call, ...answer), end: ended.resolve });
          await ended.promise;
        };
        // A call that is under way ends by itself when its signal aborts; the signal takes away only one that waits.
        const waiting = new AbortController();
        const leave = () => waiting.abort(signal?.reason);
        if (signal?.aborted === true) leave();
        signal?.addEventListener('abort', leave, { once: true });
        const begin = () => {
          signal?.removeEventListener('abort', leave);
          return underWay();
        };
        queue.add(begin, { priority: priorities[urgency], signal: waiting.signal }).catch(reject);
      });
    },
    hold(pause) {
      held += 1;
      queue.pause();
      const go = () => {
        held -= 1;
        if (held === 0) queue.start();
      };
      pause.then(go, go);
    },
  };
}
