import { moneyText } from '../model/money.ts';
import { grouped } from '../model/numbers.ts';
import type { CustomerMoney, MoneySum } from './customer-rows.ts';

/** A sum, and what is added up; whether a price is per unit or in total differs by vendor, so nothing is multiplied. */
export interface MoneyLine {
  readonly amount: string;
  readonly about: string;
}

/** One line a sum, then how many subscriptions have no price. */
export function moneyLines({ sums, unpriced }: CustomerMoney): readonly MoneyLine[] {
  const missing = unpriced === 0 ? [] : [{ amount: '–', about: `${subscriptions(unpriced)} without a price` }];
  return [...sums.map(lineOf), ...missing];
}

function lineOf(sum: MoneySum): MoneyLine {
  const period = sum.period === null ? '' : `${sum.period}: `;
  return {
    amount: moneyText(sum),
    about: `${period}the ${sum.kind} prices of ${subscriptions(sum.subscriptions)}, as the vendors give them`,
  };
}

function subscriptions(count: number): string {
  return count === 1 ? 'one subscription' : `${grouped(count)} subscriptions`;
}
