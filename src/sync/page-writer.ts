import { setImmediate as breathe } from 'node:timers/promises';
import type { Page } from '../api/contract.ts';
import type { CacheWriter, RowFates, SyncRun, SyncRunOutcome, TakeOver, UnseenRows } from '../store/cache-writer.ts';
import { type PublishedBatch, type TakenBatch, takeInParts } from './published-batch.ts';

/** Writes the pages of sync runs into the cache: in this thread between keys, or in a worker. */
export interface PageWriter {
  /** Maximum pages being written at once: one if this thread does the work. */
  readonly width: number;
  /** A sync run is about to start: prepares for it. */
  wake(): void;
  /** Pages of this sync run were requested: prepares for them. */
  expect(run: SyncRun): void;
  /** `before`: the resume mark of the previous page. Throws a `FaultError` if the cache cannot be written. */
  keepPage(run: SyncRun, page: Page, before: string | null, signal?: AbortSignal): Promise<void>;
  /** Once every page was kept: the rows that none of them brought. */
  unseen(run: SyncRun, atMost: number): Promise<UnseenRows>;
  finish(run: SyncRun, outcome: SyncRunOutcome): Promise<RowFates>;
  /**
   * Compacts the search and sort indexes; the signal ends that early. The cache does the rest. Null: there is nothing
   * to do here.
   */
  tidy(signal?: AbortSignal): Promise<void> | null;
}

/** Writes what other members of a team read into the cache, in the same thread. */
export interface PublishedWriter {
  /**
   * In parts, each in one transaction with how far it came: whoever is stopped in between goes on from there. One batch of a connection at
   * a time. Throws a `FaultError` if the cache cannot be written.
   */
  takeOver(into: TakeOver, batch: PublishedBatch): Promise<TakenBatch>;
}

/** Rows written in one transaction of some milliseconds, so that keys are handled in between. */
const rowsAtOnce = 100;
/** The same of rows of other members, which are checked as well. */
const publishedAtOnce = 25;

/** Writes in this thread, in parts. */
export function writePagesHere(cache: Pick<CacheWriter, 'tidy'>): PageWriter & PublishedWriter {
  return {
    width: 1,
    wake: () => {},
    expect: () => {},
    async keepPage(run, page, before, signal) {
      await keepInParts(run, page, before, signal);
      await breathe();
      // Not while the next page is pending: that would undo half of it.
      while (signal?.aborted !== true && cache.tidy('between-pages')) await breathe();
    },
    unseen: async (run, atMost) => run.unseen(atMost),
    finish: async (run, outcome) => run.finish(outcome),
    takeOver: (into, batch) => takeInParts(batch, publishedAtOnce, into.take, breathe),
    tidy: () => null,
  };
}

/** Until its last part is written, a page counts as not read: an interrupted sync run reads it again. */
async function keepInParts(run: SyncRun, page: Page, before: string | null, signal?: AbortSignal): Promise<void> {
  const parts = Math.max(1, Math.ceil(page.rows.length / rowsAtOnce), Math.ceil(page.nodes.length / rowsAtOnce));
  for (let part = 0; part < parts; part += 1) {
    const [from, to] = [part * rowsAtOnce, (part + 1) * rowsAtOnce];
    const isLast = part === parts - 1;
    run.keepPage({
      ...page,
      rows: page.rows.slice(from, to),
      nodes: page.nodes.slice(from, to),
      resume: isLast ? page.resume : before,
    });
    if (isLast) return;
    await breathe();
    signal?.throwIfAborted();
  }
}
