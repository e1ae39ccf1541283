import type { Filter } from '../model/filter.ts';
import { mainPrice } from '../model/main-price.ts';
import { type Money, moneyOf, sumOf } from '../model/money.ts';
import type { CachedSubscription, PriceKind, Subscription } from '../model/subscription.ts';
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

/** Prices of one kind, in one currency, for one billing period, added up as the vendors give them. */
export interface MoneySum extends Money {
  readonly kind: PriceKind;
  /** In the vendor's word; null where it gives none. */
  readonly period: string | null;
  readonly subscriptions: number;
}

export interface CustomerMoney {
  readonly sums: readonly MoneySum[];
  /** Subscriptions that are not cancelled or expired, and have no price. */
  readonly unpriced: number;
}

/** What a customer's subscriptions cost that are not cancelled or expired. Nothing is multiplied or converted. */
export function moneyOfRows(rows: readonly Subscription[]): CustomerMoney {
  const living = rows.filter(({ status }) => status !== 'cancelled' && status !== 'expired');
  const priced = living.flatMap((row) => {
    const [kind, [money]] = [mainPrice(row)?.kind, moneyOf(row)];
    return kind === undefined || money === undefined ? [] : [{ kind, money, period: row.billing ?? row.term }];
  });
  const groups = Map.groupBy(priced, ({ kind, money, period }) => JSON.stringify([kind, money.currency, period]));
  const sums = [...groups.values()].flatMap((all): readonly MoneySum[] => {
    const [first] = all;
    const [sum] = sumOf(all.map(({ money }) => money));
    if (first === undefined || sum === undefined) return [];
    return [{ ...sum, kind: first.kind, period: first.period, subscriptions: all.length }];
  });
  return { sums, unpriced: living.length - priced.length };
}
