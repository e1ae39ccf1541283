import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Starts the worker thread that writes pages into the cache file. It gets no environment variables. */
export function startPageWriter(cache: string): Worker {
  return new Worker(workerFile(), { workerData: cache, env: {} });
}

/** In the bundle the worker is beside this chunk, in the sources beside this file. */
function workerFile(): URL {
  const bundled = new URL('./page-writer-worker.js', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./page-writer-worker.ts', import.meta.url);
}
