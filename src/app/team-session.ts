import { osUser } from '../journal/os-user.ts';
import { FaultError } from '../model/fault.ts';
import type { TeamSettings } from '../model/settings.ts';
import type { Database } from '../postgres/database.ts';
import { parseStoreUrl } from '../postgres/store-url.ts';
import { thisProcess } from '../system/process-mark.ts';
import type { ProcessMembership } from '../team/process-membership.ts';
import { openStore, type StoreDeps } from './open-store.ts';
import { version } from './version.ts';

/** This process as a member of its team: one database and one membership for all that uses the store. Nothing is connected before its first use. */
export interface TeamSession {
  /** Throws faults. */
  readonly database: Pick<Database, 'query'>;
  /** Registered at first use, and again where that failed. Throws faults. */
  membership(): Promise<ProcessMembership>;
  /** Resolves when the store knows that this process ended, or does not answer. */
  close(): Promise<void>;
}

/** So that the others see that this member is there; the lease of its writes has signs of its own. */
const signEvery = 10_000;

export function teamSession(deps: StoreDeps, team: TeamSettings): TeamSession {
  let opening: Promise<Database> | null = null;
  let beginning: Promise<ProcessMembership> | null = null;
  let signs: NodeJS.Timeout | null = null;
  let isClosed = false;

  async function begin(database: Database): Promise<ProcessMembership> {
    const { beginProcess } = await import('../team/process-membership.ts');
    const membership = await beginProcess(database, { as: team.as, osUser: osUser(), mark: thisProcess(), version });
    if (!isClosed) signs = setInterval(() => void membership.beat().catch(onlyFault), signEvery).unref();
    return membership;
  }

  /** Keeps what came of it, unless it failed. */
  function once<Result>(work: Promise<Result>, forget: () => void): Promise<Result> {
    work.catch(forget);
    return work;
  }

  function opened(): Promise<Database> {
    opening ??= once(openStore(deps, parseStoreUrl(team.url), null), () => {
      opening = null;
    });
    return opening;
  }

  return {
    database: { query: async (...statement) => (await opened()).query(...statement) },
    membership() {
      beginning ??= once(opened().then(begin), () => {
        beginning = null;
      });
      return beginning;
    },
    async close() {
      isClosed = true;
      if (signs !== null) clearInterval(signs);
      try {
        await (await beginning)?.end();
      } catch (error) {
        onlyFault(error);
      }
      await opening?.then((database) => database.close()).catch(onlyFault);
    },
  };
}

function onlyFault(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
