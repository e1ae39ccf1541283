import { expect, test } from 'vitest';
import { faultRows } from '../../docs/pages/fault-rows.ts';
import { unheldFaults } from '../../docs/pages/faults.ts';

test('every fault of the catalogue has a test with its number, or a reason', () => {
  expect(Object.values(faultRows).flatMap((rows) => rows.map(({ number }) => number))).toEqual(
    Array.from({ length: 100 }, (_, at) => at + 1),
  );
  expect(unheldFaults()).toEqual([]);
});
