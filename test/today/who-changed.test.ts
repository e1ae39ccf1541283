import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { Change } from '../../src/store/changes.ts';
import { bySubscription, whoChanged, withoutVendorStatus } from '../../src/today/who-changed.ts';
import { fill, noon, row } from '../store/rows.ts';
import { openToday } from './fixture.ts';

const change = (over: Partial<Change>): Change => ({
  ref: 'nordic/s1',
  connection: 'nordic',
  id: 's1',
  name: 'Backup',
  field: 'quantity',
  from: '25',
  to: '20',
  seenAt: new Date(noon).toISOString(),
  ...over,
});

test.each<[string, Partial<Change>, string | null]>([
  ['the same field and value', {}, 'tester'],
  ['another value than asked for', { to: '19' }, null],
  ['another field', { field: 'price', to: '20' }, null],
  ['another subscription', { ref: 'nordic/s2' }, null],
  ['seen before the write', { seenAt: new Date(noon - 3 * 60_000).toISOString() }, null],
  ['seen long after its end', { seenAt: new Date(noon + 20 * 60_000).toISOString() }, null],
])('attributes a change to a write: %s', async (_, over, by) => {
  const fixture = openToday();
  await fixture.ago(2, () => fixture.wrote('done', {}));
  expect(whoChanged([change(over)], fixture, [])[0]?.by).toBe(by);
});

test('a refused write explains no change', async () => {
  const fixture = openToday();
  await fixture.ago(2, () => fixture.wrote('refused', {}));
  expect(whoChanged([change({})], fixture, [])).toMatchObject([{ by: null, journalId: null }]);
});

test('a cancellation explains status and end, not the price', async () => {
  const fixture = openToday();
  await fixture.ago(2, () => fixture.wrote('done', { verb: 'cancel', before: {}, after: { status: 'cancelled' } }));
  const changes = [
    change({ field: 'status', to: 'cancelled' }),
    change({ field: 'endsAt', to: '2026-11-21' }),
    change({ field: 'price', to: '1' }),
  ];
  expect(whoChanged(changes, fixture, []).map(({ by }) => by)).toEqual(['tester', 'tester', null]);
});

test('attributes a change to a write through another connection of the account', async () => {
  const fixture = openToday();
  const shared = {
    title: '',
    vendor: 'cloudmore',
    impliedLevels: [],
    account: 'cloudmore https://api.example.com',
  } as const;
  fixture.cache.declareConnections(['nordic', 'reseller'].map((name) => ({ name, ...shared })));
  for (const connection of ['nordic', 'reseller']) fill(fixture.cache, [row({ connection, id: 's1' })], {}, connection);
  await fixture.ago(2, () => fixture.wrote('done', {}));
  const seen = change({ ref: 'reseller/s1', connection: 'reseller' });
  expect(whoChanged([seen], fixture, [])[0]?.by).toBe('tester');
  expect(whoChanged([change({ ...seen, ref: 'reseller/s2', id: 's2' })], fixture, [])[0]?.by).toBeNull();
});

test('falls back to a matching line of the vendor’s history', () => {
  const line = {
    at: new Date(noon - 60_000).toISOString(),
    action: safeText('Updated'),
    by: safeText('maria@acme'),
    field: safeText('Quantity'),
    from: safeText('25'),
    to: safeText('20'),
  };
  const of = (over: Partial<typeof line>) => whoChanged([change({})], openToday(), [{ ...line, ...over }])[0]?.by;
  expect(of({})).toBe('maria@acme');
  expect(of({ to: safeText('19') })).toBeNull();
  expect(of({ field: safeText('Price') })).toBeNull();
  expect(of({ at: new Date(noon + 1).toISOString() })).toBeNull();
});

test('groups changes by subscription, the latest change first', () => {
  const refs = ['b', 'a', 'b', 'c', 'a'].map((ref) => change({ ref }));
  expect(bySubscription(refs).map(({ ref }) => ref)).toEqual(['b', 'b', 'a', 'a', 'c']);
});

test('the vendor’s status is left out where the status changed with it', () => {
  const both = [change({ field: 'status' }), change({ field: 'vendorStatus' })];
  const alone = change({ field: 'vendorStatus', seenAt: '2026-11-20T12:00:00.000Z' });
  const shown = withoutVendorStatus(whoChanged([...both, alone], openToday(), []));
  expect(shown.map(({ field, seenAt }) => [field, seenAt])).toEqual([
    ['status', both[0]?.seenAt],
    ['vendorStatus', alone.seenAt],
  ]);
});
