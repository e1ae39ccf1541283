import { describe, expect, test } from 'vitest';
import type { Abilities } from '../../../src/api/contract.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { able, type Connected, connected, firstRow, sendAll, syncAll } from '../fixtures/adapter.ts';

/** A row without a reservation. */
async function unreserved({ vendor }: Connected, is: (row: Subscription) => boolean): Promise<Subscription> {
  const { reservation, withdrawReservation } = vendor.abilities;
  const row = await firstRow(vendor, is);
  if ((await able(reservation)(row)) !== null) await sendAll(able(withdrawReservation)(row, {}));
  return row;
}

describe.each(['strict', 'lenient'])('where the product of a paid start is %s', (reading) => {
  const variants = { 'start-paid-product': reading };
  test.each([
    ['a trial', ({ billing }: Subscription) => billing === 'TRIAL', { plan: 'MONTHLY' }],
    ['a free plan', ({ billing }: Subscription) => billing === 'FREE', { plan: 'MONTHLY', product: 'STD' }],
  ])('%s moves to a paid plan', async (_, is, words) => {
    const opened = await connected('lineworks', { variants }, {}, fastClock());
    const row = await unreserved(opened, (one) => is(one) && one.status === 'active');
    const changes = { type: 'start_paid_service', ...words };
    const draft = able(opened.vendor.abilities.createReservation)(row, { changes });
    expect(await sendAll(draft)).toMatchObject({ outcome: 'done' });
    expect(await able(opened.vendor.abilities.reservation)(row)).toMatchObject({ type: 'START_PAID_SERVICE' });
  });
});

test('refuses a second reservation before sending it', async () => {
  const opened = await connected('lineworks', {}, {}, fastClock());
  const { createReservation, raiseQuantity } = opened.vendor.abilities;
  const row = await unreserved(opened, ({ billing, quantity }) => quantity !== null && billing === 'ANNUAL_LICENSE');
  const changes = { type: 'add_license', quantity: '2' };
  expect(await sendAll(able(createReservation)(row, { changes }))).toMatchObject({ outcome: 'done' });
  const refused = { outcome: 'unsent', fault: { kind: 'refused', message: expect.stringContaining('already') } };
  expect(await sendAll(able(createReservation)(row, { changes }))).toMatchObject(refused);
  expect(await sendAll(able(raiseQuantity)(row, { quantity: (row.quantity ?? 0) + 1 }))).toMatchObject(refused);
  expect(
    (await opened.served()).filter(({ method, path }) => method === 'POST' && /reservation/.test(path)),
  ).toHaveLength(1);
});

test('makes no reservation if the plan has changed since', async () => {
  const opened = await connected('lineworks', {}, {}, fastClock());
  const row = await unreserved(opened, ({ billing }) => billing === 'TRIAL');
  const stale: Subscription = { ...row, billing: 'ANNUAL_LICENSE' as Subscription['billing'], quantity: 5 };
  const draft = able(opened.vendor.abilities.createReservation)(stale, { changes: { type: 'cancel' } });
  expect(await sendAll(draft)).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused' } });
});

test('the plan of a cancellation warns that options end with it', async () => {
  const opened = await connected('lineworks', {}, {}, fastClock());
  const row = await unreserved(opened, ({ billing }) => billing === 'ANNUAL_LICENSE');
  const draft = able(opened.vendor.abilities.createReservation)(row, { changes: { type: 'cancel' } });
  expect(draft.rule).toContain('The options of the product will end with it');
});

describe.each([
  ['paid', 240],
  ['free', 60],
])('where the rate limit is that of the %s plan', (reading, limit) => {
  test('a long sync keeps within it and is never refused', async () => {
    const clock = fastClock();
    const { vendor, served } = await connected(
      'lineworks',
      { scale: 60_000, variants: { 'rate-limit': reading } },
      {},
      clock,
    );
    const { complete } = await syncAll(vendor);
    expect(complete).toBe(true);
    const calls = (await served()).filter(({ path }) => path.endsWith('/subscriptions'));
    expect(calls.map(({ status }) => status)).not.toContain(429);
    expect(clock.monotonic()).toBeGreaterThanOrEqual((Math.ceil(calls.length / limit) - 1) * 59_000);
  });
});

test('an automatic refresh of one subscription leaves half of the limit', async () => {
  const clock = fastClock();
  const { vendor } = await connected('lineworks', { variants: { 'rate-limit': 'free' } }, {}, clock);
  const row = await firstRow(vendor, () => true);
  const timeOf = async ({ read }: Pick<Abilities, 'read'>, count: number) => {
    const began = clock.monotonic();
    for (let call = 0; call < count; call += 1) await able(read)({ id: row.id, known: row });
    return clock.monotonic() - began;
  };
  expect(await timeOf(vendor.toRefresh, 30)).toBeLessThan(1_000);
  expect(await timeOf(vendor.abilities, 10)).toBeLessThan(1_000);
  expect(await timeOf(vendor.toRefresh, 1)).toBeGreaterThan(50_000);
});

test.each([
  ['tokyo', '2026-11-22', '2026-11-23'],
  ['utc', '2026-11-21', '2026-11-22'],
])('assume.vendor-day=%s reserves for tomorrow in that zone', async (reading, _today, tomorrow) => {
  const clock = fastClock(Date.parse('2026-11-21T20:00:00Z'));
  const options = { today: '2026-11-21', variants: { 'vendor-day': reading } };
  const opened = await connected('lineworks', options, { 'assume.vendor-day': reading }, clock);
  const row = await unreserved(opened, ({ billing }) => billing === 'ANNUAL_LICENSE');
  const draft = able(opened.vendor.abilities.createReservation)(row, { changes: { type: 'cancel' } });
  expect(draft.after).toMatchObject({ reservation: { applyDate: tomorrow } });
  expect(await sendAll(draft)).toMatchObject({ outcome: 'done' });
});
