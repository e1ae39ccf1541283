import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../../src/model/subscription.ts';
import { orderDelay } from '../../../src/sandbox/interworks/assumptions.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { able, connected, createVendor, firstRow, sendAll, syncAll } from '../fixtures/adapter.ts';
import { json, type Script, serve } from '../fixtures/server.ts';
import { faultOf } from '../fixtures/setup.ts';

const isChangeable = ({ status, quantity }: Subscription) => status === 'active' && quantity !== null && quantity > 5;
const fast = { speed: 100_000, scale: 3000 };

describe.each(['object', 'bare-id', 'order-id'])('where a new order is answered as %s', (reading) => {
  test('the order continues to its checkout', async () => {
    const { vendor } = await connected('interworks', { ...fast, variants: { 'order-answer': reading } });
    const { raiseQuantity, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    const quantity = (row.quantity ?? 0) + 3;
    const answer = await sendAll(able(raiseQuantity)(row, { quantity }));
    expect(answer).toMatchObject({ outcome: 'done', notes: { orderId: expect.stringMatching(/^\d+$/) } });
    expect((await able(read)({ id: row.id, known: row }))?.subscription.quantity).toBe(quantity);
  });
});

describe.each(['amount-added', 'new-total'])('where an order item quantity means the %s', (reading) => {
  const variants = { 'order-item-quantity': reading };

  test('assume.order-item-quantity sends that meaning', async () => {
    const { vendor } = await connected('interworks', { ...fast, variants }, { 'assume.order-item-quantity': reading });
    const { raiseQuantity, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    const quantity = (row.quantity ?? 0) + 3;
    expect(await sendAll(able(raiseQuantity)(row, { quantity }))).toMatchObject({ outcome: 'done' });
    expect((await able(read)({ id: row.id, known: row }))?.subscription.quantity).toBe(quantity);
  });

  test('without the setting the row shows the result', async () => {
    const { vendor } = await connected('interworks', { ...fast, variants });
    const { raiseQuantity, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    const quantity = (row.quantity ?? 0) + 3;
    await sendAll(able(raiseQuantity)(row, { quantity }));
    const now = (await able(read)({ id: row.id, known: row }))?.subscription.quantity;
    expect(now).toBe(reading === 'amount-added' ? quantity : 3);
  });
});

test.each(['new-total', 'amount'])('assume.decrease-quantity=%s lowers to the requested quantity', async (reading) => {
  const variants = { 'decrease-quantity': reading };
  const { vendor } = await connected('interworks', { ...fast, variants }, { 'assume.decrease-quantity': reading });
  const { lowerQuantity, follow } = vendor.abilities;
  const row = await firstRow(vendor, isChangeable);
  const quantity = (row.quantity ?? 0) - 2;
  const answer = await sendAll(able(lowerQuantity)(row, { quantity }));
  const vendorRequestId = answer.outcome === 'accepted' ? (answer.vendorRequestId ?? '') : '';
  await expect.poll(async () => (await able(follow)({ target: row, vendorRequestId })).state).toMatch(/done|failed/);
  const { state } = await able(follow)({ target: row, vendorRequestId });
  const now = (await able(vendor.abilities.read)({ id: row.id, known: row }))?.subscription.quantity;
  expect(now).toBe(state === 'done' ? quantity : row.quantity);
});

test('does not send a decrease by an amount once the quantity differs', async () => {
  const { vendor } = await connected('interworks', fast, { 'assume.decrease-quantity': 'amount' });
  const row = await firstRow(vendor, isChangeable);
  const stale = { ...row, quantity: (row.quantity ?? 0) + 1 };
  expect(await sendAll(able(vendor.abilities.lowerQuantity)(stale, { quantity: 2 }))).toMatchObject({
    outcome: 'unsent',
    fault: { kind: 'refused' },
  });
});

describe.each([
  ['at-once', 0],
  ['later', orderDelay],
])('where the new quantity shows %s after an order', (reading, delay) => {
  test('reports what the row shows, not what the answer says', async () => {
    const clock = fastClock();
    const options = { scale: 3000, variants: { 'ordered-quantity': reading } };
    const { vendor } = await connected('interworks', options, {}, clock);
    const { raiseQuantity, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    const quantity = (row.quantity ?? 0) + 3;
    const draft = able(raiseQuantity)(row, { quantity });
    expect(draft.atOnce).toBeUndefined();
    expect(await sendAll(draft)).toMatchObject({ outcome: 'done' });
    const shown = async () => (await able(read)({ id: row.id, known: row }))?.subscription.quantity;
    expect(await shown()).toBe(delay === 0 ? quantity : row.quantity);
    clock.advance(delay);
    expect(await shown()).toBe(quantity);
  });
});

describe.each(['any', '3-only'])('where the API takes version %s', (reading) => {
  test('tries 3.0, then 3, and keeps the one that works', async () => {
    const { vendor, served } = await connected('interworks', { variants: { 'api-version': reading } });
    expect((await syncAll(vendor)).complete).toBe(true);
    expect((await served()).filter(({ status }) => status === 405).length).toBe(reading === 'any' ? 0 : 1);
  });
});

test('a refused version names the setting, for a list and for a change', async () => {
  const { vendor } = await connected('interworks', { variants: { 'api-version': '3-only' } }, { apiVersion: '2.2' });
  const advice = { kind: 'refused', next: expect.stringContaining('apiVersion=') };
  expect(await faultOf(syncAll(vendor))).toMatchObject(advice);
  const usual = await connected('interworks', {});
  const row = await firstRow(usual.vendor, isChangeable);
  expect(await sendAll(able(vendor.abilities.cancel)(row, {}))).toMatchObject({ outcome: 'refused', fault: advice });
});

const requestAnswers: readonly [string, unknown, string | null][] = [
  ['an object', { requestId: 'r-1', status: 'Pending' }, 'r-1'],
  ['an object with id', { Id: 7 }, '7'],
  ['a bare number', 4711, '4711'],
  ['a bare text of digits', '4711', '4711'],
  ['an object around it', { data: { requestId: 'r-2' } }, 'r-2'],
  ['nothing', null, null],
];
test.each(requestAnswers)('reads the request id of a decrease answered with %s', async (_, body, vendorRequestId) => {
  const answers: Script = ({ url }, response) =>
    /token/.test(url) ? json(response, 200, { access_token: 't', expires_in: 600 }) : json(response, 202, body);
  const server = await serve(answers);
  const settings = { baseUrl: server.origin, edition: 'standard', username: 'u', clientKey: 'key' };
  const vendor = await createVendor('interworks', settings);
  const usual = await connected('interworks', {});
  const row = await firstRow(usual.vendor, isChangeable);
  const answer = await sendAll(able(vendor.abilities.lowerQuantity)(row, { quantity: 1 }));
  expect(answer).toMatchObject({ outcome: 'accepted', vendorRequestId });
  await server.stop();
});
