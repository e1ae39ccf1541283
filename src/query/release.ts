/**
 * Gives the memory of arrays back at once: the garbage collector sees small objects only, and work on a million rows
 * leaves tens of megabytes behind them. They must not be used any more.
 */
export function release(...arrays: readonly (ArrayBufferView | null | undefined)[]): void {
  for (const array of arrays)
    if (array?.buffer instanceof ArrayBuffer && !array.buffer.detached) array.buffer.transfer(0);
}
