import { can, type Reading, type Vendor } from '../api/vendor.ts';
import { FaultError } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import { deniedByVendor } from './denied.ts';
import type { Parts } from './parts.ts';

/** One subscription as the vendor has it, remembered by the cache; null where the vendor says there is none. Throws `FaultError`. */
export async function readFresh(
  { book }: Pick<Parts, 'book'>,
  vendor: Vendor,
  id: string,
  known: Subscription | null,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const { read } = vendor.abilities;
  if (!can(read)) throw new FaultError(deniedByVendor(read, vendor.connection));
  const reading = await read({ id, known }, signal);
  book.keep(vendor.connection, id, reading);
  return reading;
}
