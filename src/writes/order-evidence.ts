import { can, type Vendor } from '../api/contract.ts';
import type { JournalStep } from '../journal/journal.ts';

/**
 * What the vendor's own list of orders says of the order that a write made: `open`, still a draft, so its checkout was not
 * carried out; `closed`, no draft any more; null where it cannot be told. Throws `FaultError` when the list cannot be read.
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
