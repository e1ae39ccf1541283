import type { Charging } from '../api/contract.ts';
import { type CostSum, costOf, sumCosts } from '../model/cost.ts';
import type { CachedSubscription } from '../model/subscription.ts';

/** The totals of the marked rows; a subscription in several of them counts once, by its first connection. */
export interface MarkTotals {
  readonly subscriptions: number;
  readonly seats: number;
  /** Exact sums of what may be added. */
  readonly costs: readonly CostSum[];
  /** Subscriptions without a price. */
  readonly withoutPrice: number;
}

export function markTotals(
  rows: readonly CachedSubscription[],
  connections: readonly { readonly name: string; readonly charging: Charging }[],
): MarkTotals {
  const places = new Map(connections.map(({ name }, place) => [name, place]));
  const bases = new Map(connections.map(({ name, charging }) => [name, charging.basis]));
  const place = ({ connection }: CachedSubscription) => places.get(connection) ?? connections.length;
  const counted = new Set<string>();
  let seats = 0;
  const costs = rows
    .toSorted((one, other) => place(one) - place(other))
    .flatMap((row) => {
      if (row.sameAs.some((ref) => counted.has(ref))) return [];
      counted.add(row.ref);
      seats += row.quantity ?? 0;
      return costOf(row, bases.get(row.connection) ?? null) ?? [];
    });
  return {
    subscriptions: counted.size,
    seats,
    costs: sumCosts(costs),
    withoutPrice: counted.size - costs.length,
  };
}
