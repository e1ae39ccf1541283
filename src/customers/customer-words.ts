import { type CostSum, coversWords, periodicText } from '../model/cost.ts';
import { priceKindWords } from '../model/main-price.ts';
import { grouped } from '../model/numbers.ts';
import type { CustomerMoney } from './customer-rows.ts';

/** A sum, and what is added up. */
export interface MoneyLine {
  readonly amount: string;
  readonly about: string;
}

/** One line a sum, then how many subscriptions have no price. */
export function moneyLines({ sums, unpriced }: CustomerMoney): readonly MoneyLine[] {
  const missing = unpriced === 0 ? [] : [{ amount: '–', about: `${subscriptions(unpriced)} without a price` }];
  return [...sums.map(lineOf), ...missing];
}

function lineOf(sum: CostSum): MoneyLine {
  const what = [
    `the ${priceKindWords[sum.kind]} prices of ${subscriptions(sum.subscriptions)}`,
    ...coversWords[sum.covers],
  ];
  return { amount: periodicText(sum, sum.period), about: what.join(', ') };
}

function subscriptions(count: number): string {
  return count === 1 ? 'one subscription' : `${grouped(count)} subscriptions`;
}
