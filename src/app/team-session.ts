import { osUser } from '../journal/os-user.ts';
import type { LastHeard } from '../journal/postgres/last-heard.ts';
import { FaultError } from '../model/fault.ts';
import type { ReadOnlyReason } from '../model/read-only.ts';
import type { TeamSettings } from '../model/settings.ts';
import type { Database } from '../postgres/database.ts';
import type { Hints } from '../postgres/hints.ts';
import { isAway } from '../postgres/is-away.ts';
import { parseStoreUrl } from '../postgres/store-url.ts';
import { thisProcess } from '../system/process-mark.ts';
import type { ProcessMembership } from '../team/process-membership.ts';
import { version } from '../version.ts';
import { openStore, type StoreDeps } from './open-store.ts';

/** This process as a member of its team: one database and one membership for all that uses the store. Nothing is connected before its first use. */
export interface TeamSession {
  /** Throws faults. */
  readonly database: Pick<Database, 'query'>;
  readonly hints: Hints;
  /** Registered at first use, and again where that failed. Throws faults. */
  membership(): Promise<ProcessMembership>;
  /** Resolves when the store knows that this process ended, or does not answer. */
  close(): Promise<void>;
}

/** So that the others see that this member is there; the lease of its writes has signs of its own. */
const signEvery = 10_000;

/** Whoever asks one thing after another waits for a store that does not answer once, not each time: for so many milliseconds. */
const awayFor = 1_500;
/** Longer than a store takes that answers, or is not there. */
const noAnswer = 2_000;

interface SessionOptions {
  /** This login may only read there: told before anything of the store is used. */
  onViewer(reason: ReadOnlyReason): void;
  /** For a console: a command is over before a hint could come. */
  readonly listens: boolean;
  /** Told what each question came to. */
  readonly heard: Pick<LastHeard, 'asked'>;
}

export function teamSession(
  deps: StoreDeps,
  team: TeamSettings,
  { onViewer, listens, heard }: SessionOptions,
): TeamSession {
  let opening: Promise<Database> | null = null;
  let beginning: Promise<ProcessMembership> | null = null;
  let signs: NodeJS.Timeout | null = null;
  /** Checked. */
  let open: Database | null = null;
  const listeners = new Set<() => void>();
  let isClosed = false;
  let away: { readonly error: unknown; readonly until: number } | null = null;

  async function begin(database: Database): Promise<ProcessMembership> {
    const { beginProcess } = await import('../team/process-membership.ts');
    const membership = await beginProcess(database, { as: team.as, osUser: osUser(), mark: thisProcess(), version });
    if (!isClosed) signs = setInterval(() => void membership.beat().catch(onlyFault), signEvery).unref();
    return membership;
  }

  async function checked(database: Database): Promise<Database> {
    const { checkStore, viewerReason } = await import('../team/check-store.ts');
    const { PostgresError } = await import('../postgres/postgres-error.ts');
    const from = performance.now();
    try {
      const { role } = await checkStore(database);
      if (role === 'viewer') onViewer(viewerReason(database.url.user));
      if (listens) {
        database.hints.listen(() => {
          for (const listener of listeners) listener();
        });
      }
      open = database;
      return database;
    } catch (error) {
      void database.close();
      // Nothing but the check was sent.
      const thrown =
        error instanceof PostgresError
          ? new PostgresError(error.fault, { state: error.state, outcome: 'not-sent' })
          : error;
      const now = performance.now();
      if (now - from > noAnswer) away = { error: thrown, until: now + awayFor };
      throw thrown;
    }
  }

  /** Keeps what came of it, unless it failed. */
  function once<Result>(work: Promise<Result>, forget: () => void): Promise<Result> {
    work.catch(forget);
    return work;
  }

  function opened(): Promise<Database> {
    if (away !== null && performance.now() < away.until) return Promise.reject(away.error);
    opening ??= once(openStore(deps, parseStoreUrl(team.url), null).then(checked), () => {
      opening = null;
    });
    return opening;
  }

  const query: Database['query'] = async (...statement) => {
    const database = await opened().catch((error: unknown) => {
      if (error instanceof FaultError && deps.offline() === null) heard.asked(error.fault);
      throw error;
    });
    try {
      const answer = await database.query(...statement);
      heard.asked(null);
      return answer;
    } catch (error) {
      if (error instanceof FaultError) heard.asked(isAway(error) ? error.fault : null);
      throw error;
    }
  };

  return {
    database: { query },
    hints: {
      give: () => open?.hints.give(),
      listen(onHint) {
        const listener = () => onHint();
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      isHeard: () => open?.hints.isHeard() ?? false,
    },
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
