import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { moduleInside } from '../system/executable.ts';

/** Starts the worker thread that writes pages into the cache file. It gets no environment variables. */
export function startPageWriter(cache: string): Worker {
  // Without the warning of Node 24 that SQLite is experimental.
  const execArgv = [...process.execArgv, '--no-warnings'];
  return new Worker(workerFile(), { workerData: cache, env: {}, execArgv });
}

/** In the executable the worker is inside, in the bundle beside this chunk, in the sources beside this file. */
function workerFile(): URL {
  const inside = moduleInside('page-writer-worker.js');
  if (inside !== null) return inside;
  const bundled = new URL('./page-writer-worker.js', import.meta.url);
  return existsSync(fileURLToPath(bundled)) ? bundled : new URL('./page-writer-worker.ts', import.meta.url);
}
