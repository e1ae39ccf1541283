import { decimalOf } from '../model/decimal.ts';
import { withoutEnd } from '../model/without-end.ts';
import { fineDigits } from '../store/money.ts';

/** One row adds less than 2^47 and a part is closed at 2^52: a float counts exactly up to 2^53. */
const mostOfRow = 2 ** 47;
const mostOfPart = 2 ** 52;

/** An exact sum of many decimals. */
export class ExactSum {
  private amount = 0n;
  /** Decimal places of `amount`. */
  private scale = fineDigits;
  /** A part of the sum in ten-thousandths, while a float holds it exactly. */
  private part = 0;
  private added = 0;

  /** How many were added. */
  get count(): number {
    return this.added;
  }

  /** `units` ten-thousandths, times `count`. Both are whole numbers. */
  addUnits(units: number, count: number): void {
    this.added += 1;
    const product = units * count;
    if (Math.abs(product) >= mostOfRow) {
      this.add(BigInt(units) * BigInt(count), fineDigits);
      return;
    }
    this.part += product;
    if (Math.abs(this.part) >= mostOfPart) this.close();
  }

  /** A decimal as it is written; any other text adds nothing. */
  addText(amount: string): void {
    const decimal = decimalOf(amount);
    if (decimal === null) return;
    this.added += 1;
    const scale = decimal.digits.length - decimal.exponent;
    const digits =
      BigInt(`${decimal.negative ? '-' : ''}${decimal.digits || '0'}`) * 10n ** BigInt(Math.max(0, -scale));
    this.add(digits, Math.max(0, scale));
  }

  /** At least two decimal places, without trailing zeros after those. */
  written(): string {
    this.close();
    const { amount, scale } = this;
    const digits = (amount < 0n ? -amount : amount).toString().padStart(scale + 1, '0');
    const fraction = withoutEnd(digits.slice(digits.length - scale), '0').padEnd(2, '0');
    return `${amount < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${fraction}`;
  }

  private close(): void {
    this.add(BigInt(this.part), fineDigits);
    this.part = 0;
  }

  private add(amount: bigint, scale: number): void {
    const wide = Math.max(this.scale, scale);
    this.amount = this.amount * 10n ** BigInt(wide - this.scale) + amount * 10n ** BigInt(wide - scale);
    this.scale = wide;
  }
}
