import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { moduleInside } from '../system/executable.ts';
import type { FaultOrder, RunningSandbox, SandboxOptions } from './start.ts';

export type WorkerOrder =
  | { readonly number: number; readonly do: 'add-faults'; readonly orders: readonly FaultOrder[] }
  | { readonly number: number; readonly do: 'clear-faults' | 'stop' };

export type WorkerReport =
  | { readonly started: Pick<RunningSandbox, 'connections' | 'origins' | 'ticket'> }
  | { readonly failed: string }
  | { readonly done: number };

/**
 * Starts the sandbox in a worker thread, so that the console's thread never waits for it. Rejects as `startSandbox`
 * does. The worker alone does not keep the process running.
 */
export async function startEmbeddedSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const worker = new Worker(workerFile(), { workerData: options, env: {} });
  const orders = new Orders(worker);
  const started = await new Promise<Pick<RunningSandbox, 'connections' | 'origins' | 'ticket'>>((resolve, reject) => {
    worker.on('message', (report: WorkerReport) => {
      if ('started' in report) resolve(report.started);
      else if ('failed' in report) reject(new Error(report.failed));
      else orders.done(report.done);
    });
    worker.on('error', reject);
    worker.once('exit', () => {
      orders.close();
      reject(new Error('The sandbox stopped before it was ready.'));
    });
  });
  worker.unref();
  return {
    ...started,
    addFaults: (faults) => orders.give((number) => ({ number, do: 'add-faults', orders: faults })),
    clearFaults: () => orders.give((number) => ({ number, do: 'clear-faults' })),
    stop: async () => {
      await orders.give((number) => ({ number, do: 'stop' }));
      await worker.terminate();
    },
  };
}

/** Requests to the worker that are not answered yet. A worker that ended has answered all. */
class Orders {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, () => void>();
  #given = 0;
  #closed = false;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  give(order: (number: number) => WorkerOrder): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#given++;
    const number = this.#given;
    this.#worker.ref();
    this.#worker.postMessage(order(number));
    return new Promise((resolve) => this.#waiting.set(number, resolve));
  }

  done(number: number): void {
    this.#waiting.get(number)?.();
    this.#waiting.delete(number);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  close(): void {
    this.#closed = true;
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }
}

/** In the executable the worker is inside, in the bundle beside this chunk, in the sources beside this file. */
function workerFile(): URL {
  const inside = moduleInside('sandbox-worker.js');
  if (inside !== null) return inside;
  const bundled = new URL('./sandbox-worker.js', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./worker.ts', import.meta.url);
}
