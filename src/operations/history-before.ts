import { can, type Vendor } from '../api/contract.ts';
import { beginOf } from '../model/date-text.ts';
import { FaultError } from '../model/fault.ts';
import type { HistoryEntry, Subscription } from '../model/subscription.ts';

/** Events of a licence key in the vendor's audit trail. */
export function isAboutLicense({ action, field }: HistoryEntry): boolean {
  return /licen[cs]e/i.test(`${action} ${field ?? ''}`);
}

/** The time by the vendor's clock. Null if unknown. */
export function historyTime({ at }: HistoryEntry): number | null {
  return beginOf(at);
}

/**
 * The newest audit trail line about a licence key before another one is sent, by the vendor's clock, which its later
 * lines are compared with; 0: there is none. Null if it cannot be read.
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
