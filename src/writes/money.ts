import type { Price, Subscription } from '../model/subscription.ts';

const monthly = /^(?:monthly|month|per ?month|p1m)$/i;

/**
 * The effect of a quantity change on the price: "about −302.40 EUR a month". Null unless the price of a seat, its
 * currency and monthly billing are known. Exact decimal arithmetic on the vendor's own digits.
 */
export function moneyLine(row: Pick<Subscription, 'prices' | 'billing'>, from: number, to: number): string | null {
  const price = seatPrice(row.prices);
  if (price === null || row.billing === null || !monthly.test(row.billing.trim())) return null;
  const amount = times(price.amount, BigInt(to) - BigInt(from));
  return amount === null ? null : `about ${amount} ${price.currency} a month`;
}

function seatPrice(prices: readonly Price[]): Price | null {
  const price = prices.find(({ kind }) => kind === 'unit') ?? prices.find(({ kind }) => kind === 'list');
  return price === undefined || price.currency === null ? null : price;
}

/** `amount × count` with as many decimals as `amount` has, signed (`+8.40`, `−8.40`). Null for zero and for no decimal number. */
function times(amount: string, count: bigint): string | null {
  const parts = /^(-?)(\d{1,60})(?:\.(\d{1,60}))?$/.exec(amount.trim());
  if (parts === null) return null;
  const [, minus, whole = '', fraction = ''] = parts;
  const product = BigInt(whole + fraction) * count * (minus === '-' ? -1n : 1n);
  if (product === 0n) return null;
  const digits = String(product < 0n ? -product : product).padStart(fraction.length + 1, '0');
  const point = digits.length - fraction.length;
  const text = fraction === '' ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${product < 0n ? '−' : '+'}${text}`;
}
