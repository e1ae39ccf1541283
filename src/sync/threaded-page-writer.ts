import type { Worker } from 'node:worker_threads';
import { type CacheWriter, noFates, type SyncRun } from '../store/cache-writer.ts';
import { type PageWriter, type PublishedWriter, writePagesHere } from './page-writer.ts';
import { type WorkerChannel, workerChannel } from './worker-channel.ts';
import { inTexts, type WorkerAnswer, type WorkerOrder } from './worker-messages.ts';

/**
 * Writes pages in a worker thread, so that keys are handled meanwhile; started before a sync run, ended soon after the
 * last page. An in-memory cache is written in this thread, and so is every cache if no worker can be started.
 */
export function writePagesBeside(
  cache: Pick<CacheWriter, 'tidy'>,
  startThread: () => Worker,
): PageWriter & PublishedWriter & { close(): void } {
  const here = writePagesHere(cache);
  let line: WorkerChannel | null = null;
  let isClosed = false;
  /** Something was written since the thread last had nothing to compact; otherwise it is not kept alive just to ask. */
  let isUntidy = false;
  /** No worker can be started, or it ended by itself. */
  let hasFailed = false;

  const turns = new WeakMap<SyncRun, Promise<void>>();
  /** In this thread one page of a sync run is written at a time, and none after a failed one. */
  function inTurn(run: SyncRun, work: () => Promise<void>): Promise<void> {
    const mine = (turns.get(run) ?? Promise.resolve()).then(work);
    turns.set(run, mine);
    return mine;
  }

  /** Null if this thread has to do it. */
  async function ask(order: WorkerOrder): Promise<WorkerAnswer | null> {
    if (isClosed) throw new Error('No more pages are saved.');
    if (hasFailed) return null;
    try {
      if (line === null || line.isClosed()) line = workerChannel(startThread());
      return await line.tell(order);
    } catch (error) {
      if (isClosed) throw error;
      hasFailed = true;
      return null;
    }
  }

  async function tidyIn(own: WorkerChannel, signal: AbortSignal | undefined): Promise<void> {
    isUntidy = false;
    const rest = () => void own.tell({ do: 'rest' }).catch(() => undefined);
    signal?.addEventListener('abort', rest, { once: true });
    try {
      let more = true;
      while (more && signal?.aborted !== true) ({ more } = await own.tell({ do: 'tidy' }));
      isUntidy ||= more;
    } catch {
      // The worker ended.
    } finally {
      signal?.removeEventListener('abort', rest);
    }
  }

  return {
    // One is being written while the next one is queued.
    width: 2,
    wake() {
      ask({ do: 'rest' }).catch(() => undefined);
    },
    expect(run) {
      const { mark } = run;
      // A fault here also occurs at the first page, and is reported then.
      if (mark !== null) ask({ do: 'expect', mark }).catch(() => undefined);
    },
    async keepPage(run, page, before, signal) {
      const { mark } = run;
      isUntidy = true;
      const answer = mark === null ? null : await ask({ do: 'keep', mark, page: inTexts(page) });
      if (answer === null) return inTurn(run, () => here.keepPage(run, page, before, signal));
      const { trouble } = answer;
      if (trouble !== null) return inTurn(run, async () => run.refuse(trouble));
    },
    async unseen(run, atMost) {
      const { mark } = run;
      const answer = mark === null ? null : await ask({ do: 'unseen', mark, atMost });
      return answer?.unseen ?? run.unseen(atMost);
    },
    async finish(run, outcome) {
      const { mark } = run;
      const answer = mark === null ? null : await ask({ do: 'finish', mark, outcome });
      // In this thread the cache reports and handles faults of its file.
      if (answer === null || answer.trouble !== null) return run.finish(outcome);
      return answer.fates ?? noFates;
    },
    async takeOver(into, batch) {
      const { file } = into;
      isUntidy = true;
      const answer = file === null ? null : await ask({ do: 'take over', file, batch });
      if (answer?.trouble != null) return into.refuse(answer.trouble);
      return answer?.taken ?? here.takeOver(into, batch);
    },
    tidy: (signal) => (!isUntidy || line === null || line.isClosed() ? null : tidyIn(line, signal)),
    close() {
      isClosed = true;
      line?.close();
    },
  };
}
