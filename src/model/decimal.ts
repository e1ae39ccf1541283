import { withoutEnd } from './without-end.ts';

/** An exact decimal: 0.`digits` times ten to the power of `exponent`; zero has no digits. */
export interface Decimal {
  readonly negative: boolean;
  /** Without zeros at either end. */
  readonly digits: string;
  readonly exponent: number;
}

const pattern = /^([+-]?)(\d{0,100})(?:\.(\d{0,100}))?(?:e([+-]?\d{1,2}))?$/i;

/** The decimal of a text such as `-42.50` or `4.25e1`; null for any other text, and beyond 100 digits on either side. */
export function decimalOf(text: string): Decimal | null {
  const [, sign = '', whole = '', fraction = '', power = '0'] = pattern.exec(text.trim()) ?? [];
  const written = whole + fraction;
  if (written === '') return null;
  const significant = written.replace(/^0+/, '');
  const digits = withoutEnd(significant, '0');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  const exponent = whole.length + Number(power) - (written.length - significant.length);
  return { negative: sign === '-', digits, exponent };
}

/** Negative where the first is less, zero where both are equal. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.negative !== other.negative) return one.negative ? -1 : 1;
  return one.negative ? compareSizes(other, one) : compareSizes(one, other);
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.digits === '' || other.digits === '') return one.digits.length - other.digits.length;
  if (one.exponent !== other.exponent) return one.exponent - other.exponent;
  return one.digits === other.digits ? 0 : one.digits < other.digits ? -1 : 1;
}
