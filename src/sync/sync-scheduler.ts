import { setImmediate as breathe } from 'node:timers/promises';
import { can, type Vendor } from '../api/contract.ts';
import type { CallTotals } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import { FaultError, fault } from '../model/fault.ts';
import { missingRowsFault } from '../model/missing-rows.ts';
import { parseReference } from '../model/reference.ts';
import type { Pin } from '../model/scope.ts';
import type { LastRead, SyncProgress, SyncTraffic } from '../model/sync-progress.ts';
import { lastReads } from './last-reads.ts';
import { type PageWriter, writePagesHere } from './page-writer.ts';
import type { SharedSync, SharedTurn } from './shared-sync.ts';
import { interrupted, type SyncEnd, syncConnection } from './sync-run.ts';
import type { SyncedCache } from './synced-cache.ts';
import { createTimeLeft } from './time-left.ts';

/** Refreshes the cache from the vendors. One sync run a connection at a time; who asks meanwhile waits for the same one. */
export interface SyncScheduler {
  /** Never throws for an expected failure: the fault is in the outcome and in the cache's freshness. */
  run(connection: string, options: SyncOptions): Promise<SyncReport>;
  /** Reads one subscription from its vendor into the cache. */
  refreshOne(ref: string, options?: Pick<SyncOptions, 'isRefresh' | 'signal'>): Promise<void>;
  /**
   * Reads what a screen shows below these nodes: the branch of the last one whose level the vendor lists by itself, else the
   * connection. While the whole connection is being read, the branch is read beside it. Never throws for an expected failure.
   */
  readPlace(connection: string, below: readonly Pin[], options: Pick<SyncOptions, 'isRefresh'>): Promise<SyncEnd>;
  running(): readonly SyncProgress[];
  /** How the last sync runs of this process ended. */
  lastReads(): readonly LastRead[];
  /**
   * Makes the indexes tight of what was read lately, in the thread that kept it; a new sync run ends that early. What
   * another thread cannot do, or did not read, is for the cache's own `tidy`.
   */
  tidy(): Promise<void>;
  isTidying(): boolean;
  subscribe(listener: () => void): () => void;
}

/** How a sync run ended, and what it took. */
export interface SyncReport extends SyncEnd {
  readonly took: SyncTraffic;
}

export interface SyncOptions {
  readonly within?: Pin;
  /** A person said that what the vendor's list leaves out is gone. */
  readonly acceptRemovals?: boolean;
  /** An automatic refresh of the console. */
  readonly isRefresh?: boolean;
  readonly signal?: AbortSignal;
}

interface Running {
  readonly within: Pin | undefined;
  readonly acceptRemovals: boolean;
  readonly isRefresh: boolean | undefined;
  readonly stop: AbortController;
  end: Promise<SyncReport>;
  progress: SyncProgress;
  /** Calls and waits before it began. */
  readonly before: CallTotals;
  /** Callers that still wait; the sync run stops when the last one has gone. */
  waiting: number;
}

const nothingRead = { rows: 0, complete: false, missing: [], notes: [] } as const;
const tookNothing: SyncTraffic = { calls: 0, milliseconds: 0, waited: { limit: 0, throttled: 0, 'no-answer': 0 } };

