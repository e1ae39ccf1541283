/**
 * Frees the memory of arrays at once: the garbage collector sees small objects only, while work on a million rows
 * leaves tens of megabytes. The arrays must not be used afterwards.
 */
export function release(...arrays: readonly (ArrayBufferView | null | undefined)[]): void {
  for (const array of arrays)
    if (array?.buffer instanceof ArrayBuffer && !array.buffer.detached) array.buffer.transfer(0);
}
