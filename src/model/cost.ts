import { type BillingPeriod, periodOf, periodText } from './billing-period.ts';
import { mainPrice, priceKindWords } from './main-price.ts';
import { changeText, type Money, moneyText, sumOf, times } from './money.ts';
import type { Price, PriceKind, Subscription } from './subscription.ts';

/** What a vendor's price is for: one unit, or all of a subscription. `unknown`: nobody says. */
export const priceBases = ['unit', 'total', 'unknown'] as const;
export type PriceBasis = (typeof priceBases)[number];

/** What an amount is for: all of a subscription, one unit of it, or one of the two. */
export type Covers = 'all' | 'unit' | 'unknown';

/** What a subscription costs in one billing period, as exactly as the vendor says it. */
export interface Cost extends Money {
  readonly kind: PriceKind;
  /** Null: the vendor names none that is known. */
  readonly period: BillingPeriod | null;
  readonly covers: Covers;
}

/** A sum of costs that may be added: one currency, period, kind of price and meaning. */
export interface CostSum extends Cost {
  /** The number of subscriptions in it. */
  readonly subscriptions: number;
}

/** A unit price is per unit by its name, whatever the vendor's other prices are for. */
export function basisOf({ kind }: Pick<Price, 'kind'>, basis: PriceBasis): PriceBasis {
  return kind === 'unit' ? 'unit' : basis;
}

/**
 * The main price times the quantity where the price is per unit and the units are counted; else the price as the vendor gives
 * it. Null where there is no price, or one that is no number. `basis` null: the vendor gives no prices.
 */
export function costOf(
  row: Pick<Subscription, 'prices' | 'billing' | 'quantity'>,
  basis: PriceBasis | null,
): Cost | null {
  const price = mainPrice(row);
  const one = price === null ? null : times(price.amount, 1);
  if (price === null || one === null || basis === null) return null;
  const { kind, currency } = price;
  const about = { kind, currency, period: periodOf(row.billing) };
  switch (basisOf(price, basis)) {
    case 'total':
      return { ...about, amount: one, covers: 'all' };
    case 'unknown':
      return { ...about, amount: one, covers: 'unknown' };
    case 'unit': {
      const all = row.quantity === null ? null : times(price.amount, row.quantity);
      return all === null ? { ...about, amount: one, covers: 'unit' } : { ...about, amount: all, covers: 'all' };
    }
  }
}

/** Exact sums. Other currencies, periods, kinds of price and meanings are never added; what covers everything comes first. */
export function sumCosts(costs: Iterable<Cost>): readonly CostSum[] {
  const alike = Map.groupBy(costs, ({ currency, period, kind, covers }) =>
    JSON.stringify([currency, period, kind, covers]),
  );
  return [...alike.values()]
    .flatMap((set): readonly CostSum[] => {
      const [first] = set;
      const [sum] = sumOf(set);
      return first === undefined || sum === undefined
        ? []
        : [{ ...first, amount: sum.amount, subscriptions: set.length }];
    })
    .toSorted(byCovers);
}

/** What covers everything first, then the most subscriptions. */
export function byCovers(one: CostSum, other: CostSum): number {
  return rank(one) - rank(other) || other.subscriptions - one.subscriptions;
}

function rank({ covers }: Cost): number {
  return ['all', 'unit', 'unknown'].indexOf(covers);
}

/** What a connection's prices are for; null: its vendor gives none, or there is no such connection any more. */
export type BasisOf = (connection: string) => PriceBasis | null;

/** `1,344.00 EUR a month`; without a period only the amount. */
export function periodicText(money: Money, period: BillingPeriod | null): string {
  return periodic(moneyText(money), period);
}

/** `−336.00 EUR a month`. */
export function periodicChangeText(change: Money, period: BillingPeriod | null): string {
  return periodic(changeText(change), period);
}

function periodic(text: string, period: BillingPeriod | null): string {
  return period === null ? text : `${text} ${periodText(period)}`;
}

/** `1,344.00 EUR a month (list)`; `42.00 EUR (list, per unit or in total)`. */
export function costText(cost: Cost): string {
  const { period, kind, covers } = cost;
  return `${periodicText(cost, period)} (${[priceKindWords[kind], ...coversWords[covers]].join(', ')})`;
}

/** For a cell: `1,344.00 EUR a month`; `price 42.00 EUR` for what is not the cost of all of it. */
export function costCell(cost: Cost): string {
  return cost.covers === 'all' ? periodicText(cost, cost.period) : `price ${moneyText(cost)}`;
}

export const coversWords: Readonly<Record<Covers, readonly string[]>> = {
  all: [],
  unit: ['units not counted'],
  unknown: ['per unit or in total'],
};
