import type { AccountKey } from '../model/account.ts';
import type { Clock } from '../model/clock.ts';
import { lazily } from '../model/lazily.ts';
import type { OpenPlans } from '../model/open-plans.ts';
import type { SharedLimits } from '../model/shared-limits.ts';
import type { CacheWriter } from '../store/cache-writer.ts';
import type { PublishedWriter } from '../sync/page-writer.ts';
import type { SharedSync } from '../sync/shared-sync.ts';
import type { SharedPlace } from '../team/follow-account.ts';
import type { TeamPlans } from '../team/open-plans.ts';
import type { TeamSync } from '../team/shared-sync.ts';
import type { TeamSession } from './team-session.ts';

/** What a member reads together with its team; its code is loaded at first use. */
export interface TeamReads {
  readonly sync: SharedSync & Pick<TeamSync, 'kept'>;
  limitsOf(account: AccountKey): SharedLimits;
  readonly plans: OpenPlans;
  /** Takes over what others read, until it is closed: for a console. */
  follow(): void;
  /** Resolves when what was read is published, as far as the store takes it. */
  close(): Promise<void>;
}

interface TeamReadsDeps {
  readonly session: TeamSession;
  readonly clock: Clock;
  readonly cache: () => Pick<CacheWriter, 'takeOver'> & { refreshSnapshot(): void };
  readonly writer: () => PublishedWriter;
  readonly places: () => readonly SharedPlace[];
}

/** How often others' open plans are asked for. */
const plansEvery = 3_000;

export function teamReads({ session, clock, cache, writer, places }: TeamReadsDeps): TeamReads {
  const { database, hints } = session;
  const process = async () => (await session.membership()).id;
  const listeners: (() => void)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const closed = new AbortController();
  const underWay = new Set<Promise<void>>();
  const sync = lazily(async () => {
    const { teamSync } = await import('../team/shared-sync.ts');
    return teamSync({ database, hints, process, clock, cache, writer, places });
  });
  const limits = lazily(async () => {
    const { sharedLimitsOf } = await import('../team/shared-limits.ts');
    return sharedLimitsOf({ database, process, clock });
  });
  let plans: TeamPlans | null = null;
  const loadPlans = lazily(async () => {
    const { teamPlans } = await import('../team/open-plans.ts');
    plans = teamPlans({ database, hints, process, onChanged: tell });
    return plans;
  });
  const followPlans = async () => {
    const own = await loadPlans.get();
    const { lookRegularly } = await import('../postgres/look-regularly.ts');
    if (closed.signal.aborted) return;
    const looking = lookRegularly(hints, () => own.refresh(), {
      ...{ first: 0, every: plansEvery, whileAway: plansEvery },
    });
    closed.signal.addEventListener('abort', looking.stop);
  };

  return {
    sync: {
      turn: async (...of) => (await sync.get()).turn(...of),
      kept: (...row) => {
        const publishing = sync.get().then((team) => team.kept(...row));
        underWay.add(publishing);
        return publishing.finally(() => underWay.delete(publishing));
      },
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
    plans: {
      others: () => plans?.others() ?? new Map(),
      revision: () => plans?.revision() ?? 0,
      show(subjects) {
        if (plans === null && subjects.length === 0) return;
        void loadPlans.get().then((own) => own.show(subjects));
      },
    },
    follow() {
      void followPlans();
      void sync.get().then((team) => {
        if (closed.signal.aborted) return;
        const following = team.follow(tell);
        closed.signal.addEventListener('abort', following.stop);
      });
    },
    async close() {
      closed.abort();
      plans?.stop();
      await Promise.allSettled(underWay);
    },
  };
}
