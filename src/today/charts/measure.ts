import { type Cost, type CostSum, coversWords, periodicText } from '../../model/cost.ts';
import { priceKindWords } from '../../model/main-price.ts';
import { moneyText, roundedAmount, sumOf } from '../../model/money.ts';
import { grouped } from '../../model/numbers.ts';
import type { Share } from '../../query/cache-reader.ts';

/** What a chart measures: seats, subscriptions, or money that may be added up. */
export type Measure =
  | { readonly kind: 'seats' }
  | { readonly kind: 'subscriptions' }
  | { readonly kind: 'money'; readonly about: Omit<Cost, 'amount'> };

type Measured = Pick<Share, 'seats' | 'subscriptions' | 'money'>;

/** A binary float: for the length of a bar, never for a sum. */
export function sizeOf(share: Measured, measure: Measure): number {
  return measure.kind === 'money' ? Number(moneyOf(share, measure) ?? 0) : share[measure.kind];
}

/** The exact sum of some shares for a person: `1,204 seats`, `3,944.10 EUR`. Money to the cent. */
export function sumText(shares: readonly Measured[], measure: Measure): string {
  if (measure.kind !== 'money') {
    const sum = shares.reduce((all, share) => all + share[measure.kind], 0);
    return `${grouped(sum)} ${measure.kind}`;
  }
  const { currency } = measure.about;
  const amounts = shares.flatMap((share) => moneyOf(share, measure) ?? []);
  const [sum] = sumOf(amounts.map((amount) => ({ currency, amount })));
  return moneyText({ currency, amount: roundedAmount(sum?.amount ?? '0') });
}

/** The exact decimal of a share; null if there is none. */
function moneyOf({ money }: Measured, { about }: Extract<Measure, { kind: 'money' }>): string | null {
  return money.find((sum) => isAbout(sum, about))?.amount ?? null;
}

function isAbout(sum: CostSum, { kind, currency, period, covers }: Omit<Cost, 'amount'>): boolean {
  return sum.kind === kind && sum.currency === currency && sum.period === period && sum.covers === covers;
}

/**
 * The measures with a value in some share, seats first, then money: what covers everything first, then that of the most
 * subscriptions. A key cycles through them.
 */
export function measuresOf(shares: readonly Pick<Share, 'money'>[]): readonly Measure[] {
  const money = new Map<string, { readonly measure: Measure; readonly covers: Cost['covers']; count: number }>();
  for (const { kind, currency, period, covers, subscriptions } of shares.flatMap((share) => share.money)) {
    const name = JSON.stringify([kind, currency, period, covers]);
    const measure: Measure = { kind: 'money', about: { kind, currency, period, covers } };
    const known = money.get(name) ?? { measure, covers, count: 0 };
    known.count += subscriptions;
    money.set(name, known);
  }
  const sorted = [...money.values()].toSorted(
    (one, other) => Number(one.covers !== 'all') - Number(other.covers !== 'all') || other.count - one.count,
  );
  return [{ kind: 'seats' }, { kind: 'subscriptions' }, ...sorted.map(({ measure }) => measure)];
}

/** `seats`, `subscriptions`, `EUR a month (list)`, `EUR (list, per unit or in total)`. */
export function measureName(measure: Measure): string {
  if (measure.kind !== 'money') return measure.kind;
  const { currency, period, kind, covers } = measure.about;
  const unit = periodicText({ amount: '', currency: currency ?? 'money' }, period).trim();
  return `${unit} (${[priceKindWords[kind], ...coversWords[covers]].join(', ')})`;
}
