import type { Price, PriceKind, Subscription } from './subscription.ts';

export const priceKindWords = { list: 'list', revenue: 'revenue', erp: 'ERP', unit: 'unit' } as const satisfies Record<
  PriceKind,
  string
>;

/** The price that `price` sorts and filters by: the list price, or the first one if there is none. */
export function mainPrice({ prices }: Pick<Subscription, 'prices'>): Price | null {
  return prices.find(({ kind }) => kind === 'list') ?? prices[0] ?? null;
}

/** `list 42.00 EUR`. */
export function priceText({ kind, amount, currency }: Price): string {
  return [kind, amount, currency].filter(Boolean).join(' ');
}
