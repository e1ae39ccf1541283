import { expect, test } from 'vitest';
import type { Charging } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { chargingOf, vendorIn } from '../../src/api/vendor-kind.ts';
import {
  type PlanMoney,
  planMoneyText,
  planMoneyTotals,
  planMoneyWords,
  planTotalsTexts,
} from '../../src/model/plan-money.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import { type CostEffect, planMoney } from '../../src/writes/plan-money.ts';
import { noon, safe, subscription } from '../state/rows.ts';

const price = { kind: 'list', amount: '42.00', currency: safe('EUR') } as const;
const lower: CostEffect = { kind: 'seats', seats: 32 };
const end: CostEffect = { kind: 'ends', ending: 'now' };

function moneyAt(
  vendor: VendorId,
  effect: CostEffect | null,
  more: Partial<Subscription> = {},
  settings: Readonly<Record<string, string>> = {},
): PlanMoney | null {
  const charging: Charging = chargingOf(vendorIn(vendors, vendor), settings);
  const target = subscription({ id: '1', quantity: 40, billing: safe('Monthly'), prices: [price], ...more });
  return planMoney({ charging }, target, target, effect, noon);
}

function said(...given: Parameters<typeof moneyAt>): readonly string[] {
  const money = moneyAt(...given);
  if (money === null) return [];
  const { cost, change, sentences } = planMoneyWords(money);
  return [...[cost, change].filter((part) => part !== null), ...sentences];
}

test('a price per unit is multiplied, in the digits of the vendor', () => {
  expect(moneyAt('cloudmore', lower)).toEqual({
    ...{ price, basis: 'unit', period: 'month', noPrice: null, charged: null },
    ...{ from: '1680.00', to: '1344.00', change: '-336.00' },
  });
  expect(said('cloudmore', lower)).toEqual(['1,680.00 → 1,344.00 EUR a month (list)', '−336.00 EUR a month']);
  expect(said('cloudmore', lower, { billing: null })).toEqual(['1,680.00 → 1,344.00 EUR (list)', '−336.00 EUR']);
  const yen = { kind: 'unit', amount: '500', currency: safe('JPY') } as const;
  expect(said('interworks', { kind: 'seats', seats: 41 }, { prices: [yen] })).toEqual([
    '20,000 → 20,500 JPY a month (unit)',
    '+500 JPY a month',
  ]);
});

test('nothing is calculated with a price that may be per unit or in total', () => {
  const plain = 'The price is 42.00 EUR a month (list); it may be per unit or in total.';
  expect(said('cloudcockpit', lower)).toEqual([plain]);
  expect(moneyAt('cloudcockpit', lower)).toMatchObject({ basis: 'unknown', from: null, to: null, change: null });
  expect(said('cloudcockpit', lower, {}, { 'assume.price-per-unit': 'unit' })[1]).toBe('−336.00 EUR a month');
  expect(said('cloudcockpit', lower, {}, { 'assume.price-per-unit': 'total' })).toEqual([
    'The price is 42.00 EUR a month (list) in total; the vendor calculates the new one.',
  ]);
  expect(said('cloudmore', lower, { quantity: null })).toEqual(['The price is 42.00 EUR a month (list) per unit.']);
});

test('a vendor without prices, and a subscription without one, are said', () => {
  expect(said('lineworks', lower)).toEqual(['LINE WORKS gives no price.']);
  expect(said('cloudmore', lower, { prices: [] })).toEqual(['Cloudmore gives no price for it.']);
  expect(said('cloudmore', lower, { prices: [{ ...price, amount: '4,20' }] })).toEqual([
    'Cloudmore gives no price for it.',
  ]);
});

test('what changes nothing that is charged says nothing of money', () => {
  for (const vendor of vendors.keys()) expect(moneyAt(vendor, null)).toBeNull();
});

