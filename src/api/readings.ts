import type { Fault } from '../model/fault.ts';
import { rowWithoutId } from './row-without-id.ts';
import type { Reading } from './vendor.ts';

/**
 * The readings of a list's objects. An object that is no subscription (none at all, or one without an id) cannot be kept:
 * it is left out, and told of, so that nobody takes the list for whole.
 */
export function readingsOf(
  objects: readonly unknown[],
  readingOf: (object: unknown) => Reading | null,
  { connection, onDoubt }: { readonly connection: string; onDoubt(fault: Fault): void },
): readonly Reading[] {
  const readings = objects.map(readingOf).filter((reading) => reading !== null);
  if (readings.length < objects.length) onDoubt(rowWithoutId(connection));
  return readings;
}
