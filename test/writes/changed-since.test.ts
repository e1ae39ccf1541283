import { expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { allFields } from '../../src/model/field-names.ts';
import { changedSince } from '../../src/writes/changed-since.ts';
import { named, row } from '../store/rows.ts';

const price = (kind: 'list' | 'erp', amount: string) => ({ kind, amount, currency: safeText('EUR') });
const seen = row({
  id: 'a',
  name: 'Backup',
  quantity: 5,
  prices: [price('list', '40.00')],
  seller: named('nordic', 'Title'),
});

it('names each field that a plan depends on, before and after', () => {
  expect(changedSince(seen, { ...seen, seller: named('nordic', 'Another title'), hasLicenseKey: true })).toEqual([]);
  const fresh = row({
    ...{ id: 'a', name: 'Backup 2', vendorStatus: safeText('Suspended'), seller: named('s-1', 'Nordic'), quantity: 6 },
    ...{ organization: named('o-1', 'Acme'), services: [named('v-1', 'Mail')], endsAt: '2026-12-31' },
    ...{ renewal: { mode: 'change', quantity: 7, productId: null, plan: null } },
    prices: [price('list', '42.00'), price('erp', '50.00')],
  });
  expect(changedSince(seen, fresh)).toEqual([
    'name Backup → Backup 2',
    'status active → Suspended',
    'seller – → Nordic',
    'seller id – → s-1',
    'organization – → Acme',
    'organization id – → o-1',
    'service – → Mail',
    'seats 5 → 6',
    'end date – → Thu 31 Dec 2026',
    'renewal – → change',
    'seats at renewal – → 7',
    'price 40.00 EUR → –',
    'list price – → 42.00 EUR',
    'erp price – → 50.00 EUR',
  ]);
});

it('a field missing in an earlier version’s plan file does not make it stale', () => {
  for (const { property } of allFields.filter(({ use }) => use.includes('plan'))) {
    const { [property as 'billing']: _, ...lacking } = seen;
    expect(changedSince(lacking as typeof seen, seen), property).toEqual([]);
  }
});
