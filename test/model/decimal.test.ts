import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, type Decimal, decimalOf } from '../../src/model/decimal.ts';

function read(text: string): Decimal {
  const decimal = decimalOf(text);
  if (decimal === null) throw new Error(`${text} is not a decimal.`);
  return decimal;
}

describe('a decimal', () => {
  it('compares like integers of its smallest unit', () => {
    const places = 30;
    const amount = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
    const few = fc.bigInt({ min: -200n, max: 200n });
    const written = (units: bigint): string => {
      const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
      return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
    };
    fc.assert(
      fc.property(fc.oneof(amount, few), fc.oneof(amount, few), (one, other) => {
        const expected = one < other ? -1 : one > other ? 1 : 0;
        expect(Math.sign(compareDecimals(read(written(one)), read(written(other))))).toBe(expected);
      }),
    );
  });

  it.each([
    ['0.1', '0.10', 0],
    ['0.1', '0.10000000000000001', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['-0.00', '0', 0],
    ['-1', '-2', 1],
    ['-1', '0', -1],
    ['4.25e1', '42.50', 0],
    ['1E-2', '.01', 0],
    ['+007.', '7', 0],
    [' 12 ', '2', 1],
  ])('%s to %s', (one, other, expected) => {
    expect(Math.sign(compareDecimals(read(one), read(other)))).toBe(expected);
    expect(Math.sign(compareDecimals(read(other), read(one)))).toBe(expected === 0 ? 0 : -expected);
  });

  it.each(['', ' ', '.', '-', 'e5', '1,5', '0x10', 'Infinity', '1e400', '1 2', '1'.repeat(101)])(
    'is not "%s"',
    (text) => {
      expect(decimalOf(text)).toBeNull();
    },
  );
});
