import { can, type Page, type Vendor } from '../api/contract.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { Pin } from '../model/scope.ts';
import { boundedPages, type SyncBounds } from './bounded-pages.ts';
import { type PageWriter, writePagesHere } from './page-writer.ts';
import type { SyncedCache } from './synced-cache.ts';

export interface SyncJob {
  readonly vendor: Vendor;
  readonly cache: Omit<SyncedCache, 'subscription'>;
  /** This thread where absent. */
  readonly pageWriter?: PageWriter;
  readonly within?: Pin;
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
}

/**
 * Reads a connection, or one branch of it, into the cache page by page; goes on where an interrupted sync run stopped.
 * Never throws for an expected failure: the rows that are there stay, and the fault is in the result and in the
 * freshness.
 */
export async function syncConnection(job: SyncJob): Promise<SyncEnd> {
  const { vendor, cache, within, signal, onProgress, bounds, pageWriter = writePagesHere(cache) } = job;
  const { sync } = vendor.abilities;
  const { connection } = vendor;
  if (!can(sync)) {
    const denied = fault('denied', sync.no, 'Open its subscriptions one by one.', { connection }).fault;
    cache.noteFault(connection, denied);
    return { connection, rows: 0, complete: false, missing: [], fault: denied };
  }
  const run = cache.beginRun({ connection, vendor: vendor.id, within: within ?? null });
  pageWriter.expect(run);
  const missing: Fault[] = [];
  const underWay: Promise<void>[] = [];
  let rows = 0;
  let complete = false;
  let stop: Fault | null = null;
  const keep = async (page: Page, before: string | null): Promise<void> => {
    await pageWriter.keepPage(run, page, before, signal);
    rows += page.rows.length;
    onProgress?.({ ...page.progress, rows });
  };
  try {
    const scope = {
      ...(within && { within }),
      ...(run.resume !== null && { resume: run.resume }),
      ...(signal && { signal }),
    };
    let resume = run.resume;
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
      complete = page.complete && missing.length === 0;
      if (underWay.length >= pageWriter.width) await underWay.shift();
      signal?.throwIfAborted();
    }
    for (const keeping of underWay) await keeping;
  } catch (error) {
    if (!(error instanceof FaultError) && signal?.aborted !== true) throw error;
    stop = error instanceof FaultError ? error.fault : interrupted(connection);
    complete = false;
  }
  await Promise.allSettled(underWay);
  await pageWriter.finish(run, { complete, fault: stop ?? missing[0] ?? null });
  cache.refreshSnapshot();
  return { connection, rows, complete, missing, fault: stop };
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
    { ...page, ...head, resume: before, complete: false, missing: [] },
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
    // Not waited for: who stops does not wait for an answer that nobody reads.
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
  return fault('interrupted', `Reading ${connection} was stopped.`, 'Refresh again to go on where it stopped.', {
    connection,
  }).fault;
}
