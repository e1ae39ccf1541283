import type { CallTotals } from '../../src/model/call.ts';
import type { SyncProgress } from '../../src/model/sync-progress.ts';

/** Of a connection that was never called. */
export const noTraffic: CallTotals = { calls: 0, waited: { limit: 0, throttled: 0, 'no-answer': 0 }, wait: null };

/** Of a sync run that has just begun. */
export const noProgress: SyncProgress = {
  connection: 'nordic',
  ...{ done: 0, total: null, rows: 0, calls: 0, expected: null, rowsPerSecond: 0, left: null, wait: null },
};
