import { beforeEach, describe, expect, test } from 'vitest';
import { refusesDecrease } from '../../src/sandbox/interworks/assumptions.ts';
import type { RunningSandbox } from '../../src/sandbox/start.ts';
import { given } from './running.ts';
import { heldClock, opened, type Visitor, visitor } from './visitor.ts';

interface Addon {
  readonly id: string;
  readonly cancelAtPeriodEnd: boolean;
}
interface Row {
  readonly id: string;
  readonly status: string;
  readonly quantity: number;
  readonly productId: number;
  readonly account: { readonly id: number };
  readonly addons: readonly Addon[];
}
interface Request {
  readonly requestId: string;
  readonly status: string;
  readonly message: string | null;
}
interface Order {
  readonly id: number;
  readonly status: string;
}

let clock: ReturnType<typeof heldClock>;
let sandbox: RunningSandbox;
let api: Visitor;
let rows: readonly Row[];
let products: readonly number[];
beforeEach(async () => {
  clock = heldClock();
  sandbox = await opened({ scale: 3000, speed: 10 }, clock);
  api = await visitor(sandbox, 'interworks');
  const filter = "$filter=quantity gt 9 and status eq 'Active'&size=1000";
  rows = (await api.get<{ data: Row[] }>(`/api/subscriptions?${filter}`)).data;
  products = (await api.get<{ data: { id: number }[] }>('/api/products?size=1000')).data.map(({ id }) => id);
});

const refuses = ({ productId }: Row) => refusesDecrease(products.indexOf(productId));
const lowerable = (): Row => given(rows.find((row) => !refuses(row)));
const at = (row: Row, more = '') => `/api/subscriptions/${row.id}${more}`;
const body = <Body>(answer: { readonly body: unknown }): Body => JSON.parse(JSON.stringify(answer.body));

async function lower(row: Row, quantity: number): Promise<() => Promise<Request>> {
  const answer = await api.call('POST', at(row, '/quantity'), { quantity });
  expect(answer).toMatchObject({ status: 202, body: { subscriptionId: row.id, quantity, status: 'Pending' } });
  return () => api.get<Request>(at(row, `/quantityrequest/${body<Request>(answer).requestId}`));
}

describe('lowering a quantity', () => {
  test('runs Pending, InProgress, Completed; the quantity changes at the very end', async () => {
    const row = lowerable();
    const request = await lower(row, row.quantity - 4);
    const story: unknown[] = [];
    for (const milliseconds of [0, 299, 1, 799, 1]) {
      clock.advance(milliseconds);
      story.push([(await request()).status, row.quantity - (await api.get<Row>(at(row))).quantity]);
    }
    expect(story).toEqual([
      ['Pending', 0],
      ['Pending', 0],
      ['InProgress', 0],
      ['InProgress', 0],
      ['Completed', 4],
    ]);
  });

  test('fails with a message if the product does not allow it, and changes nothing', async () => {
    const row = given(rows.find(refuses));
    const request = await lower(row, 1);
    clock.advance(1100);
    expect(await request()).toMatchObject({ status: 'Failed', message: expect.stringContaining('commitment') });
    expect((await api.get<Row>(at(row))).quantity).toBe(row.quantity);
  });

  test('fails if the subscription was cancelled in the meantime', async () => {
    const row = lowerable();
    const request = await lower(row, 1);
    await api.call('POST', at(row, '/cancel'));
    clock.advance(1100);
    expect(await request()).toMatchObject({ status: 'Failed', message: expect.stringContaining('active') });
  });

  test('is refused for an equal or higher quantity, and while another request runs', async () => {
    const row = lowerable();
    for (const quantity of [row.quantity, row.quantity + 1, 0, 1.5, '3', undefined])
      expect(await api.call('POST', at(row, '/quantity'), { quantity })).toMatchObject({
        status: 400,
        body: { Type: 'InvalidQuantity' },
      });
    await lower(row, 2);
    const second = await api.call('POST', at(row, '/quantity'), { quantity: 1 });
    expect(second).toMatchObject({ status: 400, body: { Type: 'QuantityRequestInProgress' } });
  });

  test('a request is unknown under another subscription', async () => {
    const row = lowerable();
    const other = given(rows.find(({ id }) => id !== row.id));
    const answer = await api.call('POST', at(row, '/quantity'), { quantity: 1 });
    expect((await api.call('GET', at(other, `/quantityrequest/${body<Request>(answer).requestId}`))).status).toBe(404);
  });
});

