import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap about as large as what is in it. V8 would let what is new grow to tens of megabytes, and what is old to
 * twice its size, before it looks for what nobody needs any more; between two keys the console has time for that.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
