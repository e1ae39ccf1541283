import { parentPort, workerData } from 'node:worker_threads';
import { obeyKeeperOrders } from '../cache/keeper-thread.ts';
import { systemClock } from './system-clock.ts';

/** A worker's entry: keeps pages in the cache file whose path is `workerData`. */
if (parentPort !== null) obeyKeeperOrders(parentPort, workerData, systemClock);
