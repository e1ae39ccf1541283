import { getHeapStatistics } from 'node:v8';

/** Bytes of the limit that are for young objects alone. */
const young = 96 * 2 ** 20;
const share = 0.9;
const everyMilliseconds = 250;

/**
 * Tells when the memory is about to run out: two looks in a row find it all but full. Once it is, V8 ends the process on the
 * spot, nothing of the program runs any more, and the terminal stays taken over.
 */
export function watchMemory(full: () => void): () => void {
  let wasFull = false;
  const timer = setInterval(() => {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const isFull = used_heap_size > share * (heap_size_limit - young);
    if (isFull && wasFull) full();
    wasFull = isFull;
  }, everyMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
