import { FaultError } from '../model/fault.ts';
import type { Named } from '../model/subscription.ts';
import type { SafeText } from '../model/text.ts';
import type { PlanPlace } from './contract.ts';
import { showId } from './text.ts';

/**
 * A company or service whose name the vendor is asked for. Null where the vendor has none, or does not let this connection
 * read it: then only the id is certain. Whatever else goes wrong is thrown, as with any other read.
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

/** Called by its name where the vendor said one, by its id where it did not. */
export function calledBy(id: string, name: SafeText | null): Named {
  return { id, name: name ?? showId(id) };
}

export function placeSaid(id: string, name: SafeText | null): PlanPlace {
  return { named: calledBy(id, name), isSaid: name !== null };
}
