import { FaultError, fault } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import { accountVendor } from './account-vendor.ts';
import { apply } from './apply.ts';
import { createArming } from './arming.ts';
import type { Writes } from './contract.ts';
import { deniedByMode, deniedByRole } from './denied.ts';
import type { FollowDeps } from './deps.ts';
import { createFollower } from './follower.ts';
import { pollOpenRequests } from './news.ts';
import { plan } from './plan.ts';
import { recover } from './recover.ts';
import { settleable, settleByEvidence, settleByPerson } from './settle.ts';

/**
 * Creates planning, sending and following of writes. Nothing runs by itself: the follower starts with
 * `follower.start()`.
 */
export function createWrites(deps: FollowDeps): Writes {
  const { journal, clock, mode } = deps;
  const follower = createFollower(deps);
  /** The caller shows the outcome itself, so it is not reported as news. */
  const shown = async (entry: JournalEntry): Promise<JournalEntry> => {
    await journal.seen(entry.id);
    return entry;
  };
  return {
    denied: () => deniedByMode(mode) ?? journal.health(),
    plan: (writeRequest, seen, signal) => plan(deps, writeRequest, seen, signal),
    apply: (ready, options) => apply(deps, ready, options),
    follower,
    async recover() {
      await journal.refresh();
      try {
        await recover(journal);
      } catch (error) {
        // Reading goes on from what is known here; `denied` says why nothing can be written.
        if (!(error instanceof FaultError)) throw error;
      }
    },
    async settle(id, signal) {
      await recover(journal);
      const denied = deniedByRole(mode);
      if (denied !== null) throw new FaultError(denied);
      const stored = settleable(id, await journal.stored(id));
      const { record } = stored;
      if (mode.offline)
        throw fault('denied', 'Subdeck is offline, so the vendor is not asked.', 'Go online, then try again.');
      if (record.entry.state !== 'sent') {
        return shown(await settleByEvidence(deps, await accountVendor(deps, record), stored, signal));
      }
      await follower.pollNow(record.entry.id, signal);
      return shown((await journal.stored(record.entry.id))?.entry ?? record.entry);
    },
    async settleByPerson(id, as) {
      if (journal.health() === null) await recover(journal);
      return shown(await settleByPerson(deps, id, as));
    },
    pollOpenRequests: (signal) => pollOpenRequests(deps, signal),
    arming: deps.arming ?? createArming(clock, () => null),
  };
}
