import { type Abilities, can, type Page, type Vendor } from '../api/contract.ts';
import { dateWords } from '../model/date-words.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { missingRowsFault } from '../model/missing-rows.ts';
import { grouped } from '../model/numbers.ts';
import type { Pin } from '../model/scope.ts';
import type { Removals, SyncRun } from '../store/cache-writer.ts';
import { askById } from './ask-by-id.ts';
import { boundedPages, type SyncBounds } from './bounded-pages.ts';
import { type PageWriter, writePagesHere } from './page-writer.ts';
import { decideRemovals, keptAsMissing, mostAsked, removeNothing, toAsk } from './removals.ts';
import type { SyncedCache } from './synced-cache.ts';

export interface SyncJob {
  readonly vendor: Vendor;
  readonly cache: SyncedCache;
  /** Milliseconds: what was read before it is no longer fresh. */
  readonly freshSince: number;
  /** A person said that what the vendor's list leaves out is gone. */
  readonly acceptRemovals?: boolean;
  /** This thread where absent. */
  readonly pageWriter?: PageWriter;
  readonly within?: Pin;
  /** As `SyncScope` says. */
  readonly isRefresh?: boolean;
  /**
   * The whole list is being read at the same time: only rows that the vendor lists for this branch alone are kept. Missing rows and
   * failures of the connection are up to that run.
   */
  readonly besideWhole?: boolean;
  readonly signal?: AbortSignal;
  /** `limits.sync` where absent. */
  readonly bounds?: SyncBounds;
  /** After each page: rows kept so far, and what the vendor says of the whole. */
  readonly onProgress?: (progress: Page['progress'] & { readonly rows: number }) => void;
}

/** How a sync run over a connection ended; `fault` is what stopped it early. */
export interface SyncEnd {
  readonly connection: string;
  readonly rows: number;
  readonly complete: boolean;
  readonly missing: readonly Fault[];
  readonly fault: Fault | null;
  /** What a person may want to know of a complete one. */
  readonly notes: readonly string[];
}

/**
 * Reads a connection, or one branch of it, into the cache page by page; goes on where an interrupted sync run stopped.
 * Never throws for an expected failure: the rows that are there stay, and the fault is in the result and in the
 * freshness.
 */
export async function syncConnection(job: SyncJob): Promise<SyncEnd> {
  const { vendor, cache, within, freshSince, signal, onProgress, bounds, pageWriter = writePagesHere(cache) } = job;
  const { isRefresh, besideWhole = false } = job;
  const { sync } = vendor.abilities;
  const { connection } = vendor;
  if (!can(sync)) {
    const denied = fault('denied', sync.no, 'Open its subscriptions one by one.', { connection }).fault;
    cache.noteFault(connection, denied);
    return { connection, rows: 0, complete: false, missing: [], fault: denied, notes: [] };
  }
  const run = cache.beginRun({ connection, vendor: vendor.id, within: within ?? null, freshSince });
  pageWriter.expect(run);
  const missing: Fault[] = [];
  const underWay: Promise<void>[] = [];
  let rows = 0;
  let complete = false;
  let shortfall = 0;
  let stop: Fault | null = null;
  let { resume } = run;
  const keep = async (page: Page, before: string | null): Promise<void> => {
    await pageWriter.keepPage(run, page, before, signal);
    rows += page.rows.length;
    onProgress?.({ ...page.progress, rows });
  };
  const stopOf = (error: unknown): { readonly stop: Fault } => {
    if (!(error instanceof FaultError) && signal?.aborted !== true) throw error;
    return { stop: error instanceof FaultError ? error.fault : interrupted(connection) };
  };
  const endStopped = async (fault: Fault): Promise<SyncEnd> => {
    await pageWriter.finish(run, { ...stopped, fault: besideWhole ? 'unchanged' : fault });
    cache.refreshSnapshot();
    return { connection, rows, complete: false, missing, fault, notes: [] };
  };
  try {
    const scope = {
      ...(within && { within }),
      ...(run.resume !== null && { resume: run.resume }),
      ...(isRefresh !== undefined && { isRefresh }),
      ...(besideWhole && { onlyNarrow: true }),
      ...(signal && { signal }),
    };
    let isFirst = true;
    for await (const page of oneAhead(boundedPages(sync(scope), { connection, from: run.resume }, bounds))) {
      for (const part of isFirst ? inTwo(page, resume) : []) {
        await keep(part, resume);
        signal?.throwIfAborted();
      }
      if (!isFirst) underWay.push(begun(keep(page, resume)));
      isFirst = false;
      resume = page.resume;
      missing.push(...page.missing);
      shortfall += page.shortfall;
      complete = page.complete && missing.length === 0;
      if (underWay.length >= pageWriter.width) await underWay.shift();
      signal?.throwIfAborted();
    }
    for (const keeping of underWay) await keeping;
  } catch (error) {
    ({ stop } = stopOf(error));
  }
  await Promise.allSettled(underWay);
  if (stop !== null) return endStopped(stop);
  if (besideWhole) {
    await pageWriter.finish(run, { ...stopped, fault: 'unchanged' });
    cache.refreshSnapshot();
    return { connection, rows, complete, missing, fault: null, notes: [] };
  }
  const found = judged(run, { connection, complete, missing, shortfall, freshSince });
  const removed = await removalsOf({ ...job, pageWriter }, run, { complete: found.complete, resume }).catch(stopOf);
  if ('stop' in removed) return endStopped(removed.stop);
  const { removals } = removed;
  const outcome = { complete: found.complete, ended: true, shortfall: found.shortfall, removals };
  await pageWriter.finish(run, { ...outcome, fault: found.missing[0] ?? null });
  cache.refreshSnapshot();
  const kept = removed.kept === 0 ? null : cache.freshness(connection).missing;
  const lacks = kept === null ? found.missing : [...found.missing, missingRowsFault(connection, kept)];
  const isComplete = found.complete && lacks.length === 0;
  return { connection, rows, complete: isComplete, missing: lacks, fault: null, notes: found.notes };
}

