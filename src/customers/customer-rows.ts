import { type BasisOf, type CostSum, costOf, sumCosts } from '../model/cost.ts';
import type { Filter } from '../model/filter.ts';
import type { CachedSubscription, Subscription } from '../model/subscription.ts';
import type { CacheReader, SubscriptionQuery } from '../query/cache-reader.ts';
import { type Customer, pinsOf } from './customer.ts';

/** The rows of a customer, by name; of one subscription through several connections, each of them. */
function rowQuery(
  customer: Pick<Customer, 'organizations'>,
  filter: Filter = [],
): Omit<SubscriptionQuery, 'offset' | 'limit'> {
  return { scope: [], anyOf: pinsOf(customer), connections: null, filter, search: null, sort: [] };
}

/** A page shows what is worth looking through; lists have the rest. */
const mostRows = 10_000;
const pageRows = 500;

/** Every subscription of a customer once, by name. */
export function subscriptionsOf(
  cache: Pick<CacheReader, 'subscriptionWindow'>,
  customer: Pick<Customer, 'organizations'>,
): readonly CachedSubscription[] {
  const query = { ...rowQuery(customer), distinct: true };
  const rows: CachedSubscription[] = [];
  while (rows.length < mostRows) {
    const page = cache.subscriptionWindow({ ...query, offset: rows.length, limit: pageRows });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) break;
  }
  return rows;
}

/** What a customer's subscriptions cost that are not cancelled or expired. */
export interface CustomerMoney {
  /** Exact sums of what may be added. */
  readonly sums: readonly CostSum[];
  /** Subscriptions without a price. */
  readonly unpriced: number;
}

export function moneyOfRows(rows: readonly Subscription[], basisOf: BasisOf): CustomerMoney {
  const living = rows.filter(({ status }) => status !== 'cancelled' && status !== 'expired');
  const costs = living.flatMap((row) => costOf(row, basisOf(row.connection)) ?? []);
  return { sums: sumCosts(costs), unpriced: living.length - costs.length };
}
