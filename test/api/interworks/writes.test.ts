import { expect, test } from 'vitest';
import type { Subscription } from '../../../src/model/subscription.ts';
import { able, connected, firstRow, sendAll } from '../fixtures/adapter.ts';

const isChangeable = ({ status, quantity }: Subscription) => status === 'active' && quantity !== null && quantity > 3;

async function opened(is = isChangeable, more = {}) {
  const { vendor, served } = await connected('interworks', { speed: 100_000, ...more });
  const row = await firstRow(vendor, is);
  const again = async () => (await able(vendor.abilities.read)({ id: row.id, known: row }))?.subscription;
  const writes = async () =>
    (await served())
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'))
      .map(({ path, body }) => ({ path, body }));
  return { abilities: vendor.abilities, row, again, writes };
}

test('cancels in one call, effective at once', async () => {
  const { abilities, row, again } = await opened();
  const draft = able(abilities.cancel)(row, {});
  expect(draft).toMatchObject({ irreversible: true, atOnce: true, after: { status: 'cancelled' } });
  expect(await sendAll(draft)).toMatchObject({ outcome: 'done' });
  expect((await again())?.status).toBe('cancelled');
});

test('lowers by a request that is followed to its end', async () => {
  const { abilities, row, again } = await opened();
  const quantity = (row.quantity ?? 0) - 1;
  const draft = able(abilities.lowerQuantity)(row, { quantity });
  const answer = await sendAll(draft);
  expect(answer).toMatchObject({
    outcome: 'accepted',
    status: 202,
    vendorRequestId: expect.any(String),
    vendorState: expect.any(String),
  });
  const vendorRequestId = answer.outcome === 'accepted' ? (answer.vendorRequestId ?? '') : '';
  const followed = { target: row, vendorRequestId };
  await expect.poll(async () => (await able(abilities.follow)(followed)).state).toMatch(/done|failed/);
  const { state, reason } = await able(abilities.follow)(followed);
  expect((await again())?.quantity).toBe(state === 'done' ? quantity : row.quantity);
  expect(reason === null).toBe(state === 'done');
});

test('a request unknown to the platform is unknown', async () => {
  const { abilities, row } = await opened();
  const look = able(abilities.follow);
  expect(await look({ target: row, vendorRequestId: 'no-such' })).toMatchObject({ state: 'unknown' });
});

test('raises by an order in three steps, for the amount added', async () => {
  const { abilities, row, again, writes } = await opened();
  const quantity = (row.quantity ?? 0) + 5;
  const draft = able(abilities.raiseQuantity)(row, { quantity });
  expect(draft.steps.map(({ name }) => name)).toEqual(['draft order', 'add item', 'checkout']);
  const answer = await sendAll(draft);
  expect(answer).toMatchObject({ outcome: 'done', notes: { orderId: expect.any(String) } });
  const orderId = answer.outcome === 'done' ? answer.notes.orderId : '';
  const [order, item, checkout] = await writes();
  expect(JSON.stringify(order)).toContain(`${row.organization?.id}`);
  expect(item?.path).toBe(`/api/orders/${orderId}/items`);
  expect(JSON.stringify(item?.body)).toMatch(/quantity\W+5\b/);
  expect(checkout?.path).toBe(`/api/orders/${orderId}/checkout`);
  await expect.poll(async () => (await again())?.quantity).toBe(quantity);
  const orders = await able(abilities.orders)();
  const placed = orders.find(({ id }) => id === orderId);
  expect(placed).toMatchObject({ organization: row.organization, items: [{ quantity: 5, subscriptionId: row.id }] });
});

test('sends no further step when the draft order fails', async () => {
  const faults = [{ vendor: 'interworks', method: 'POST', path: '/api/orders', do: 'drop-after' }] as const;
  const { abilities, row, writes } = await opened(isChangeable, { faults });
  const answer = await sendAll(able(abilities.raiseQuantity)(row, { quantity: (row.quantity ?? 0) + 1 }));
  expect(answer).toMatchObject({ outcome: 'unknown', fault: { sent: true } });
  expect((await writes()).map(({ path }) => path)).toEqual(['/api/orders']);
});

test.each(['truncate', 'bad-json', 'drop-before', 'drop-after', 'status'] as const)(
  'an answer broken by %s leaves the write unknown',
  async (fault) => {
    const faults = [
      { vendor: 'interworks', method: 'POST', path: '/api/subscriptions/*', do: fault, status: 502 },
    ] as const;
    const { abilities, row } = await opened(isChangeable, { faults });
    expect(await sendAll(able(abilities.lowerQuantity)(row, { quantity: 1 }))).toMatchObject({ outcome: 'unknown' });
  },
);

test('cancels an add-on at the end of its period', async () => {
  const { vendor } = await connected('interworks', { scale: 3000 });
  const { abilities } = vendor;
  let found = 0;
  for await (const { rows } of able(abilities.sync)({})) {
    for (const { subscription, raw } of rows) {
      if (found > 0 || subscription.status !== 'active' || !Array.isArray(raw.addons) || raw.addons.length === 0)
        continue;
      const addons = await able(abilities.addons)(subscription);
      const addon = addons.find(({ cancelAtPeriodEnd, status }) => !cancelAtPeriodEnd && status === 'active');
      if (!addon) continue;
      found++;
      expect(await sendAll(able(abilities.cancelAddon)(subscription, { addon }))).toMatchObject({ outcome: 'done' });
      const after = (await able(abilities.addons)(subscription)).find(({ id }) => id === addon.id);
      expect(after).toMatchObject({ cancelAtPeriodEnd: true, status: 'active' });
    }
  }
  expect(found).toBe(1);
});
