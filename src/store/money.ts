import { mainPrice } from '../model/main-price.ts';
import { type PriceKind, priceKinds, type Subscription } from '../model/subscription.ts';

/** Decimal places that a cell holds exactly; a row with more is summed and compared by its text. */
export const fineDigits = 4;
const unit = 10 ** fineDigits;
const coarse = /^-?\d{1,10}(?:\.(\d{1,4}))?$/;

/** A decimal text in ten-thousandths, or null if a cell cannot hold it exactly. */
export function tenThousandths(value: number): number {
  return Math.round(value * unit);
}

export function isFine(amount: string): boolean {
  return !coarse.test(amount);
}

/** The name of the sum that a row's main price is added to: `list EUR`. */
export function moneyName(subscription: Pick<Subscription, 'prices'>): string | null {
  const price = mainPrice(subscription);
  return price === null ? null : `${price.kind} ${price.currency ?? ''}`;
}

/** The kind of price and the currency of such a name; null for any other text. */
export function moneyNamed(name: string): { readonly kind: PriceKind; readonly currency: string | null } | null {
  const space = name.indexOf(' ');
  const kind = priceKinds.find((each) => each === name.slice(0, space));
  const currency = name.slice(space + 1);
  return kind === undefined ? null : { kind, currency: currency === '' ? null : currency };
}
