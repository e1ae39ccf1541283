import { decimalOf } from '../model/decimal.ts';
import { mainPrice } from '../model/main-price.ts';
import { type PriceKind, priceKinds, type Subscription } from '../model/subscription.ts';
import { withoutEnd } from '../model/without-end.ts';

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

/** Exact decimal sums, each under the name of `moneyName`. */
export class MoneySums {
  /** Ten-thousandths to the power of two: `scale` decimal places. */
  private readonly sums = new Map<string, { amount: bigint; scale: number; subscriptions: number }>();

  add(name: string, amount: bigint, scale: number, subscriptions: number): void {
    const sum = this.sums.get(name) ?? { amount: 0n, scale: 0, subscriptions: 0 };
    const wide = Math.max(sum.scale, scale);
    this.sums.set(name, {
      amount: sum.amount * 10n ** BigInt(wide - sum.scale) + amount * 10n ** BigInt(wide - scale),
      scale: wide,
      subscriptions: sum.subscriptions + subscriptions,
    });
  }

  /** A decimal as the vendor wrote it; other text adds nothing. */
  addText(name: string, amount: string): void {
    const decimal = decimalOf(amount);
    if (decimal === null) return;
    const scale = decimal.digits.length - decimal.exponent;
    const digits =
      BigInt(`${decimal.negative ? '-' : ''}${decimal.digits || '0'}`) * 10n ** BigInt(Math.max(0, -scale));
    this.add(name, digits, Math.max(0, scale), 1);
  }

  totals(): readonly MoneyTotal[] {
    return [...this.sums]
      .flatMap(([name, { amount, scale, subscriptions }]) => {
        const space = name.indexOf(' ');
        const kind: PriceKind | undefined = priceKinds.find((each) => each === name.slice(0, space));
        const currency = name.slice(space + 1);
        if (kind === undefined) return [];
        return [{ kind, currency: currency === '' ? null : currency, amount: decimal(amount, scale), subscriptions }];
      })
      .sort((a, b) => priceKinds.indexOf(a.kind) - priceKinds.indexOf(b.kind) || compareTexts(a.currency, b.currency));
  }
}

/** At least two decimal places, without trailing zeros after those. */
function decimal(amount: bigint, scale: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, '0');
  const fraction = withoutEnd(digits.slice(digits.length - scale), '0').padEnd(2, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${scale === 0 ? '00' : fraction}`;
}

function compareTexts(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** `amount` is a decimal in the currency's own unit; `currency` null if the vendor names none. */
export interface MoneyTotal {
  readonly kind: PriceKind;
  readonly currency: string | null;
  readonly amount: string;
  readonly subscriptions: number;
}
