import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../model/clock.ts';
import { FaultError } from '../model/fault.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import {
  CacheInUseError,
  copyInMemory,
  ForeignFileError,
  isNewer,
  NewerCacheError,
  openFile,
  openInMemory,
  openReadOnly,
  setAside,
} from '../store/cache-file.ts';
import {
  type CacheWriter,
  type FileTrouble,
  noFates,
  noneUnseen,
  type SyncRun,
  type TakeOver,
} from '../store/cache-writer.ts';
import type { DeclaredConnection } from '../store/connections-table.ts';
import { type Database, databaseOn } from '../store/database.ts';
import { connectionGone, isDamage, isHeld, notKept, troubleOf, whyNoWrites } from '../store/file-trouble.ts';
import { encodedReading } from '../store/row-codec.ts';
import { notKeptAtAll } from '../store/stored-answers.ts';
import type { OpenRun } from '../store/stored-runs.ts';
import { cacheOn } from './cache-on-database.ts';
import type { Cache, CacheReader } from './cache-reader.ts';

interface OpenedCache {
  readonly database: Database;
  readonly cache: ReturnType<typeof cacheOn>;
  /** Whether another thread can open and write it as well. */
  readonly isFile: boolean;
}

export interface CacheOptions {
  readonly clock: Clock;
  /** Never writes: vendor data is not stored. */
  readonly readOnly?: boolean;
  /** Rows that `tidy` may leave without index and rank; default 512. */
  readonly untidyRows?: number;
  /**
   * Answers stay those of one state until `refreshSnapshot`, or until this cache itself writes, so that keys do not
   * wait.
   */
  readonly holds?: boolean;
  /** A row that was read by itself was kept; null: the vendor has none. */
  readonly onKept?: (...row: Parameters<CacheWriter['keep']>) => void;
}

type Answer<Name extends keyof Calls> = ReturnType<Calls[Name]>;
type Method<Name extends keyof Calls> = (...args: Parameters<Calls[Name]>) => Answer<Name>;
type Methods<Name extends keyof Calls> = { [Each in Name]: Method<Each> };
/** Methods that are delegated unchanged; the others are implemented below. */
type Calls = Pick<Cache, (typeof questions)[number] | Order>;

/** Reading methods. A method that is in no list and not implemented below does not compile. */
const questions = [
  'levelWindow',
  'levelPositionOf',
  'subscriptionWindow',
  'positionOf',
  'totals',
  'costs',
  'count',
  'warm',
  'changes',
  'subscription',
  'subscriptionsSpelled',
  'valuesBeginning',
  'raw',
  'answer',
  'answerAges',
  'node',
  'nodeNames',
  'namesRevision',
  'freshness',
  'revision',
] as const satisfies readonly (keyof CacheReader)[];

type Order = 'keep' | 'keepAnswer' | 'outdateAnswers' | 'noteFault' | 'forget' | 'tidy';
/** Writing methods, with their answer if the file cannot be written. */
const whenNotWritten: { readonly [Name in Order]: Answer<Name> } = {
  keep: undefined,
  keepAnswer: notKeptAtAll,
  outdateAnswers: undefined,
  noteFault: undefined,
  forget: undefined,
  tidy: false,
};
const orders = Object.keys(whenNotWritten) as readonly Order[];

/**
 * Opens or creates the cache. Never throws for a file fault: a damaged cache is set aside and rebuilt, an unwritable
 * one is only read, and as a last resort rows are held in memory; `notice` reports it.
 */
