import { withoutEnd } from '../model/without-end.ts';

/** A number exactly as a vendor wrote it, if a binary float would lose digits: a decimal, or an integer beyond 2^53. */
export class Digits {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }

  /** The nearest number; exact or not. */
  toNumber(): number {
    return Number(this.source);
  }

  /** True if a number has the same value: `42.00` and `0.1` do, `9007199254740993` does not. */
  isExact(): boolean {
    return plainDecimal(String(Number(this.source))) === trimZeros(plainDecimal(this.source));
  }
}

/** `1.5e3` → `1500`: the same value without an exponent, digits kept. The source must be a JSON number. */
export function plainDecimal(source: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(source);
  if (!match) return source;
  const [, sign = '', whole = '', fraction = '', exponent] = match;
  if (exponent === undefined) return source;
  const shift = Number(exponent);
  // A number with hundreds of zeros is not money: it is kept as written.
  if (Math.abs(shift) > 40) return source;
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return trimLeadingZeros(`${sign}0.${'0'.repeat(-point)}${digits}`);
  if (point >= digits.length) return trimLeadingZeros(sign + digits + '0'.repeat(point - digits.length));
  return trimLeadingZeros(`${sign}${digits.slice(0, point)}.${digits.slice(point)}`);
}

function trimLeadingZeros(decimal: string): string {
  return decimal.replace(/^(-?)0+(?=\d)/, '$1');
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? withoutEnd(withoutEnd(decimal, '0'), '.') : decimal;
}
