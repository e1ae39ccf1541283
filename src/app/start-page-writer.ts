import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Starts the thread that keeps pages in the cache file at a path. It sees nothing of the environment. */
export function startPageWriter(cache: string): Worker {
  return new Worker(workerFile(), { workerData: cache, env: {} });
}

/** The bundle holds the worker beside this chunk; from the sources it is the file beside it. */
function workerFile(): URL {
  const bundled = new URL('./page-writer-worker.js', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./page-writer-worker.ts', import.meta.url);
}
