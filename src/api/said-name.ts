import { FaultError } from '../model/fault.ts';
import type { Named } from '../model/subscription.ts';
import type { SafeText } from '../model/text.ts';
import type { PlanPlace } from './contract.ts';
import { showId } from './text.ts';

/**
 * The name of a company or service, read from the vendor. Null if the vendor has none, or forbids reading it: then only
 * the id is certain. Other faults are thrown, as with any read.
 */
export async function askedName(read: () => Promise<SafeText | null>): Promise<SafeText | null> {
  try {
    return await read();
  } catch (error) {
    const unsaid = ['denied', 'missing', 'refused'];
    if (error instanceof FaultError && unsaid.includes(error.fault.kind)) return null;
    throw error;
  }
}

/** The vendor's name, or the id if there is none. */
export function calledBy(id: string, name: SafeText | null): Named {
  return { id, name: name ?? showId(id) };
}

export function placeSaid(id: string, name: SafeText | null): PlanPlace {
  return { named: calledBy(id, name), isSaid: name !== null };
}