export function createSyncScheduler(parts: {
  readonly cache: SyncedCache;
  readonly vendorOf: (connection: string) => Promise<Vendor>;
  readonly clock: Clock;
  /** Calls and waits of a connection so far. */
  readonly totals: (connection: string) => CallTotals;
  /** Seconds after which what was read is no longer fresh. */
  readonly freshFor: number;
  /** Who writes the pages; this thread where absent. */
  readonly pageWriter?: PageWriter;
  /** What a team reads together; absent: this member reads alone. */
  readonly shared?: SharedSync;
}): SyncScheduler {
  const { cache, vendorOf, clock, totals, freshFor, pageWriter = writePagesHere(cache), shared } = parts;
  const running = new Map<string, Running>();
  const reads = lastReads(clock);
  /** Branches that are read beside a run over their whole connection. */
  const beside = new Map<string, Promise<SyncEnd>>();
  const listeners = new Set<() => void>();
  let tidying: AbortController | null = null;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  shared?.subscribe(tell);

  async function runSync(connection: string, own: Running): Promise<SyncEnd> {
    const started = clock.monotonic();
    const { within, acceptRemovals, isRefresh } = own;
    // A vendor's code is loaded for its first sync run, and all keys and frames would wait for that.
    await breathe();
    if (own.stop.signal.aborted) return { connection, ...nothingRead, fault: interrupted(connection) };
    let end: (() => Promise<void>) | null = null;
    try {
      const vendor = await vendorOf(connection);
      const turn = await shared?.turn(connection, {
        within,
        anyway: acceptRemovals,
        freshFor: freshFor * 1000,
        signal: own.stop.signal,
        onProgress: ({ rows, total }) => {
          const rowsPerSecond = (rows * 1000) / Math.max(1, clock.monotonic() - started);
          own.progress = { ...own.progress, done: rows, total, rows, rowsPerSecond };
          tell();
        },
      });
      if (turn?.kind === 'taken-over') return takenOver(connection, within === undefined, turn);
      if (turn?.kind === 'read') end = turn.end;
      const timeLeft = createTimeLeft(own.progress.expected, vendor.timeFor);
      return await syncConnection({
        vendor,
        cache,
        pageWriter: turn?.kind === 'read' ? turn.publishing(pageWriter) : pageWriter,
        freshSince: clock.now() - freshFor * 1000,
        acceptRemovals,
        signal: own.stop.signal,
        ...(within && { within }),
        ...(isRefresh !== undefined && { isRefresh }),
        onProgress: ({ done, total, rows }) => {
          const at = clock.monotonic();
          const { calls, waited } = since(own, totals(connection));
          const left = timeLeft({ at, waited: waited.limit, done, total, rows, calls });
          const rowsPerSecond = (rows * 1000) / Math.max(1, at - started);
          own.progress = { ...own.progress, done, total, rows, left, rowsPerSecond };
          tell();
        },
      });
    } catch (error) {
      if (own.stop.signal.aborted && error === own.stop.signal.reason) {
        return { connection, ...nothingRead, fault: interrupted(connection) };
      }
      if (!(error instanceof FaultError)) throw error;
      cache.noteFault(connection, error.fault);
      return { connection, ...nothingRead, fault: error.fault };
    } finally {
      await end?.();
    }
  }

  /** Another member read it: of a whole connection the rows that there are now are told, not those that came. */
  function takenOver(
    connection: string,
    isWhole: boolean,
    { rows: came, notes }: Extract<SharedTurn, { kind: 'taken-over' }>,
  ): SyncEnd {
    const { missing, lastFault, rows: all } = cache.freshness(connection);
    const lacks = missing === null ? [] : [missingRowsFault(connection, missing)];
    const partial = lastFault !== null && missing === null ? [lastFault] : [];
    const faults = [...lacks, ...partial];
    const rows = isWhole ? all : came;
    return { connection, rows, complete: faults.length === 0, missing: faults, fault: null, notes };
  }

  function start(connection: string, { within, acceptRemovals = false, isRefresh }: SyncOptions): Running {
    const { rows, readAt } = cache.freshness(connection);
    const expected = within === undefined && readAt !== null && rows > 0 ? rows : null;
    const counts = { done: 0, total: null, rows: 0, calls: 0, rowsPerSecond: 0 };
    const progress = { connection, ...counts, expected, left: null, wait: null };
    tidying?.abort();
    pageWriter.wake();
    const never: Promise<SyncReport> = new Promise(() => {});
    const stop = new AbortController();
    const before = totals(connection);
    const own: Running = { within, acceptRemovals, isRefresh, stop, end: never, progress, before, waiting: 0 };
    const began = clock.monotonic();
    running.set(connection, own);
    own.end = runSync(connection, own)
      .then((end) => {
        reads.note(end, within, began);
        const took = { ...since(own, totals(connection)), milliseconds: clock.monotonic() - began };
        return { ...end, took };
      })
      .finally(() => {
        running.delete(connection);
        tell();
      });
    tell();
    return own;
  }

  /** Waits for a sync run; who gives up waiting gets an interrupted end, and the last one to go stops the sync run. */
  function join(connection: string, own: Running, signal: AbortSignal | undefined): Promise<SyncReport> {
    own.waiting += 1;
    if (signal === undefined) return own.end;
    return new Promise((resolve, reject) => {
      const leave = () => {
        own.waiting -= 1;
        if (own.waiting === 0) own.stop.abort();
        else resolve({ connection, ...nothingRead, fault: interrupted(connection), took: tookNothing });
      };
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      own.end.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  async function run(connection: string, options: SyncOptions): Promise<SyncReport> {
    const { within, acceptRemovals = false, signal } = options;
    for (;;) {
      const found = running.get(connection);
      if (found === undefined) return join(connection, start(connection, options), signal);
      const isAsWide = found.within === undefined || JSON.stringify(found.within) === JSON.stringify(within);
      const covers = isAsWide && (found.acceptRemovals || !acceptRemovals);
      const ended = await join(connection, found, signal);
      if (covers || signal?.aborted === true) return ended;
    }
  }

  async function besideWhole(vendor: Vendor, within: Pin, options: Pick<SyncOptions, 'isRefresh'>): Promise<SyncEnd> {
    const began = clock.monotonic();
    const read = { freshSince: clock.now(), within, besideWhole: true, onProgress: tell, ...options };
    const end = await syncConnection({ vendor, cache, pageWriter, ...read });
    reads.note(end, within, began);
    tell();
    return end;
  }

  async function readPlace(
    connection: string,
    below: readonly Pin[],
    options: Pick<SyncOptions, 'isRefresh'>,
  ): Promise<SyncEnd> {
    const vendor = below.length === 0 ? null : await vendorOf(connection).catch(onlyFault);
    const within = below.findLast(({ level, id }) => id !== null && vendor?.narrowLevels.includes(level) === true);
    // The fault of a vendor that cannot be created is recorded by a run.
    if (vendor === null || within === undefined) return run(connection, options);
    const found = running.get(connection);
    if (found === undefined || found.within !== undefined) return run(connection, { ...options, within });
    const key = JSON.stringify([connection, within.level, within.id]);
    const reading = beside.get(key) ?? besideWhole(vendor, within, options).finally(() => beside.delete(key));
    beside.set(key, reading);
    return reading;
  }

  async function refreshOne(
    ref: string,
    { isRefresh = false, signal }: Pick<SyncOptions, 'isRefresh' | 'signal'> = {},
  ): Promise<void> {
    const reference = parseReference(ref);
    if (reference === null) throw fault('usage', `"${ref}" is not a REF.`, 'Write connection/id.');
    const { connection, id } = reference;
    const vendor = await vendorOf(connection);
    const { read } = isRefresh ? vendor.toRefresh : vendor.abilities;
    if (!can(read)) throw fault('denied', read.no, 'Refresh the whole list instead.', { connection });
    const reading = await read({ id, known: cache.subscription(connection, id) }, signal);
    cache.keep(connection, id, reading);
  }

  return {
    run,
    readPlace,
    lastReads: reads.all,
    refreshOne,
    async tidy() {
      if (tidying !== null || running.size > 0) return;
      const own = new AbortController();
      const work = pageWriter.tidy(own.signal);
      if (work === null) return;
      tidying = own;
      try {
        await work;
      } finally {
        tidying = null;
      }
    },
    isTidying: () => tidying !== null,
    running: () =>
      [...running.values()].map((own): SyncProgress => {
        const now = totals(own.progress.connection);
        return { ...own.progress, calls: since(own, now).calls, wait: now.wait };
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function since({ before }: Pick<Running, 'before'>, { calls, waited }: CallTotals): Omit<SyncTraffic, 'milliseconds'> {
  const waits = { limit: 0, throttled: 0, 'no-answer': 0 };
  for (const why of ['limit', 'throttled', 'no-answer'] as const) waits[why] = waited[why] - before.waited[why];
  return { calls: calls - before.calls, waited: waits };
}

function onlyFault(error: unknown): null {
  if (error instanceof FaultError) return null;
  throw error;
}
