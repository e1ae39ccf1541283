import { hasEffect, withEffect } from '../effects.ts';
import type { Ids } from '../ids.ts';
import type { Rows } from '../rows.ts';
import type { SandboxTime } from '../time.ts';
import { refusesDecrease, requestPace, stalls } from './assumptions.ts';
import type { Row } from './row.ts';
import type { QuantityRequest } from './wire.ts';

interface Entry {
  readonly number: number;
  readonly row: number;
  readonly quantity: number;
  /** Asynchronous work done when it was asked for. */
  readonly asked: number;
  /** Null while it runs; then why it failed, or an empty text where it did not. */
  ended: string | null;
}

/** Requests to lower a quantity. Each runs by itself; the quantity changes at the very end and only where it is allowed. */
export interface RequestStore {
  ask(row: number, quantity: number, subscriptionId: string): QuantityRequest;
  find(id: string, row: number, subscriptionId: string): QuantityRequest | null;
  isRunning(row: number): boolean;
  /** Carries out whatever is due. To be called before anything is read. */
  settle(): void;
}

export function openRequests(ids: Ids<string>, rows: Rows<Row>, time: SandboxTime): RequestStore {
  const entries: Entry[] = [];
  const running = new Set<Entry>();
  const shown = (entry: Entry, subscriptionId: string): QuantityRequest => ({
    requestId: ids.of(entry.number),
    subscriptionId,
    quantity: entry.quantity,
    status: statusOf(entry, time.work()),
    message: entry.ended === null || entry.ended === '' ? null : entry.ended,
  });
  return {
    ask: (row, quantity, subscriptionId) => {
      const entry: Entry = { number: entries.length, row, quantity, asked: time.work(), ended: null };
      if (hasEffect()) {
        entries.push(entry);
        running.add(entry);
      }
      return shown(entry, subscriptionId);
    },
    find: (id, row, subscriptionId) => {
      const entry = entries[ids.indexOf(id) ?? -1];
      return entry?.row === row ? shown(entry, subscriptionId) : null;
    },
    isRunning: (row) => [...running].some((entry) => entry.row === row),
    settle: () => {
      for (const entry of running) {
        const isDue = time.work() - entry.asked >= requestPace.pending + requestPace.inProgress;
        if (!isDue || stalls(entry.row)) continue;
        running.delete(entry);
        entry.ended = withEffect(() => carryOut(rows, entry));
      }
    },
  };
}

function statusOf(entry: Entry, work: number): QuantityRequest['status'] {
  if (entry.ended !== null) return entry.ended === '' ? 'Completed' : 'Failed';
  return work - entry.asked < requestPace.pending ? 'Pending' : 'InProgress';
}

function carryOut(rows: Rows<Row>, entry: Entry): string {
  const row = rows.get(entry.row);
  if (row === null || row.status !== 'Active') return 'The subscription is no longer active.';
  if (refusesDecrease(row.product)) return 'The vendor allows fewer licenses only at the end of the commitment term.';
  if ((row.quantity ?? 0) <= entry.quantity) return 'The quantity was changed in the meantime.';
  rows.patch(entry.row, { quantity: entry.quantity });
  return '';
}