test.each<[VendorId, CostEffect, Partial<Subscription>, string, boolean]>([
  [
    'cloudmore',
    end,
    {},
    'Cloudmore does not say what is still charged after a cancellation: see the terms of the service.',
    false,
  ],
  [
    'interworks',
    end,
    {},
    'interworks.cloud does not say what is still charged after a cancellation: see the terms of the product.',
    false,
  ],
  [
    'vmware',
    end,
    {},
    'VMware does not say what is still charged after a cancellation: see the Partner Navigator.',
    false,
  ],
  [
    'cloudcockpit',
    end,
    { cancellableUntil: '2026-11-24T00:00:00Z', endsAt: '2027-01-31' },
    'Cancelled by Tue 24 Nov 2026 00:00 UTC, only the days used are charged; later the whole term is charged, until Sun 31 Jan 2027.',
    true,
  ],
  [
    'cloudcockpit',
    end,
    { cancellableUntil: '2026-11-20T00:00:00Z', endsAt: '2027-01-31' },
    'The cancellation period is over: the whole term is charged, until Sun 31 Jan 2027.',
    true,
  ],
  [
    'cloudcockpit',
    end,
    { cancellableUntil: null },
    'CloudCockpit gives no cancellation period for it: whether the rest of the term is still charged is not known.',
    false,
  ],
  [
    'cloudcockpit',
    { kind: 'ends', ending: 'renewal' },
    { endsAt: '2027-01-31' },
    'Without a renewal the whole term is charged, until Sun 31 Jan 2027; nothing after it.',
    true,
  ],
  [
    'lineworks',
    { kind: 'ends', ending: 'renewal' },
    { billing: safe('ANNUAL_LICENSE'), endsAt: '2027-01-31' },
    'It is charged until its contract ends (Sun 31 Jan 2027).',
    true,
  ],
  [
    'lineworks',
    end,
    { billing: safe('ANNUAL_LICENSE'), endsAt: '2027-01-31' },
    'A paid plan cannot be cancelled today. It is charged until its contract ends (Sun 31 Jan 2027); a reservation for an earlier day may cost a penalty; no page says how much.',
    true,
  ],
  [
    'lineworks',
    end,
    { billing: safe('TRIAL_LICENSE') },
    'TRIAL_LICENSE is no paid plan: nothing is charged for it.',
    true,
  ],
])('%s says of %j with %j what is still charged', (vendor, effect, more, sentence, isKnown) => {
  expect(moneyAt(vendor, effect, more)?.charged).toEqual({
    isKnown,
    sentence,
    brief: expect.stringMatching(/^.{7,60}$/),
  });
  expect(said(vendor, effect, more).at(-1)).toBe(sentence);
});

test('an end takes the whole cost away; that of an add-on does not', () => {
  expect(said('cloudmore', end).slice(0, 2)).toEqual(['1,680.00 → 0.00 EUR a month (list)', '−1,680.00 EUR a month']);
  expect(said('cloudmore', end, {}, { 'assume.price-per-unit': 'total' })[1]).toBe('−42.00 EUR a month');
  expect(said('interworks', { kind: 'ends', ending: 'addon' })).toEqual([
    'interworks.cloud gives no price of an add-on, and does not say what of its last period is charged.',
  ]);
});

test('plans are added up by currency, period and kind of price; the rest is counted', () => {
  const dollars = { ...price, currency: safe('USD') };
  const totals = planMoneyTotals([
    moneyAt('cloudmore', lower),
    moneyAt('cloudmore', lower, { prices: [dollars] }),
    moneyAt('cloudmore', end, { prices: [{ ...price, amount: '0.105' }] }),
    moneyAt('cloudmore', lower, { billing: safe('Annual') }),
    moneyAt('cloudcockpit', lower),
    moneyAt('lineworks', lower),
    null,
  ]);
  expect(totals.sums).toEqual([
    { kind: 'list', currency: 'EUR', period: 'month', from: '1684.200', to: '1344.000', change: '-340.200', rows: 2 },
    { kind: 'list', currency: 'USD', period: 'month', from: '1680.00', to: '1344.00', change: '-336.00', rows: 1 },
    { kind: 'list', currency: 'EUR', period: 'year', from: '1680.00', to: '1344.00', change: '-336.00', rows: 1 },
  ]);
  expect(planTotalsTexts(totals)).toEqual([
    '−340.200 EUR a month (list, 2 rows)',
    '−336.00 USD a month (list, 1 row)',
    '−336.00 EUR a year (list, 1 row)',
    '1 row: price not added up',
    '1 row: no price',
  ]);
  expect(planTotalsTexts(planMoneyTotals([null]))).toEqual([]);
});

test('one line of a table has the change, or the price, or says that there is none', () => {
  const textOf = (...given: Parameters<typeof moneyAt>) => {
    const money = moneyAt(...given);
    return money === null ? null : planMoneyText(money);
  };
  expect(textOf('cloudmore', lower)).toBe('−336.00 EUR a month (list)');
  expect(textOf('cloudcockpit', lower)).toBe('42.00 EUR a month (list, per unit or in total)');
  expect(textOf('lineworks', lower)).toBe('no price');
});
