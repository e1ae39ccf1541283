import { describe, expect, test } from 'vitest';
import { connected, syncAll } from '../fixtures/adapter.ts';

const scale = 3000;

describe.each(['turns', 'omitted', 'same', 'zero', 'beyond', 'last-again', 'silent'])(
  'where the last page of a search answers %s in next',
  (reading) => {
    test('reads the whole list', async () => {
      const usual = await connected('vmware', { scale });
      const { vendor } = await connected('vmware', { scale, variants: { 'next-at-end': reading } });
      const { rows, complete, missing } = await syncAll(vendor);
      expect([complete, missing]).toEqual([true, []]);
      expect(rows.length).toBe((await syncAll(usual.vendor)).rows.length);
    });
  },
);

test.each(['word', 'boolean'])('assume.inactive-value=%s keeps cancelled rows in the list', async (reading) => {
  const variants = { 'inactive-value': reading };
  const { vendor } = await connected('vmware', { scale, variants }, { 'assume.inactive-value': reading });
  const { rows, complete } = await syncAll(vendor);
  expect(complete).toBe(true);
  expect(rows.map(({ subscription }) => subscription.status)).toContain('cancelled');
});
