import type { SyncRunOutcome } from '../../src/store/cache-writer.ts';
import { removeNothing } from '../../src/sync/removals.ts';

/** The result of a run that read everything: unseen rows are gone, without asking the vendor. */
export const everythingRead: SyncRunOutcome = {
  complete: true,
  ended: true,
  fault: null,
  removals: { byId: [], others: { new: 'gone', missing: 'gone', unlisted: 'gone' } },
  shortfall: 0,
};

/** The result of a stopped run. */
export const runStopped: SyncRunOutcome = {
  complete: false,
  ended: false,
  fault: null,
  removals: removeNothing,
  shortfall: null,
};
