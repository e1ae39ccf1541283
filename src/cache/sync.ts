import { setImmediate as breathe } from 'node:timers/promises';
import { can, type Page, type Vendor } from '../api/vendor.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { Pin } from '../model/place.ts';
import type { Book, BookWriter } from './book.ts';
import { type Keeper, keepHere } from './keeper.ts';

export interface SyncJob {
  readonly vendor: Vendor;
  readonly book: BookWriter & Pick<Book, 'catchUp'>;
  /** This thread where absent. */
  readonly keeper?: Keeper;
  readonly within?: Pin;
  readonly signal?: AbortSignal;
  /** After each page: rows kept so far, and what the vendor says of the whole. */
  readonly onProgress?: (progress: Page['progress'] & { readonly rows: number }) => void;
}

/** How a pass over a connection ended; `fault` is what stopped it early. */
export interface SyncEnd {
  readonly connection: string;
  readonly rows: number;
  readonly complete: boolean;
  readonly missing: readonly Fault[];
  readonly fault: Fault | null;
}

/**
 * Reads a connection, or one branch of it, into the cache page by page; goes on where an interrupted pass stopped. Never
 * throws for an expected failure: the rows that are there stay, and the fault is in the result and in the freshness.
 */
export async function syncConnection(job: SyncJob): Promise<SyncEnd> {
  const { vendor, book, within, signal, onProgress, keeper = keepHere(book) } = job;
  const { sync } = vendor.abilities;
  const { connection } = vendor;
  if (!can(sync)) {
    const denied = fault('denied', sync.no, 'Open its subscriptions one by one.', { connection }).fault;
    book.noteFault(connection, denied);
    return { connection, rows: 0, complete: false, missing: [], fault: denied };
  }
  const pass = book.beginPass({ connection, vendor: vendor.id, within: within ?? null });
  keeper.expect(pass);
  const missing: Fault[] = [];
  const underWay: Promise<void>[] = [];
  let rows = 0;
  let complete = false;
  let stop: Fault | null = null;
  const keep = async (page: Page, before: string | null): Promise<void> => {
    await keeper.keepPage(pass, page, before, signal);
    rows += page.rows.length;
    onProgress?.({ ...page.progress, rows });
  };
  try {
    const scope = {
      ...(within && { within }),
      ...(pass.resume !== null && { resume: pass.resume }),
      ...(signal && { signal }),
    };
    let resume = pass.resume;
    for await (const page of oneAhead(sync(scope))) {
      const keeping = keep(page, resume);
      // Its turn comes later; a fault until then is nobody's yet.
      keeping.catch(() => undefined);
      underWay.push(keeping);
      if (rows === 0) await keeping;
      resume = page.resume;
      missing.push(...page.missing);
      complete = page.complete && missing.length === 0;
      if (underWay.length >= keeper.width) await underWay.shift();
      signal?.throwIfAborted();
    }
    for (const keeping of underWay) await keeping;
  } catch (error) {
    if (!(error instanceof FaultError) && signal?.aborted !== true) throw error;
    stop = error instanceof FaultError ? error.fault : interrupted(connection);
    complete = false;
  }
  await Promise.allSettled(underWay);
  await keeper.finish(pass, { complete, fault: stop ?? missing[0] ?? null });
  book.catchUp();
  return { connection, rows, complete, missing, fault: stop };
}

/** Asks for the next page while this one is kept: vendor and disk wait for each other no longer than they must. */
async function* oneAhead(pages: AsyncIterable<Page>): AsyncGenerator<Page, void, undefined> {
  const source = pages[Symbol.asyncIterator]();
  const ask = () => {
    const asked = source.next();
    // Its turn comes later; a fault until then is nobody's yet.
    asked.catch(() => undefined);
    return asked;
  };
  let isFirst = true;
  try {
    for (let next = ask(); ; ) {
      const found = await next;
      if (found.done === true) return;
      if (isFirst) {
        yield found.value;
        isFirst = false;
        await breathe();
        next = ask();
        continue;
      }
      next = ask();
      yield found.value;
    }
  } finally {
    // Not waited for: who stops does not wait for an answer that nobody reads.
    source.return?.().catch(() => undefined);
  }
}

/** What a caller gets who stopped a pass, or stopped waiting for it. */
export function interrupted(connection: string): Fault {
  return fault('interrupted', `Reading ${connection} was stopped.`, 'Refresh again to go on where it stopped.', {
    connection,
  }).fault;
}
