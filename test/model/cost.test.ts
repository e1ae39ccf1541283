import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { periodOf, periodText } from '../../src/model/billing-period.ts';
import { type Cost, costOf, costText, type PriceBasis, sumCosts } from '../../src/model/cost.ts';
import { changeText, difference, sumOf, times } from '../../src/model/money.ts';
import type { PriceKind } from '../../src/model/subscription.ts';
import { safe } from '../state/rows.ts';

const scale = 12;
const units = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const counts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** The units of 10^-12 as a decimal text with so many places. */
function written(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

describe('money', () => {
  it('is multiplied, added and subtracted like integers of its smallest unit', () => {
    fc.assert(
      fc.property(units, units, counts, (one, other, count) => {
        expect(times(written(one), count)).toBe(written(one * BigInt(count)));
        expect(difference(written(one), written(other))).toBe(written(one - other));
        const sum = sumOf([one, other].map((value) => ({ currency: 'EUR', amount: written(value) })));
        expect(sum).toEqual([{ currency: 'EUR', amount: written(one + other) }]);
      }),
    );
  });

  it('keeps the digits of the vendor, and is null for what is no number', () => {
    expect(times('42.00', 40)).toBe('1680.00');
    expect(times('0.1', 3)).toBe('0.3');
    expect(times('9007199254740993.01', 2)).toBe('18014398509481986.02');
    expect(times('4,20', 2)).toBeNull();
    expect(difference('1.50', 'many')).toBeNull();
  });

  it('shows which way a difference goes', () => {
    expect(changeText({ amount: '-336.00', currency: 'EUR' })).toBe('−336.00 EUR');
    expect(changeText({ amount: '1336.00', currency: 'EUR' })).toBe('+1,336.00 EUR');
    expect(changeText({ amount: '0.00', currency: null })).toBe('0.00');
  });
});

test.each([
  ['Monthly', 'month', 'a month'],
  ['OneTime', 'once', 'once'],
  ['Annual', 'year', 'a year'],
  ['THREE_YEARS', '3-years', 'every 3 years'],
  ['P3M', 'quarter', 'a quarter'],
] as const)('%s is charged %s', (word, period, text) => {
  expect(periodOf(word)).toBe(period);
  expect(periodText(period)).toBe(text);
});

test.each([null, '', 'PREPAID', 'None', 'constructor', 'MONTHLY_LICENSE'])('%s is no known period', (word) => {
  expect(periodOf(word)).toBeNull();
});

function costs(basis: PriceBasis | null, more: Partial<Parameters<typeof costOf>[0]> = {}, kind: PriceKind = 'list') {
  const prices = [{ kind, amount: '42.00', currency: safe('EUR') }];
  return costOf({ prices, billing: safe('Monthly'), quantity: 40, ...more }, basis);
}

const textOf = (cost: Cost | null) => (cost === null ? null : costText(cost));

test('a price is multiplied only where it is known to be per unit', () => {
  expect(textOf(costs('unit'))).toBe('1,680.00 EUR a month (list)');
  expect(textOf(costs('total'))).toBe('42.00 EUR a month (list)');
  expect(textOf(costs('unknown'))).toBe('42.00 EUR a month (list, per unit or in total)');
  expect(textOf(costs('unknown', {}, 'unit'))).toBe('1,680.00 EUR a month (unit)');
  expect(textOf(costs('unit', { quantity: null }))).toBe('42.00 EUR a month (list, units not counted)');
  expect(textOf(costs('unit', { billing: safe('PREPAID') }, 'erp'))).toBe('1,680.00 EUR (ERP)');
  expect(costs('unit', { prices: [] })).toBeNull();
  expect(costs('unit', { prices: [{ kind: 'list', amount: 'many', currency: null }] })).toBeNull();
  expect(costs(null)).toBeNull();
});

test('only costs of one currency, period, kind of price and meaning are added up', () => {
  const cost: Cost = { kind: 'list', amount: '0.10', currency: 'EUR', period: 'month', covers: 'all' };
  const others: readonly Partial<Cost>[] = [
    { currency: 'USD' },
    { currency: null },
    { period: 'year' },
    { period: null },
    { kind: 'unit' },
    { covers: 'unknown' },
  ];
  const sums = sumCosts([cost, { ...cost, amount: '0.20' }, ...others.map((other) => ({ ...cost, ...other }))]);
  expect(sums).toHaveLength(7);
  expect(sums[0]).toEqual({ ...cost, amount: '0.30', subscriptions: 2 });
  expect(sums.at(-1)).toMatchObject({ covers: 'unknown', subscriptions: 1 });
});
