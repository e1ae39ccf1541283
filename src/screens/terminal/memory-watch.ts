import { getHeapStatistics } from 'node:v8';

/** Bytes of the heap limit reserved for the new space. */
const youngGeneration = 96 * 2 ** 20;
const share = 0.9;
const everyMilliseconds = 250;

/**
 * Reports when the heap is almost full in two checks in a row. A full heap makes V8 abort the process at once, and the
 * terminal would not be restored.
 */
export function watchMemory(full: () => void): () => void {
  let wasFull = false;
  const timer = setInterval(() => {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    const isFull = used_heap_size > share * (heap_size_limit - youngGeneration);
    if (isFull && wasFull) full();
    wasFull = isFull;
  }, everyMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
