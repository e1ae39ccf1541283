import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { type CostSum, costOf, priceBases, sumCosts } from '../../src/model/cost.ts';
import { times } from '../../src/model/money.ts';
import { priceKinds } from '../../src/model/subscription.ts';
import { everything, fill, openScratch, row } from '../store/rows.ts';

const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: 0, max: 7 }))
  .map(([units, places]) => `${units}e-${places}`);
const oneRow = fc.record({
  kind: fc.constantFrom(...priceKinds),
  amount,
  currency: fc.constantFrom('EUR', 'JPY', null),
  quantity: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 2 ** 40 })),
  billing: fc.constantFrom(null, 'Monthly', 'Annual', 'PREPAID'),
});

test('columns add up exactly what rows cost, whatever the prices are for', () => {
  fc.assert(
    fc.property(fc.array(oneRow, { maxLength: 30 }), fc.constantFrom(...priceBases), (given, basis) => {
      const rows = given.map(({ kind, amount: text, currency, quantity, billing }, index) =>
        row({
          ...{ id: String(index), quantity, billing: billing === null ? null : safeText(billing) },
          prices: [{ kind, amount: times(text, 1) ?? '', currency: currency === null ? null : safeText(currency) }],
        }),
      );
      const cache = openScratch();
      fill(cache, rows);
      const expected = sumCosts(rows.flatMap((each) => costOf(each, basis) ?? []));
      expect(exact(cache.costs(everything, { nordic: basis }))).toEqual(exact(expected));
      expect(cache.costs(everything, { nordic: null })).toEqual([]);
      expect(cache.costs(everything, {})).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

/** Without the zeros behind the last digit, in an order of its own. */
function exact(sums: readonly CostSum[]): readonly string[] {
  return sums
    .map(({ amount: text, ...about }) => {
      const plain = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
      return JSON.stringify([plain, Object.entries(about).toSorted()]);
    })
    .toSorted();
}
