import type { Clock } from '../model/clock.ts';
import type { PendingChange, StoreWait } from '../model/store-wait.ts';

/** Knows how long this process has waited for the team's store without an answer, so that a person is told of it within three seconds. */
export interface StoreWaits {
  /** Something is asked of the store with this address. */
  begin(store: string): Waiting;
  /** Runs a change of the journal. `lookedUp`: its acknowledgement did not come, and the store is asked what became of it. */
  change<Result>(pending: PendingChange, work: (lookedUp: () => void) => Promise<Result>): Promise<Result>;
  /** Null: it answers, or nobody has waited for long. */
  current(): StoreWait | null;
  /** Nobody is told any more. */
  close(): void;
}

export interface Waiting {
  /** The store said something, and more is to come. */
  heard(): void;
  end(how: WaitEnd): void;
}

/** `failed`: there is no server, no way to it, or the connection ended. `silent`: the time ran out. */
export type WaitEnd = 'answered' | 'failed' | 'silent';

/** Milliseconds until a wait shows on a screen that is drawn anew twice a second. */
const shownAfter = 2_000;
/** Milliseconds until a line says so. A single statement has failed by then, with a sentence of its own. */
const toldAfter = 2_600;

/** `tell`: once for each time that the store does not answer. Absent: nobody is told, `current` is asked. */
export function storeWaits(
  clock: Pick<Clock, 'monotonic' | 'now'>,
  tell: ((wait: StoreWait) => void) | null = null,
): StoreWaits {
  const changes: { readonly pending: PendingChange; isLookedUp: boolean }[] = [];
  let under = 0;
  let silent: { readonly store: string; readonly since: number; readonly from: number } | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isTold = false;
  let isClosed = false;

  function current(): StoreWait | null {
    if (silent === null || clock.monotonic() - silent.from < shownAfter) return null;
    const [change = null] = changes;
    return {
      store: silent.store,
      since: silent.since,
      change: change === null ? null : { ...change.pending, isLookedUp: change.isLookedUp },
    };
  }

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function tellInTime(): void {
    if (tell === null || isClosed || isTold || timer !== null || silent === null) return;
    const left = silent.from + toldAfter - clock.monotonic();
    timer = setTimeout(
      () => {
        timer = null;
        const wait = current();
        if (wait === null) return;
        isTold = true;
        tell(wait);
      },
      Math.max(0, left),
    ).unref();
  }

  function heard(store: string): void {
    stopTimer();
    isTold = false;
    silent = null;
    if (under > 0) silence(store);
  }

  function silence(store: string): void {
    silent ??= { store, since: clock.now(), from: clock.monotonic() };
    tellInTime();
  }

  return {
    begin(store) {
      under += 1;
      silence(store);
      return {
        heard: () => heard(store),
        end(how) {
          under -= 1;
          // What failed has a sentence, unless a change goes on asking.
          if (how === 'answered' || (how === 'failed' && changes.length === 0)) heard(store);
        },
      };
    },
    async change(pending, work) {
      const change = { pending, isLookedUp: false };
      changes.push(change);
      try {
        return await work(() => {
          change.isLookedUp = true;
        });
      } finally {
        changes.splice(changes.indexOf(change), 1);
      }
    },
    current,
    close() {
      isClosed = true;
      stopTimer();
    },
  };
}
