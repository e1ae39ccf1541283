import type { Plan } from '../names/catalog.ts';
import { centsOfYen, priceIn } from '../names/currencies.ts';

/** The catalogue's prices in yen have no fraction; all others are in euros. */
export function isInYen({ price }: Pick<Plan, 'price'>): boolean {
  return !price.includes('.');
}

/** What one unit of a plan or add-on costs a period, or this share of it, as digits of a currency. */
export function planPrice(plan: Pick<Plan, 'price'>, currency: string, share = 1): string {
  const euros = isInYen(plan) ? centsOfYen(Number(plan.price)) : Math.round(Number(plan.price) * 100);
  return priceIn(currency, euros * share);
}
