import { setFlagsFromString } from 'node:v8';

/** By then everything that a start loads is there. */
const startMilliseconds = 3_000;

/**
 * Keeps the heap about as large as what is in it. V8 would let what is new grow to tens of megabytes, and what is old to
 * twice its size, before it looks for what nobody needs any more; between two keys the console has time for that.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  // A start only fills the heap: to look through it at each fifth more would make everybody wait.
  setTimeout(setFlagsFromString, startMilliseconds, '--heap-growing-percent=20').unref();
}
