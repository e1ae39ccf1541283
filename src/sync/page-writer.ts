import { setImmediate as breathe } from 'node:timers/promises';
import type { Page } from '../api/contract.ts';
import type { CacheWriter, SyncRun, SyncRunOutcome, UnseenRows } from '../store/cache-writer.ts';

/** Who writes the pages of passes into the cache: this thread between two keys, or one beside it. */
export interface PageWriter {
  /** Pages that may be on their way at once: one where this thread does the work. */
  readonly width: number;
  /** A sync run will come: gets ready meanwhile. */
  wake(): void;
  /** Pages of this pass are asked for: gets ready for them meanwhile. */
  expect(run: SyncRun): void;
  /** `before`: the resume mark of the page before this one. Throws a `FaultError` when the cache takes no writes. */
  keepPage(run: SyncRun, page: Page, before: string | null, signal?: AbortSignal): Promise<void>;
  /** Once every page was kept: the rows that none of them brought. */
  unseen(run: SyncRun, atMost: number): Promise<UnseenRows>;
  finish(run: SyncRun, outcome: SyncRunOutcome): Promise<void>;
  /**
   * Makes the indexes behind search and sorting tight again; the signal ends that early. What is left is the cache's.
   * Null: there is nothing to do here.
   */
  tidy(signal?: AbortSignal): Promise<void> | null;
}

/** Rows written in one go: a transaction of some milliseconds, so that keys are answered in between. */
const rowsAtOnce = 100;

/** Keeps in this thread, in parts. */
export function writePagesHere(cache: CacheWriter): PageWriter {
  return {
    width: 1,
    wake: () => {},
    expect: () => {},
    async keepPage(run, page, before, signal) {
      await keepInParts(run, page, before, signal);
      await breathe();
      // Not beside the next page: that would undo half of it.
      while (signal?.aborted !== true && cache.tidy('between-pages')) await breathe();
    },
    unseen: async (run, atMost) => run.unseen(atMost),
    finish: async (run, outcome) => run.finish(outcome),
    tidy: () => null,
  };
}

/** Until its last part is kept, a page counts as not read: an interrupted sync run reads it again. */
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
