import { osUser } from '../journal/os-user.ts';
import type { LastHeard } from '../journal/postgres/last-heard.ts';
import { type Fault, FaultError } from '../model/fault.ts';
import type { ReadOnlyReason } from '../model/read-only.ts';
import type { TeamSettings } from '../model/settings.ts';
import type { Database } from '../postgres/database.ts';
import type { Hints } from '../postgres/hints.ts';
import { isAway } from '../postgres/is-away.ts';
import { PostgresError } from '../postgres/postgres-error.ts';
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
  /** The store did not answer in time when it was asked last; null: it did, or was not asked. */
  silence(): Fault | null;
  /** Resolves when the store knows that this process ended, or does not answer. */
  close(): Promise<void>;
}

/** So that the others see that this member is there; the lease of its writes has signs of its own. */
const signEvery = 10_000;

interface SessionOptions {
  /** This login may only read there: told before anything of the store is used. */
  onViewer(reason: ReadOnlyReason): void;
  /** For a console: a command is over before a hint could come. */
  readonly listens: boolean;
  /** Told what each question came to; null: nobody is. */
  readonly heard: Pick<LastHeard, 'asked'> | null;
}

export function teamSession(
  deps: StoreDeps,
  team: TeamSettings,
  { onViewer, listens, heard }: SessionOptions,
): TeamSession {
  let opening: Promise<Database> | null = null;
  let checking: Promise<Database> | null = null;
  let beginning: Promise<ProcessMembership> | null = null;
  let signs: NodeJS.Timeout | null = null;
  /** Checked. */
  let open: Database | null = null;
  const listeners = new Set<() => void>();
  let isClosed = false;
  let silence: Fault | null = null;

  /** Whoever waits for a moment only learns nothing. */
  function noteSilence(error: unknown, isPatient = true): void {
    const isTimeout = error instanceof PostgresError && error.isTimeout;
    if (!isTimeout) silence = null;
    else if (isPatient) silence = error.fault;
  }

  async function begin(database: Database): Promise<ProcessMembership> {
    const { beginProcess } = await import('../team/process-membership.ts');
    const membership = await beginProcess(database, { as: team.as, osUser: osUser(), mark: thisProcess(), version });
    if (!isClosed) signs = setInterval(() => void membership.beat().catch(onlyFault), signEvery).unref();
    return membership;
  }

  async function checked(database: Database): Promise<Database> {
    const { checkStore, viewerReason } = await import('../team/check-store.ts');
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
      if (!(error instanceof PostgresError)) throw error;
      noteSilence(error);
      // Nothing but the check was sent.
      const { fault, state, isTimeout } = error;
      throw new PostgresError(fault, { state, outcome: 'not-sent', isTimeout });
    }
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
    checking ??= once(opening.then(checked), () => {
      checking = null;
    });
    return checking;
  }

  const query: Database['query'] = async (text, values, options) => {
    const database = await opened().catch((error: unknown) => {
      if (error instanceof FaultError && deps.offline() === null) heard?.asked(error.fault);
      throw error;
    });
    try {
      const answer = await database.query(text, values, options);
      heard?.asked(null);
      silence = null;
      return answer;
    } catch (error) {
      if (error instanceof FaultError) heard?.asked(isAway(error) ? error.fault : null);
      noteSilence(error, options?.within === undefined);
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
    silence: () => silence,
    async close() {
      isClosed = true;
      if (signs !== null) clearInterval(signs);
      try {
        await (await beginning)?.end();
      } catch (error) {
        onlyFault(error);
      }
      const closing = opening?.then((database) => database.close()).catch(onlyFault);
      // A connection that is just being made has nothing to tell.
      if (open !== null) await closing;
    },
  };
}

function onlyFault(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
