import { setImmediate as breathe } from 'node:timers/promises';
import type { Fault } from '../model/fault.ts';
import type { Reading } from './contract.ts';
import { rowWithoutId } from './row-without-id.ts';

/** Processed in one slice of a few milliseconds, so that keys are handled in between. */
const objectsAtOnce = 40;

/**
 * The subscriptions of a list's objects. An object that is not a subscription (not an object, or without an id) cannot
 * be stored: it is left out and reported, so that the list does not count as complete.
 */
export async function readingsOf(
  objects: readonly unknown[],
  readingOf: (object: unknown) => Reading | null,
  { connection, onIncomplete }: { readonly connection: string; onIncomplete(fault: Fault): void },
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (let start = 0; start < objects.length; start += objectsAtOnce) {
    if (start > 0) await breathe();
    for (const object of objects.slice(start, start + objectsAtOnce)) {
      const reading = readingOf(object);
      if (reading !== null) readings.push(reading);
    }
  }
  if (readings.length < objects.length) onIncomplete(rowWithoutId(connection));
  return readings;
}
