import { type Money, moneyOf, sumOf } from '../model/money.ts';
import type { CachedSubscription } from '../model/subscription.ts';

/** The totals of the marked rows; a subscription in several of them counts once, by its first connection. */
export interface MarkTotals {
  readonly subscriptions: number;
  readonly seats: number;
  /** One exact sum a currency. */
  readonly money: readonly Money[];
}

export function markTotals(
  rows: readonly CachedSubscription[],
  connections: readonly { readonly name: string }[],
): MarkTotals {
  const places = new Map(connections.map(({ name }, place) => [name, place]));
  const place = ({ connection }: CachedSubscription) => places.get(connection) ?? connections.length;
  const counted = new Set<string>();
  let seats = 0;
  const prices: Money[] = [];
  for (const row of rows.toSorted((one, other) => place(one) - place(other))) {
    if (row.sameAs.some((ref) => counted.has(ref))) continue;
    counted.add(row.ref);
    seats += row.quantity ?? 0;
    prices.push(...moneyOf(row));
  }
  return { subscriptions: counted.size, seats, money: sumOf(prices) };
}
