import { mainPrice } from '../model/main-price.ts';
import { groupedDigits } from '../model/numbers.ts';
import type { CachedSubscription } from '../model/subscription.ts';

/** The totals of the marked rows; a subscription in several of them counts once, by its first connection. */
export interface MarkTotals {
  readonly subscriptions: number;
  readonly seats: number;
  /** Main prices, one exact sum a currency. */
  readonly money: readonly { readonly currency: string | null; readonly amount: string }[];
}

export function markTotals(
  rows: readonly CachedSubscription[],
  connections: readonly { readonly name: string }[],
): MarkTotals {
  const places = new Map(connections.map(({ name }, place) => [name, place]));
  const place = ({ connection }: CachedSubscription) => places.get(connection) ?? connections.length;
  const counted = new Set<string>();
  let seats = 0;
  const sums = new Map<string | null, Decimal>();
  for (const row of rows.toSorted((one, other) => place(one) - place(other))) {
    if (row.sameAs.some((ref) => counted.has(ref))) continue;
    counted.add(row.ref);
    seats += row.quantity ?? 0;
    const price = mainPrice(row);
    const amount = price === null ? null : decimal(price.amount);
    if (price === null || amount === null) continue;
    sums.set(price.currency, plus(sums.get(price.currency) ?? { units: 0n, scale: 0 }, amount));
  }
  return {
    subscriptions: counted.size,
    seats,
    money: [...sums].map(([currency, sum]) => ({ currency, amount: written(sum) })),
  };
}

/** `units` × 10^−`scale`: prices are never binary floats. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimal(text: string): Decimal | null {
  const [, minus, whole = '', fraction = ''] = /^(-?)(\d{1,60})(?:\.(\d{1,20}))?$/.exec(text.trim()) ?? [];
  if (minus === undefined) return null;
  const units = BigInt(whole + fraction);
  return { units: minus === '-' ? -units : units, scale: fraction.length };
}

function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const lifted = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
  return { units: lifted(left) + lifted(right), scale };
}

function written({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const whole = groupedDigits(digits.slice(0, point));
  return `${units < 0n ? '−' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(point)}`}`;
}
