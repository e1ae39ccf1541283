import type { AccountKey } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { lazily } from '../model/lazily.ts';
import type { SharedLimits } from '../model/shared-limits.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { SharedSync } from '../sync/shared-sync.ts';
import type { SharedPlace } from '../team/follow-account.ts';
import type { TeamSync } from '../team/shared-sync.ts';
import type { TeamSession } from './team-session.ts';

/** What a member reads together with its team; its code is loaded at first use. */
export interface TeamReads {
  readonly sync: SharedSync & Pick<TeamSync, 'kept'>;
  limitsOf(account: AccountKey): SharedLimits;
  /** Takes over what others read, until it is closed: for a console. */
  follow(): void;
  close(): void;
}

interface TeamReadsDeps {
  readonly session: TeamSession;
  readonly clock: Clock;
  readonly cache: () => Pick<CacheWriter, 'takePublished' | 'publishedUpTo'> & { refreshSnapshot(): void };
  readonly places: () => readonly SharedPlace[];
}

export function teamReads({ session, clock, cache, places }: TeamReadsDeps): TeamReads {
  const { database } = session;
  const process = async () => (await session.membership()).id;
  const listeners: (() => void)[] = [];
  const closed = new AbortController();
  const sync = lazily(async () => {
    const { teamSync } = await import('../team/shared-sync.ts');
    return teamSync({ database, process, clock, cache, places });
  });
  const limits = lazily(async () => {
    const { sharedLimitsOf } = await import('../team/shared-limits.ts');
    return sharedLimitsOf({ database, process, clock });
  });
  return {
    sync: {
      turn: async (...of) => (await sync.get()).turn(...of),
      kept: async (...row) => (await sync.get()).kept(...row),
      subscribe: (listener) => void listeners.push(listener),
    },
    limitsOf(account) {
      let share = () => 1;
      const loaded = lazily(async () => {
        const shared = (await limits.get())(account);
        share = shared.share;
        return shared;
      });
      return {
        take: async (call) => (await loaded.get()).take(call),
        share: () => share(),
        pause: (milliseconds) => void loaded.get().then((shared) => shared.pause(milliseconds)),
        heard: (...said) => void loaded.get().then((shared) => shared.heard(...said)),
      };
    },
    follow() {
      void sync.get().then((team) => {
        if (closed.signal.aborted) return;
        const following = team.follow(() => {
          for (const listener of listeners) listener();
        });
        closed.signal.addEventListener('abort', following.stop);
      });
    },
    close: () => closed.abort(),
  };
}
