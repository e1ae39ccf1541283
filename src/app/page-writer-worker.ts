import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveOrders } from '../sync/worker-loop.ts';
import { systemClock } from './clock.ts';

/** A little below the others: where processors are few, the thread that answers keys goes first. */
const niceness = 4;

// On Linux a priority is of the calling thread alone; elsewhere it would be the whole program's. A program that was
// started lower still (`nice`, as many a cron job is) may not raise itself.
if (process.platform === 'linux' && getPriority() < niceness) setPriority(niceness);

/** A worker's entry: keeps pages in the cache file whose path is `workerData`. */
if (parentPort !== null) serveOrders(parentPort, workerData, systemClock);
