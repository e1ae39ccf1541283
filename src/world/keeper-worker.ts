import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { obeyKeeperOrders } from '../cache/keeper-thread.ts';
import { systemClock } from './system-clock.ts';

// On Linux a priority is of the calling thread alone: the one that answers keys goes first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

/** A worker's entry: keeps pages in the cache file whose path is `workerData`. */
if (parentPort !== null) obeyKeeperOrders(parentPort, workerData, systemClock);
