import { expect, test } from 'vitest';
import { unheldFaults } from '../../docs/pages/fault-tests.ts';
import { faultRows } from '../../src/commands/reference/fault-rows.ts';

test('every fault of the catalogue has a test with its number, or a reason for none', () => {
  const numbers = Object.values(faultRows).flatMap((rows) => rows.map(({ number }) => number));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(unheldFaults()).toEqual([]);
});
