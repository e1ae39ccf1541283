import { setFlagsFromString } from 'node:v8';

/** Everything that a start loads has been loaded by then. */
const startMilliseconds = 3_000;

/**
 * Keeps the heap near the size of the live data. By default V8 lets the new space grow to tens of megabytes and the old
 * space to twice its size before collecting; the console has time to collect between two keys.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  // During the start the heap only grows: collecting at every 20 % of growth would slow it down.
  setTimeout(setFlagsFromString, startMilliseconds, '--heap-growing-percent=20').unref();
}
