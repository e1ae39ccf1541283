import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveOrders } from '../sync/worker-loop.ts';
import { systemClock } from './clock.ts';

/** Slightly lower priority than the main thread: with few processors, the thread that handles keys goes first. */
const niceness = 4;

// On Linux this sets the calling thread's priority; elsewhere it would be the whole process's. A process started with a
// lower priority (`nice`, cron) may not raise its own.
if (process.platform === 'linux' && getPriority() < niceness) setPriority(niceness);

/** The worker's entry: writes pages into the cache file at the path in `workerData`. */
if (parentPort !== null) serveOrders(parentPort, workerData, systemClock);
