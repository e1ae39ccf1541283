import { beforeEach, describe, expect, test } from 'vitest';
import { given } from './running.ts';
import { opened, type Visitor, visitor } from './visitor.ts';

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly status: unknown;
  readonly productId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly organizationId: string;
  readonly resellerId: string;
  readonly quantity: number | null;
  readonly licenseKey?: string | null;
  readonly cancelledDate: string | null;
}
interface Change {
  readonly action: string;
  readonly property?: string;
  readonly oldValue?: string;
  readonly newValue?: string;
}

let seller: Visitor;
let broker: Visitor;
let rows: readonly Row[];
beforeEach(async () => {
  const sandbox = await opened({ scale: 1500 });
  seller = await visitor(sandbox, 'cloudmore-seller');
  broker = await visitor(sandbox, 'cloudmore-reseller');
  const all = await seller.get<Row[]>(`/api/sellers/${seller.settings.sellerId}/subscriptions`);
  rows = all.filter(({ resellerId, status }) => resellerId === broker.settings.resellerId && status === 'Active');
});

const counted = (): Row => given(rows.find(({ quantity }) => quantity !== null && quantity > 4));
const metered = (): Row => given(rows.find(({ quantity }) => quantity === null));
const atSeller = (row: Row, before = '') => `/api/sellers/${seller.settings.sellerId}/subscriptions/${before}${row.id}`;
const place = (row: Row) =>
  `/api/resellers/${row.resellerId}/organizations/${row.organizationId}/services/${row.serviceId}`;
const atBroker = (row: Row) => `${place(row)}/subscriptions/${row.id}`;

describe('cancelling and deleting', () => {
  test('the broker’s DELETE keeps the row as Cancelled and works once', async () => {
    const row = counted();
    expect(await broker.call('DELETE', atBroker(row))).toMatchObject({ status: 204, body: '' });
    const after = await broker.get<Row>(atBroker(row));
    expect(after).toMatchObject({ status: 'Cancelled', cancelledDate: '2026-11-21T12:00:00Z' });
    expect(await broker.get<Row[]>(`${place(row)}/subscriptions`)).toContainEqual(after);
    expect(await broker.call('DELETE', atBroker(row))).toMatchObject({ status: 400, body: [{ errorCode: 6 }] });
    expect((await broker.call('PUT', atBroker(row), { quantity: 2 })).status).toBe(400);
  });

  test.each(['', '?action=', '?action=Remove', '?action=Cancel&removeAction=Delete'])(
    'the seller’s DELETE%s is refused and changes nothing',
    async (query) => {
      const row = counted();
      const answer = await seller.call('DELETE', atSeller(row) + query);
      expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 5, errorName: 'InvalidValue' }] });
      expect(await seller.get<Row>(atSeller(row))).toMatchObject({ status: 'Active' });
    },
  );

  test('the seller’s Cancel keeps the row, its Delete removes it', async () => {
    const row = counted();
    expect((await seller.call('DELETE', `${atSeller(row)}?Action=cancel`)).status).toBe(204);
    expect(await seller.get<Row>(atSeller(row))).toMatchObject({ status: 'Cancelled' });
    expect((await seller.call('DELETE', `${atSeller(row)}?action=Delete`)).status).toBe(204);
    expect((await seller.call('GET', atSeller(row))).status).toBe(404);
    const left = await seller.get<Row[]>(
      `/api/sellers/${seller.settings.sellerId}/subscriptions/service/${row.serviceId}`,
    );
    expect(left.map(({ id }) => id)).not.toContain(row.id);
  });
});

