import type { Clock } from '../model/clock.ts';
import type { Pin } from '../model/scope.ts';
import type { LastRead } from '../model/sync-progress.ts';
import type { SyncEnd } from './sync-run.ts';

/** More branches than a person opens in hours; the oldest are forgotten first. */
const most = 500;

export interface LastReads {
  /** The earliest first. */
  all(): readonly LastRead[];
  /** A sync run ended that began at `began` (monotonic milliseconds). */
  note(end: SyncEnd, within: Pin | undefined, began: number): void;
}

/** Remembers of each connection, and of each branch, how its last sync run ended. */
export function lastReads({ now, monotonic }: Pick<Clock, 'now' | 'monotonic'>): LastReads {
  const reads = new Map<string, LastRead>();
  return {
    all: () => [...reads.values()],
    note({ connection, complete, fault }, within, began) {
      const key = JSON.stringify([connection, within?.level, within?.id]);
      const before = reads.get(key);
      const endedAt = monotonic();
      reads.delete(key);
      reads.set(key, {
        connection,
        within: within ?? null,
        endedAt,
        took: endedAt - began,
        readAt: complete ? new Date(now()).toISOString() : (before?.readAt ?? null),
        fault: complete ? null : (fault?.kind ?? 'partial'),
      });
      const [earliest] = reads.keys();
      if (reads.size > most && earliest !== undefined) reads.delete(earliest);
    },
  };
}