/** What a run that came to its end lacks, beside rows that are asked for by id. */
function judged(
  run: Pick<SyncRun, 'shortfall' | 'oldest'>,
  {
    connection,
    complete,
    missing,
    shortfall,
    freshSince,
  }: Pick<SyncEnd, 'connection' | 'complete' | 'missing'> &
    Pick<SyncJob, 'freshSince'> & { readonly shortfall: number },
): Pick<SyncEnd, 'complete' | 'missing' | 'notes'> & { readonly shortfall: number | null } {
  if (!complete) {
    return { complete, missing: missing.length > 0 ? missing : [earlierLack(connection)], notes: [], shortfall: null };
  }
  const counted = shortfall === 0 ? [] : [countsMore(connection, shortfall)];
  // The same number twice: these rows are never sent.
  if (shortfall > 0 && run.shortfall !== shortfall) {
    const lacking = counted.map((message) => fault('partial', message, again, { connection }).fault);
    return { complete: false, missing: lacking, notes: [], shortfall };
  }
  const isOld = run.oldest !== null && run.oldest < freshSince;
  return { complete, missing: isOld ? [olderPart(connection, run.oldest)] : [], notes: counted, shortfall };
}

const stopped = { complete: false, ended: false, removals: removeNothing, shortfall: null } as const;
const again = 'Sync again: if the number is the same, the list is taken as complete.';

function countsMore(connection: string, rows: number): string {
  return `The vendor reports ${grouped(rows)} more rows of ${connection} than it sends.`;
}

/** The run is complete only together with an earlier one, and what that one read is no longer fresh. */
function olderPart(connection: string, at: number): Fault {
  const message = `Part of ${connection} was read earlier, ${dateWords(new Date(at).toISOString())}; this sync read only the rest.`;
  return fault('partial', message, 'Sync again to read all of it.', { connection }).fault;
}

/** This run lacked nothing, but the run that it continues did. */
function earlierLack(connection: string): Fault {
  const message = `Part of ${connection} could not be read earlier; this sync read only the rest.`;
  return fault('partial', message, 'Sync again to read all of it.', { connection }).fault;
}

/** What becomes of the rows that no page brought: those that may still be there are asked for by id, and kept where they are. */
async function removalsOf(
  job: SyncJob & { readonly pageWriter: PageWriter },
  run: SyncRun,
  { complete, resume }: Pick<Page, 'complete' | 'resume'>,
): Promise<{ readonly removals: Removals; readonly kept: number }> {
  const { vendor, cache, acceptRemovals = false, signal, pageWriter } = job;
  const unseen = await pageWriter.unseen(run, mostAsked);
  if (unseen.first.length === 0) return { removals: removeNothing, kept: 0 };
  const question = { complete, unseen, accepted: acceptRemovals };
  const asked = toAsk(question).map(({ id }) => id);
  cache.refreshSnapshot();
  const known = (id: string) => cache.subscription(vendor.connection, id);
  const { answers, readings } = await askById(readFor(job), asked, known, signal);
  signal?.throwIfAborted();
  if (readings.length > 0) {
    const progress = { done: 0, total: null };
    const page = { rows: readings, nodes: [], progress, resume, complete, missing: [], shortfall: 0 };
    await pageWriter.keepPage(run, page, resume, signal);
  }
  const removals = decideRemovals({ ...question, answers });
  return { removals, kept: complete ? keptAsMissing(removals, unseen) : 0 };
}

/** With the urgency of the run's own calls (src/api/turns.ts). */
function readFor({ vendor, within, isRefresh }: SyncJob): Abilities['read'] {
  if (isRefresh === true) return vendor.toRefresh.read;
  return (within === undefined ? vendor.inBackground : vendor.abilities).read;
}

/** More than most screens hold. */
const firstLook = 50;

/** What a screen holds is kept, and shown, before the rest of its page. Until that is kept, too, the page counts as not read. */
function inTwo(page: Page, before: string | null): readonly Page[] {
  const { rows, nodes } = page;
  if (rows.length <= firstLook && nodes.length <= firstLook) return [page];
  const head = { rows: rows.slice(0, firstLook), nodes: nodes.slice(0, firstLook) };
  const tail = { rows: rows.slice(firstLook), nodes: nodes.slice(firstLook) };
  return [
    { ...page, ...head, resume: before, complete: false, missing: [], shortfall: 0 },
    { ...page, ...tail },
  ];
}

/**
 * From the second page on asks for the next while one is kept: vendor and disk wait for each other no longer than they
 * must. The first is kept before anything else is asked for, so that it is soon on the screen.
 */
async function* oneAhead(pages: AsyncIterable<Page>): AsyncGenerator<Page, void, undefined> {
  const source = pages[Symbol.asyncIterator]();
  try {
    const first = await source.next();
    if (first.done === true) return;
    yield first.value;
    for (let next = begun(source.next()); ; ) {
      const found = await next;
      if (found.done === true) return;
      next = begun(source.next());
      yield found.value;
    }
  } finally {
    // Not awaited: a consumer that stops does not wait for an unused answer.
    source.return?.().catch(() => undefined);
  }
}

/** Its turn comes later; a fault until then is nobody's yet. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}

/** What a caller gets who stopped a sync run, or stopped waiting for it. */
export function interrupted(connection: string): Fault {
  return fault('interrupted', `Reading ${connection} was stopped.`, 'Refresh again to continue where it stopped.', {
    connection,
  }).fault;
}