export function openCache(
  path: string,
  { clock, readOnly = false, untidyRows = 512, holds = false, onKept }: CacheOptions,
): Cache {
  let notice: string | null = null;
  let closed = false;
  let file = 0;
  /** Told first to a rebuilt file. */
  let declared: readonly DeclaredConnection[] = [];
  const newer = `A newer version of Subdeck wrote the cache ${path}. It is not used or changed; rows are kept in memory only.`;
  let open = firstOpen();

  function on(sqlite: DatabaseSync, isFile = false): OpenedCache {
    const database = databaseOn(sqlite);
    try {
      const cache = cacheOn(database, { clock, untidyRows, holds });
      if (declared.length > 0) cache.declareConnections(declared);
      return { database, cache, isFile };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  function firstOpen(): OpenedCache {
    try {
      return readOnly ? on(openReadOnly(path)) : on(openFile(path), true);
    } catch (error) {
      if (isDamage(error) && !readOnly) return anew();
      return withoutWriting(error);
    }
  }

  /** The cache could not be opened for writing: try reading it. */
  function withoutWriting(error: unknown): OpenedCache {
    if (error instanceof NewerCacheError) return inMemory(newer);
    if (error instanceof ForeignFileError || error instanceof CacheInUseError) return inMemory(notUsed(error.message));
    const why = isDamage(error) ? 'it is damaged' : whyNoWrites(error);
    if (why === null) throw error;
    if (isHeld(error)) return inMemory(notUsed(why));
    try {
      return readable(why);
    } catch {
      return inMemory(notUsed(why));
    }
  }

  function readable(why: string): OpenedCache {
    const copy = readOnly ? null : copyInMemory(path);
    const found = on(copy ?? openReadOnly(path));
    if (copy !== null) notice = `The cache ${path} is read-only: ${why}. What is read from vendors is kept in memory.`;
    else if (!readOnly) notice = `The cache ${path} is read-only: ${why}. What is read from vendors is not saved.`;
    return found;
  }

  function notUsed(why: string): string {
    return `The cache ${path} is not used: ${why}. Rows are kept in memory only.`;
  }

  function inMemory(why: string): OpenedCache {
    notice = why;
    return on(openInMemory());
  }

  /** Sets the damaged file aside and creates a new one. A file that a newer Subdeck has converted meanwhile is not damaged. */
  function anew(): OpenedCache {
    if (isNewer(path)) return inMemory(newer);
    try {
      const aside = setAside(path, clock.now());
      const fresh = on(openFile(path), true);
      file += 1;
      notice = `The cache was damaged and will be rebuilt from the vendors; the old file is now ${aside}.`;
      return fresh;
    } catch {
      return inMemory(`The cache ${path} is damaged and cannot be replaced. Rows are kept in memory only.`);
    }
  }

  function replace(): void {
    try {
      open.database.close();
    } catch {
      // A database that cannot be closed is left to the end of the process.
    }
    open = readOnly ? inMemory(`The cache ${path} is damaged. Rows are kept in memory only.`) : anew();
  }

  /** Queries the cache; if damage is found only now, a new cache is created and queried. */
  function ask<Answer>(question: (cache: OpenedCache['cache']) => Answer): Answer {
    try {
      return question(open.cache);
    } catch (error) {
      if (closed || !isDamage(error)) throw error;
      replace();
      return question(open.cache);
    }
  }

  /** Writes if possible; otherwise the notice says why not. */
  function tell<Answer>(order: (cache: OpenedCache['cache']) => Answer, otherwise: Answer): Answer {
    try {
      return ask(order);
    } catch (error) {
      notWritten(error);
      return otherwise;
    }
  }

  function notWritten(error: unknown): void {
    const why = whyNoWrites(error);
    if (why === null) throw error;
    noteThat(why);
  }

  function noteThat(why: string): void {
    notice = `The cache ${path} could not be written: ${why}. What was read from vendors is shown but not saved.`;
  }

  /** The cache's methods of these names, each called through `through`. */
  function guarded<Name extends keyof Calls>(
    names: readonly Name[],
    through: <Each extends Name>(call: (cache: Methods<Name>) => Answer<Each>, name: Each) => Answer<Each>,
  ): Methods<Name> {
    function method<Each extends Name>(name: Each): Method<Each> {
      return (...args) => through((cache) => cache[name](...args), name);
    }
    const methods: Partial<Methods<Name>> = {};
    for (const name of names) methods[name] = method(name);
    return methods as Methods<Name>;
  }

  /** For work on a file that another thread, or this one, could not write. */
  function refusalOf(home: OpenedCache): (trouble: FileTrouble) => never {
    return (trouble) => {
      if (open !== home) throw new FaultError(notKept(path, 'it was damaged and has been replaced in the meantime'));
      if (trouble.damaged) replace();
      else if (trouble !== connectionGone) noteThat(trouble.why);
      throw new FaultError(notKept(path, trouble.damaged ? 'it was damaged and is being replaced' : trouble.why));
    };
  }

  /** Writes to the file that existed when the work began. Throws a `FaultError` if that takes no writes. */
  function written<Result>(home: OpenedCache, work: () => Result): Result {
    if (open !== home) return refusalOf(home)({ damaged: true });
    try {
      return work();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      return refusalOf(home)(trouble);
    }
  }

  function takeOver(connection: string): TakeOver {
    const progress = tell((cache) => cache.publishedProgress(connection), { upTo: null, copied: null });
    const home = open;
    return {
      ...progress,
      get file() {
        return open === home && home.isFile ? file : null;
      },
      take: (of) => written(home, () => home.cache.takePublished(of)),
      refuse: refusalOf(home),
    };
  }

  /** A sync run on the file that existed when it began. */
  function runOn(home: OpenedCache, of: OpenRun): SyncRun {
    const { resume, shortfall, ...mark } = of;
    const own = home.cache.writeRun(mark);
    const refuse = refusalOf(home);
    return {
      resume,
      shortfall,
      oldest: of.oldest,
      get mark() {
        return open === home && home.isFile ? { ...mark, file } : null;
      },
      refuse,
      keepPage({ rows, nodes, resume: next }) {
        const page = { rows: rows.map(encodedReading), nodes, resume: next };
        if (!written(home, () => own?.keepPage(page) === true)) refuse(connectionGone);
      },
      unseen(atMost) {
        if (open !== home) return noneUnseen;
        try {
          return own?.unseen(atMost) ?? noneUnseen;
        } catch (error) {
          if (!isDamage(error)) throw error;
          replace();
          return noneUnseen;
        }
      },
      finish(outcome) {
        if (open !== home) return noFates;
        try {
          return own?.finish(outcome) ?? noFates;
        } catch (error) {
          if (isDamage(error)) replace();
          else notWritten(error);
          return noFates;
        }
      },
    };
  }

  /** Ends early if the cache is recreated meanwhile: the remaining rows no longer exist. */
  function* each(query: Parameters<CacheReader['eachSubscription']>[0]): Generator<CachedSubscription> {
    const home = open;
    try {
      for (const row of open.cache.eachSubscription(query)) {
        yield row;
        if (open !== home) return;
      }
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (open === home) replace();
    }
  }

  function* shares(...of: Parameters<CacheReader['shares']>): ReturnType<CacheReader['shares']> {
    const home = open;
    try {
      return yield* open.cache.shares(...of);
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (open === home) replace();
      return [];
    }
  }

  /** A sync run over a cache that cannot be written: the first page reports it. */
  function idle(): SyncRun {
    const refuse = () => {
      throw new FaultError(notKept(path, 'it cannot be written'));
    };
    const nothing = { resume: null, mark: null, oldest: null, shortfall: null };
    return { ...nothing, keepPage: refuse, unseen: () => noneUnseen, finish: () => noFates, refuse };
  }

  return {
    get notice() {
      return notice;
    },
    ...guarded(questions, ask),
    ...guarded(orders, (call, name) => tell(call, whenNotWritten[name])),
    keep(connection, id, reading) {
      tell((cache) => cache.keep(connection, id, reading), undefined);
      onKept?.(connection, id, reading);
    },
    eachSubscription: each,
    shares,
    refreshSnapshot: () => open.cache.refreshSnapshot(),
    beginRun: (scope) =>
      tell((cache) => {
        const home = open;
        return runOn(home, cache.beginRun(scope));
      }, null) ?? idle(),
    takeOver,
    declareConnections(connections) {
      declared = connections;
      tell((cache) => cache.declareConnections(connections), undefined);
    },
    purge: () =>
      tell((cache) => {
        cache.purge();
        cache.declareConnections(declared);
      }, undefined),
    letWritesEnd: () => open.cache.letWritesEnd(),
    close() {
      if (closed) return;
      closed = true;
      open.database.close();
    },
  };
}
