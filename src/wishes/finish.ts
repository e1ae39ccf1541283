import type { Vendor } from '../api/vendor.ts';
import type { ClosedState } from '../journal/journal.ts';
import type { Subscription } from '../model/subscription.ts';
import type { JsonObject } from '../model/text.ts';
import { expected } from './expected.ts';
import { readFresh } from './fresh.ts';
import type { Parts } from './parts.ts';

/** Pauses between reads, in milliseconds: some vendors show a change a moment after they said that it is done. */
const pauses = [0, 1000, 2000, 4000];

export interface Finished {
  readonly state: Extract<ClosedState, 'done' | 'needs-person'>;
  readonly reason: string | null;
}

/**
 * What a write that the vendor calls done really left: the row is read again into the cache, and where the draft claimed a
 * quantity it is compared. Another quantity than the wished one is never called done. Throws for bugs, and a `FaultError` when `signal` breaks it off.
 */
export async function finish(
  parts: Parts,
  vendor: Vendor,
  write: { readonly id: string; readonly target: Subscription | null; readonly after: JsonObject },
  signal?: AbortSignal,
): Promise<Finished> {
  const wished = typeof write.after.quantity === 'number' && write.target !== null ? write.after.quantity : null;
  let shown: number | null = null;
  for (const pause of wished === null ? [0] : pauses) {
    if (pause > 0) await parts.clock.wait(pause, signal);
    try {
      const reading = await readFresh(parts, vendor, write.id, write.target, signal);
      shown = reading?.subscription.quantity ?? null;
      if (wished === null || shown === wished) return { state: 'done', reason: null };
    } catch (error) {
      const { message } = expected(error);
      // Whoever broke off wants no verdict: the entry stays open, and the next look compares again.
      if (signal?.aborted === true) throw error;
      const unread = `The vendor answered done; the quantity could not be read again: ${message}`;
      return { state: 'done', reason: wished === null ? null : unread };
    }
  }
  const seats = shown === null ? 'shows no quantity' : `has ${shown} seats`;
  const reason = `The vendor answered done, but the subscription ${seats} where ${wished} were asked for. Compare with the vendor's portal, then settle this entry.`;
  return { state: 'needs-person', reason };
}
