import { groupedDigits } from './numbers.ts';

/** An amount of money as a decimal text: prices are never binary floats. */
export interface Money {
  /** Null where the vendor names none. */
  readonly currency: string | null;
  readonly amount: string;
}

/** Exact sums, one for each currency, in the order in which the currencies come. */
export function sumOf(amounts: Iterable<Money>): readonly Money[] {
  const sums = new Map<string | null, Decimal>();
  for (const { currency, amount } of amounts) {
    const value = decimalOf(amount);
    const sum = sums.get(currency);
    if (value !== null) sums.set(currency, sum === undefined ? value : plus(sum, value));
  }
  return [...sums].map(([currency, sum]) => ({ currency, amount: written(sum) }));
}

/** `amount` × `count` in the digits of the amount; null where the amount is no number. `count` is a whole number. */
export function times(amount: string, count: number): string | null {
  const value = decimalOf(amount);
  return value === null ? null : written({ ...value, units: value.units * BigInt(count) });
}

/** `one` − `other`, exactly; null where one of them is no number. */
export function difference(one: string, other: string): string | null {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  return left === null || right === null ? null : written(plus(left, { ...right, units: -right.units }));
}

/** The largest amount, whatever its currency, for sorting; null where there is none. */
export function largestOf(amounts: readonly Money[]): Decimal | null {
  const values = amounts.map(({ amount }) => decimalOf(amount)).filter((value) => value !== null);
  return values.reduce<Decimal | null>(
    (most, one) => (most === null || compareDecimals(one, most) > 0 ? one : most),
    null,
  );
}

export function compareDecimals(one: Decimal, other: Decimal): number {
  const { units } = plus(one, { ...other, units: -other.units });
  return units === 0n ? 0 : units > 0n ? 1 : -1;
}

/** Vendors calculate some prices; more decimal places than this tell a person nothing. */
const mostPlaces = 4;

/** For display: `1,344.00 EUR`, `−5 EUR` below zero, and `≈131.40 EUR` for more than four decimal places. */
export function moneyText({ currency, amount }: Money): string {
  const shown = amountText(amount);
  return currency === null ? shown : `${shown} ${currency}`;
}

/** The same without the currency. */
export function amountText(amount: string): string {
  const value = decimalOf(amount);
  if (value === null) return amount;
  const isLong = value.scale > mostPlaces;
  return `${isLong ? '≈' : ''}${grouped(written(isLong ? rounded(value, 2) : value))}`;
}

/** To two decimal places at most, for sums of many prices. */
export function roundedAmount(amount: string): string {
  const value = decimalOf(amount);
  return value === null || value.scale <= 2 ? amount : written(rounded(value, 2));
}

/** For a difference: `+336.00 EUR`, `−336.00 EUR`. */
export function changeText(money: Money): string {
  const value = decimalOf(money.amount);
  return `${value !== null && value.units > 0n ? '+' : ''}${moneyText(money)}`;
}

/** `units` × 10^−`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

function decimalOf(text: string): Decimal | null {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^([+-]?)(\d{1,60})(?:\.(\d{1,60}))?(?:e([+-]?\d{1,2}))?$/i.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  const shift = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, -shift));
  return { units: sign === '-' ? -units : units, scale: Math.max(0, shift) };
}

/** Half away from zero. */
function rounded({ units, scale }: Decimal, places: number): Decimal {
  const unit = 10n ** BigInt(scale - places);
  const half = (units < 0n ? -unit : unit) / 2n;
  return { units: (units + half) / unit, scale: places };
}

function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const lifted = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
  return { units: lifted(left) + lifted(right), scale };
}

function written({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`;
}

function grouped(amount: string): string {
  const [whole = '', fraction] = amount.replace('-', '').split('.');
  return `${amount.startsWith('-') ? '−' : ''}${groupedDigits(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}
