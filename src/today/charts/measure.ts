import type { Share } from '../../query/cache-reader.ts';

/** What a chart measures: seats, subscriptions, or money of one kind of price and currency. */
export type Measure =
  | { readonly kind: 'seats' }
  | { readonly kind: 'subscriptions' }
  | { readonly kind: 'money'; readonly price: string; readonly currency: string | null };

/** A binary float: for the length of a bar, never for a sum. */
export function sizeOf(share: Pick<Share, 'seats' | 'subscriptions' | 'money'>, measure: Measure): number {
  return measure.kind === 'money' ? Number(moneyOf(share, measure) ?? 0) : share[measure.kind];
}

/** The exact decimal of a sum; null if there is none. */
export function moneyOf(
  { money }: Pick<Share, 'money'>,
  { price, currency }: Extract<Measure, { kind: 'money' }>,
): string | null {
  return money.find((total) => total.kind === price && total.currency === currency)?.amount ?? null;
}

/** The measures with a value in some share, seats first: a key cycles through them. */
export function measuresOf(shares: readonly Pick<Share, 'money'>[]): readonly Measure[] {
  const money = new Map<string, Measure>();
  for (const { kind, currency } of shares.flatMap((share) => share.money)) {
    money.set(`${kind} ${currency ?? ''}`, { kind: 'money', price: kind, currency });
  }
  return [{ kind: 'seats' }, { kind: 'subscriptions' }, ...money.values()];
}

/** `seats`, `subscriptions`, `list prices in EUR`. */
export function measureName(measure: Measure): string {
  if (measure.kind !== 'money') return measure.kind;
  return `${measure.price} prices${measure.currency === null ? '' : ` in ${measure.currency}`}`;
}
