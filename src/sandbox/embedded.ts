import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FaultOrder, RunningSandbox, SandboxOptions } from './start.ts';

export type WorkerOrder =
  | { readonly number: number; readonly do: 'add-faults'; readonly orders: readonly FaultOrder[] }
  | { readonly number: number; readonly do: 'stop' };

export type WorkerReport =
  | { readonly started: Pick<RunningSandbox, 'connections' | 'origins'> }
  | { readonly failed: string }
  | { readonly done: number };

/** Starts the sandbox in a thread of its own, so that the console's thread never waits for it. Rejects as `startSandbox` does. */
export async function startEmbeddedSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const worker = new Worker(workerFile(), { workerData: options, env: {} });
  const waiting = new Map<number, () => void>();
  let number = 0;
  const started = await new Promise<Pick<RunningSandbox, 'connections' | 'origins'>>((resolve, reject) => {
    worker.on('message', (report: WorkerReport) => {
      if ('started' in report) resolve(report.started);
      else if ('failed' in report) reject(new Error(report.failed));
      else waiting.get(report.done)?.();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('The sandbox stopped before it was ready.'));
      for (const done of waiting.values()) done();
    });
  });
  const ordered = (order: (number: number) => WorkerOrder) =>
    new Promise<void>((resolve) => {
      number++;
      waiting.set(number, resolve);
      worker.postMessage(order(number));
    });
  return {
    ...started,
    addFaults: (orders) => ordered((at) => ({ number: at, do: 'add-faults', orders })),
    stop: async () => {
      await ordered((at) => ({ number: at, do: 'stop' }));
      await worker.terminate();
    },
  };
}

/** The bundle holds the worker beside this chunk; from the sources it is the file next door. */
function workerFile(): URL {
  const bundled = new URL('./sandbox-worker.js', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./worker.ts', import.meta.url);
}
