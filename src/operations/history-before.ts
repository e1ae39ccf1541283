import { can, type Vendor } from '../api/contract.ts';
import { beginOf } from '../model/date-text.ts';
import { FaultError } from '../model/fault.ts';
import type { HistoryEntry, Subscription } from '../model/subscription.ts';

/** What a licence key did in the vendor's audit trail. */
export function isAboutLicense({ action, field }: HistoryEntry): boolean {
  return /licen[cs]e/i.test(`${action} ${field ?? ''}`);
}

/** When, by the vendor's own clock. Null where it cannot be told. */
export function historyTime({ at }: HistoryEntry): number | null {
  return beginOf(at);
}

/**
 * The time of the newest line that the vendor's audit trail has of a licence key before another one is sent, by the vendor's
 * own clock, which is the only one that its later lines can be held against; 0: it has none. Null where it cannot be read.
 */
export async function readHistoryBefore(
  vendor: Vendor,
  target: Subscription,
  signal?: AbortSignal,
): Promise<number | null> {
  const { history } = vendor.abilities;
  if (!can(history)) return null;
  try {
    const lines = (await history(target, signal)).filter(isAboutLicense);
    return Math.max(0, ...lines.flatMap((line) => historyTime(line) ?? []));
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
