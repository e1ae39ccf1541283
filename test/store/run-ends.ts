import type { SyncRunOutcome } from '../../src/store/cache-writer.ts';
import { removeNothing } from '../../src/sync/removals.ts';

/** How a run ends that read everything: what it did not see is gone, whatever a vendor would say. */
export const everythingRead: SyncRunOutcome = {
  complete: true,
  ended: true,
  fault: null,
  removals: { byId: [], others: { new: 'gone', missing: 'gone', unlisted: 'gone' } },
  shortfall: 0,
};

/** How a run ends that was stopped. */
export const runStopped: SyncRunOutcome = {
  complete: false,
  ended: false,
  fault: null,
  removals: removeNothing,
  shortfall: null,
};