describe('ordering', () => {
  const draft = async (row: Row) => body<Order>(await api.call('POST', '/api/orders', { accountId: row.account.id }));
  const item = (row: Row, quantity: unknown = 5) => ({ productId: row.productId, quantity, subscriptionId: row.id });

  test('draft, item, checkout: the item quantity is the amount added', async () => {
    const row = lowerable();
    const order = await api.call('POST', '/api/orders', { accountId: row.account.id });
    expect(order).toMatchObject({
      status: 201,
      body: { status: 'Draft', orderDate: '2026-11-21T14:00:00+02:00', expirationDate: '2026-11-28T14:00:00+02:00' },
    });
    const { id } = body<Order>(order);
    expect(await api.call('POST', `/api/orders/${id}/items`, item(row))).toMatchObject({
      status: 201,
      body: item(row),
    });
    expect((await api.get<Row>(at(row))).quantity).toBe(row.quantity);
    expect(await api.call('POST', `/api/orders/${id}/checkout`)).toMatchObject({
      status: 200,
      body: { id, status: 'Completed' },
    });
    expect((await api.get<Row>(at(row))).quantity).toBe(row.quantity + 5);
    expect(await api.call('POST', `/api/orders/${id}/checkout`)).toMatchObject({
      status: 400,
      body: { Type: 'OrderNotDraft' },
    });
    expect(await api.get(`/api/orders/${id}`)).toMatchObject({ status: 'Completed' });
    expect(await api.get('/api/orders')).toMatchObject({ data: [{ id }], pagination: { totalItems: 1 } });
  });

  test('a draft lives seven days', async () => {
    const { id } = await draft(lowerable());
    clock.advance(7 * 86_400_000 - 1);
    api = await visitor(sandbox, 'interworks');
    expect(await api.get(`/api/orders/${id}`)).toMatchObject({ status: 'Draft' });
    clock.advance(1);
    expect(await api.get(`/api/orders/${id}`)).toMatchObject({ status: 'Expired' });
    expect(await api.call('POST', `/api/orders/${id}/items`, item(lowerable()))).toMatchObject({
      status: 400,
      body: { Type: 'OrderExpired' },
    });
  });

  test('items can be removed, and an empty order cannot be checked out', async () => {
    const row = lowerable();
    const { id } = await draft(row);
    const added = body<{ id: number }>(await api.call('POST', `/api/orders/${id}/items`, item(row)));
    expect((await api.call('DELETE', `/api/orders/${id}/items/${added.id}`)).status).toBe(204);
    expect(await api.get(`/api/orders/${id}/items`)).toEqual([]);
    expect(await api.call('POST', `/api/orders/${id}/checkout`)).toMatchObject({
      status: 400,
      body: { Type: 'EmptyOrder' },
    });
  });

  test('an item without a subscription creates one', async () => {
    const row = lowerable();
    const count = async () =>
      (await api.get<{ pagination: { totalItems: number } }>('/api/subscriptions')).pagination.totalItems;
    const before = await count();
    const { id } = await draft(row);
    await api.call('POST', `/api/orders/${id}/items`, { productId: row.productId, quantity: 2 });
    await api.call('POST', `/api/orders/${id}/checkout`);
    expect(await count()).toBe(before + 1);
  });

  test('refuses wrong accounts, products, quantities and subscriptions', async () => {
    const row = lowerable();
    const foreign = given(rows.find(({ account }) => account.id !== row.account.id));
    const otherProduct = given(products.find((id) => id !== row.productId));
    const { id } = await draft(row);
    const add = async (wrong: unknown) => (await api.call('POST', `/api/orders/${id}/items`, wrong)).body;
    expect(await api.call('POST', '/api/orders', { accountId: 1 })).toMatchObject({ status: 400 });
    expect(await add({ ...item(row), productId: 1 })).toMatchObject({ Type: 'InvalidProduct' });
    expect(await add({ ...item(row), productId: otherProduct })).toMatchObject({ Type: 'InvalidProduct' });
    expect(await add(item(row, 0))).toMatchObject({ Type: 'InvalidQuantity' });
    expect(await add(item(foreign))).toMatchObject({ Type: 'InvalidSubscription' });
  });
});

describe('ending', () => {
  test('cancels a subscription at once, and only once', async () => {
    const row = lowerable();
    expect(await api.call('POST', at(row, '/cancel'))).toMatchObject({
      status: 200,
      body: { id: row.id, status: 'Cancelled' },
    });
    expect(await api.call('POST', at(row, '/cancel'))).toMatchObject({
      status: 400,
      body: { Type: 'InvalidOperation' },
    });
  });

  test('an add-on runs on and is marked to end with its period', async () => {
    const row = given(rows.find(({ addons }) => addons.some(({ cancelAtPeriodEnd }) => !cancelAtPeriodEnd)));
    const addon = given(row.addons[0]);
    const path = at(row, `/addons/${addon.id}/cancelendofbillingperiod`);
    expect(await api.call('POST', path)).toMatchObject({
      status: 200,
      body: { cancelAtPeriodEnd: true, status: 'Active' },
    });
    expect(given((await api.get<Addon[]>(at(row, '/addons')))[0])).toMatchObject({
      id: addon.id,
      cancelAtPeriodEnd: true,
    });
    expect((await api.call('POST', path)).status).toBe(400);
    expect((await api.call('POST', at(row, '/addons/none/cancelendofbillingperiod'))).status).toBe(404);
  });
});
