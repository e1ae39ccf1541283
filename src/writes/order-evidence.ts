import { can, type Vendor } from '../api/contract.ts';
import type { JournalStep } from '../journal/journal.ts';

/**
 * The state of a write's order in the vendor's list: `open`, still a draft, so it was not checked out; `closed`, no
 * longer a draft; null if unknown. Throws `FaultError` if the list cannot be read.
 */
export async function orderEvidence(
  vendor: Vendor,
  steps: readonly JournalStep[],
  signal?: AbortSignal,
): Promise<{ readonly shows: 'open' | 'closed'; readonly because: string } | null> {
  const { orders } = vendor.abilities;
  const id = steps.map(({ answer }) => answer?.notes.orderId).findLast((each) => each !== undefined && each !== null);
  if (id === undefined || !can(orders)) return null;
  const order = (await orders(signal)).find((each) => each.id === String(id));
  if (order === undefined) return null;
  return {
    shows: order.isDraft ? 'open' : 'closed',
    because: `The vendor shows order ${order.id} as ${order.status}.`,
  };
}
