import { can, type PlanReading, type Reading, type Vendor } from '../api/contract.ts';
import { FaultError, fault } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { formatReference } from '../model/reference.ts';
import type { Subscription } from '../model/subscription.ts';
import { changesNothing, deniedByVendor } from '../operations/preparation.ts';
import type { WriteDeps } from './deps.ts';
import { withUnsaid } from './unsaid.ts';

/**
 * One subscription as read from the vendor, and cached; null if the vendor has none. Throws `FaultError`, also if the
 * answer is for another id, which the vendor's reader should have detected.
 */
export async function readFresh(
  { cache }: Pick<WriteDeps, 'cache'>,
  vendor: Vendor,
  id: string,
  known: Subscription | null,
  signal?: AbortSignal,
): Promise<Reading | null> {
  const { read } = vendor.abilities;
  if (!can(read)) throw new FaultError(deniedByVendor(read, vendor.connection));
  const reading = await read({ id, known }, signal);
  refuseOther(reading, vendor.connection, id);
  cache.keep(vendor.connection, id, reading);
  return reading;
}

/**
 * The same for a plan: every name in it is the vendor's current one, or the id if the vendor gives none. `address`: a
 * row with the ids needed to read it. The cache keeps fields that were left out.
 */
export async function readForPlan(
  { cache }: Pick<WriteDeps, 'cache'>,
  vendor: Vendor,
  id: string,
  address: Subscription | null,
  signal?: AbortSignal,
): Promise<PlanReading | null> {
  const { planReads, connection } = vendor;
  if (planReads === null) throw new FaultError(deniedByVendor(changesNothing, connection));
  const reading = await planReads.subscription({ id, known: address }, signal);
  refuseOther(reading, connection, id);
  const kept =
    reading === null ? null : withUnsaid(reading.subscription, cache.subscription(connection, id), reading.unsaid);
  cache.keep(connection, id, reading === null || kept === null ? null : { subscription: kept, raw: reading.raw });
  return reading;
}

function refuseOther(reading: Reading | null, connection: string, id: string): void {
  if (reading === null) return;
  const { subscription } = reading;
  if (subscription.id === id && subscription.ref === formatReference({ connection, id })) return;
  const message = `${connection} answered with another subscription than ${printable(id)}.`;
  throw fault('unreachable', message, 'Try again; if this persists, report it.', { connection });
}
