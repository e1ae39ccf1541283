import type { Worker } from 'node:worker_threads';
import type { WorkerAnswer, WorkerOrder } from './worker-messages.ts';

/** An idle worker ends after this time, in milliseconds. */
const keptFor = 5_000;

export interface WorkerChannel {
  tell(order: WorkerOrder): Promise<WorkerAnswer>;
  isClosed(): boolean;
  close(): void;
}

/**
 * Requests to a worker and its answers, in the order of the requests. The worker alone does not keep the process
 * running.
 */
export function workerChannel(worker: Worker): WorkerChannel {
  const waiting: PromiseWithResolvers<WorkerAnswer>[] = [];
  let closed = false;
  let ending: NodeJS.Timeout | null = null;

  function end(why: Error): void {
    closed = true;
    if (ending !== null) clearTimeout(ending);
    for (const { reject } of waiting.splice(0)) reject(why);
  }

  function close(): void {
    end(new Error('The thread that saves pages was closed.'));
    void worker.terminate();
  }

  worker.on('message', (answer: WorkerAnswer) => {
    waiting.shift()?.resolve(answer);
    if (waiting.length > 0) return;
    worker.unref();
    ending = setTimeout(close, keptFor).unref();
  });
  worker.on('error', end);
  worker.once('exit', () => end(new Error('The thread that saves pages has ended.')));
  return {
    tell(order) {
      if (ending !== null) clearTimeout(ending);
      ending = null;
      worker.ref();
      worker.postMessage(order);
      const answer = Promise.withResolvers<WorkerAnswer>();
      waiting.push(answer);
      return answer.promise;
    },
    isClosed: () => closed,
    close,
  };
}