describe('updating', () => {
  test('changes quantity and name and adds them to the history, newest first', async () => {
    const row = counted();
    const answer = await broker.call('PUT', atBroker(row), { quantity: 3, name: 'Nytt navn' });
    expect(answer).toMatchObject({ status: 200, body: { id: row.id, quantity: 3, name: 'Nytt navn' } });
    const history = await broker.get<Change[]>(`${place(row)}/Subscriptionshistory/${row.id}`);
    expect(history.slice(0, 2)).toMatchObject([
      { action: 'Updated', property: 'Quantity', oldValue: String(row.quantity), newValue: '3' },
      { action: 'Updated', property: 'Name', newValue: 'Nytt navn' },
    ]);
    expect(history.at(-1)).toMatchObject({ action: 'Created' });
    expect(await broker.get(`${place(row)}/Subscriptions/history/${row.id}`)).toEqual(history);
  });

  test.each([{}, { quantity: 0 }, { quantity: 1.5 }, { quantity: '5' }, { quantity: 5, name: 7 }, [[]], null])(
    'with %j is a validation error by field',
    async (body) => {
      const answer = await broker.call('PUT', atBroker(counted()), body);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toMatch(/^\{"(Quantity|Name)":\["/);
    },
  );

  test('a metered subscription refuses a quantity', async () => {
    const answer = await broker.call('PUT', atBroker(metered()), { quantity: 5 });
    expect(answer).toMatchObject({ status: 400, body: [{ errorName: 'InvalidValue' }] });
    expect(await broker.call('PUT', atBroker(metered()), { name: 'by use' })).toMatchObject({
      body: { quantity: null },
    });
  });

  test('a subscription is missing under another organization or service', async () => {
    const row = counted();
    const other = given(rows.find(({ serviceId }) => serviceId !== row.serviceId));
    const astray = atBroker({ ...row, serviceId: other.serviceId });
    expect((await broker.call('GET', astray)).status).toBe(404);
    expect((await broker.call('PUT', astray, { quantity: 2 })).status).toBe(404);
  });
});

describe('creating', () => {
  test('needs a product of the price list; every list then contains the new row', async () => {
    const row = counted();
    const prices = await broker.get<{ productId: string }[]>(`${place(row)}/pricelist`);
    expect(
      await broker.get<unknown[]>(`/api/resellers/${row.resellerId}/services/${row.serviceId}/PriceList`),
    ).toHaveLength(prices.length);
    const body = { productId: given(prices[0]).productId, quantity: 7 };
    const answer = await broker.call('POST', `${place(row)}/subscriptions`, body);
    expect(answer).toMatchObject({
      status: 201,
      body: { status: 'Active', organizationId: row.organizationId, ...body },
    });
    const { id } = await broker.get<Row>(`${place(row)}/subscriptions/${JSON.parse(JSON.stringify(answer.body)).id}`);
    expect((await broker.get<Row[]>(`${place(row)}/subscriptions`)).map((each) => each.id)).toContain(id);
    expect((await seller.call('GET', atSeller({ ...row, id }))).status).toBe(200);
    expect(await broker.get(`${place(row)}/subscriptionshistory/${id}`)).toMatchObject([{ action: 'Created' }]);
  });

  test('is refused without a product, with another service’s, or without a quantity', async () => {
    const row = counted();
    const other = given(rows.find(({ serviceId }) => serviceId !== row.serviceId));
    const create = (body: unknown) => broker.call('POST', `${place(row)}/subscriptions`, body);
    expect(await create({ quantity: 1 })).toMatchObject({ status: 400, body: { ProductId: [expect.any(String)] } });
    expect(await create({ productId: other.productId, quantity: 1 })).toMatchObject({
      status: 400,
      body: [{ errorCode: 5 }],
    });
    expect(await create({ productId: row.productId })).toMatchObject({
      status: 400,
      body: { Quantity: [expect.any(String)] },
    });
  });
});

describe('licence keys', () => {
  test('are set by the seller if the service has them; the history hides them', async () => {
    const row = given(rows.find((each) => 'licenseKey' in each));
    expect((await seller.call('PUT', atSeller(row, 'SetLicenseKey/'), { licenseKey: 'NEW-KEY' })).status).toBe(204);
    expect(await seller.get<Row>(atSeller(row))).toMatchObject({ licenseKey: 'NEW-KEY' });
    const history = await broker.call('GET', `${place(row)}/subscriptionshistory/${row.id}`);
    expect(given(history.body)).toContainEqual(expect.objectContaining({ action: 'LicenseKeySet' }));
    expect(JSON.stringify(history.body)).not.toContain('NEW-KEY');
  });

  test('are refused if the service has none, or if empty', async () => {
    const row = given(rows.find((each) => !('licenseKey' in each)));
    const set = (body: unknown) => seller.call('PUT', atSeller(row, 'SetLicenseKey/'), body);
    expect(await set({ licenseKey: 'K' })).toMatchObject({ status: 400, body: [{ errorName: 'OperationNotAllowed' }] });
    expect(await set({ licenseKey: ' ' })).toMatchObject({ status: 400, body: { LicenseKey: [expect.any(String)] } });
  });
});
