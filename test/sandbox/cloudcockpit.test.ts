import { describe, expect, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/start.ts';
import { type Page, type Refusal, type Row, signedIn } from './cloudcockpit-session.ts';
import { connected, given, json, served } from './running.ts';

const scale = 5000;

describe('signing in', () => {
  test('client credentials give a token that lives just under an hour', async () => {
    const { token } = await session();
    expect(await json(token())).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  });

  test.each([
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client'],
    ['another scope', { scope: 'openid' }, 400, 'invalid_scope'],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('%s is refused', async (_what, fields, status, error) => {
    const { token } = await session();
    const answer = await token(fields);
    expect(answer.status).toBe(status);
    expect(await json(answer)).toMatchObject({ error });
  });

  test('an unknown token is a 401 without a body', async () => {
    const { call } = await session();
    const answer = await call('GET', '/v1/customers', undefined, { authorization: 'Bearer strange' });
    expect([answer.status, await answer.text()]).toEqual([401, '']);
  });

  test('a known tenant is required; errors return the correlation id', async () => {
    const { call } = await session();
    const id = '11111111-2222-4333-8444-555555555555';
    const missing = await call('GET', '/v1/customers', undefined, { 'x-tenant': '', 'x-correlation-id': id });
    expect(missing.status).toBe(400);
    expect(await json(missing)).toMatchObject({ correlationId: id, errors: [{ propertyName: 'X-Tenant' }] });
    const wrong = await call('GET', '/v1/customers', undefined, { 'x-tenant': 'other.example' });
    expect(wrong.status).toBe(404);
    expect((await json<Refusal>(wrong)).correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the log shows paths as sent and no secret', async () => {
    const { origin, call } = await session();
    await call('GET', '/v1/Customers?pageSize=1');
    const log = await served(origin);
    expect(log.at(-1)).toMatchObject({
      vendor: 'cloudcockpit',
      path: '/v1/Customers',
      query: { pageSize: '1' },
      status: 200,
    });
    expect(JSON.stringify(log)).not.toContain('sandbox-cloudcockpit-secret');
  });
});

describe('listing subscriptions', () => {
  test('pages of any size up to 2000 return every row once, by start date', async () => {
    const { everything, list } = await session();
    const rows = await everything();
    expect(new Set(rows.map(({ id }) => id)).size).toBe((await list()).totalCount);
    const starts = rows.map(({ startDate }) => Date.parse(startDate));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    const usual = await list();
    expect(usual).toMatchObject({ hasPreviousPage: false, hasNextPage: true, totalPages: Math.ceil(rows.length / 25) });
    expect(usual.items).toHaveLength(25);
    const last = await list(`pageSize=100&pageNumber=${Math.ceil(rows.length / 100)}`);
    expect(last).toMatchObject({ hasPreviousPage: true, hasNextPage: false, continuationToken: null });
  });

  test.each([
    ['pageSize=2001', 'PageSize'],
    ['pageSize=0', 'PageSize'],
    ['pageSize=many', 'PageSize'],
    ['pageNumber=0', 'PageNumber'],
    ['sortPropertyName=Colour', 'SortPropertyName'],
  ])('%s is a 400 that names %s', async (query, propertyName) => {
    const { call } = await session();
    const answer = await call('GET', `/v1/subscriptions?${query}`);
    expect(answer.status).toBe(400);
    expect(await json(answer)).toMatchObject({ errors: [{ propertyName }] });
  });

  test.each(['subscriptionStatuses', 'statuses'])(
    'filters one customer by several statuses where the filter is called %s',
    async (name) => {
      const { everything, call } = await session({ variants: { 'status-filter-name': name } });
      const rows = await everything();
      const suspended = given(rows.find(({ subscriptionStatus }) => subscriptionStatus.name === 'Suspended'));
      const own = rows.filter(({ customerId }) => customerId === suspended.customerId);
      const wanted = own.filter(({ subscriptionStatus }) => ['Suspended', 'Deleted'].includes(subscriptionStatus.name));
      const path = `/v1/customers/${suspended.customerId}/subscriptions?${name}=suspended%7CDeleted`;
      expect(idsOf(await json<Page<Row>>(call('GET', path)))).toEqual(wanted.map(({ id }) => id));
    },
  );

  test('filters one customer by offer and reseller, searches and sorts it', async () => {
    const { everything, call } = await session();
    const rows = await everything();
    const row = given(
      rows.find(
        ({ resellerId, customerId }) =>
          resellerId && rows.filter((other) => other.customerId === customerId).length > 8,
      ),
    );
    const own = rows.filter(({ customerId }) => customerId === row.customerId);
    const list = (query: string) =>
      json<Page<Row>>(call('GET', `/v1/customers/${row.customerId}/subscriptions?pageSize=2000&${query}`));
    expect(idsOf(await list(`offerId=${row.offerId}`))).toEqual(
      own.filter(({ offerId }) => offerId === row.offerId).map(({ id }) => id),
    );
    expect(idsOf(await list(`resellerId=${row.resellerId}`))).toEqual(own.map(({ id }) => id));
    expect((await list(`resellerId=${row.id}`)).items).toBeNull();
    expect(idsOf(await list(`searchValue=${encodeURIComponent(row.offerName.toUpperCase())}`))).toContain(row.id);
    const names = given((await list('sortPropertyName=Offer.Name&ascendingOrder=false')).items).map(
      ({ offerName }) => offerName,
    );
    expect(names).toEqual([...names].sort().reverse());
  });

  test('the dataset has direct customers, add-ons, trials, placeholders, rare words', async () => {
    const { everything, call } = await session();
    const rows = await everything();
    const ids = new Set(rows.map(({ id }) => id));
    const parents = rows.filter(({ isAddonOffer, internalId }) => isAddonOffer && internalId !== 'string');
    expect(parents.length).toBeGreaterThan(0);
    expect(parents.every(({ parentSubscriptionId }) => ids.has(given(parentSubscriptionId)))).toBe(true);
    expect(rows.some(({ resellerId }) => resellerId === null)).toBe(true);
    expect(rows.some(({ isTrialOffer, listPrice }) => isTrialOffer && listPrice === null)).toBe(true);
    expect(rows.some(({ parentSubscriptionId }) => parentSubscriptionId === 'string')).toBe(true);
    expect(rows.some(({ subscriptionStatus }) => subscriptionStatus.name === 'PendingTransfer')).toBe(true);
    const data = given(rows.find(({ providerData }) => providerData?.startsWith('{'))?.providerData);
    expect(JSON.parse(data)).toHaveProperty('productType');
    expect(await (await call('GET', '/v1/subscriptions?pageSize=100')).text()).toMatch(/"value":\d+\.\d{12,}/);
  });
});

describe('roles', () => {
  test('lists resellers and customers, each customer with its reseller', async () => {
    const { call } = await session();
    const resellers = given((await json<Page<{ id: string }>>(call('GET', '/v1/Resellers?pageSize=2000'))).items);
    const customers = given(
      (await json<Page<{ id: string; resellerId: string | null }>>(call('GET', '/v1/Customers?pageSize=2000'))).items,
    );
    const known = new Set(resellers.map(({ id }) => id));
    expect(customers.every(({ resellerId }) => resellerId === null || known.has(resellerId))).toBe(true);
    expect(customers.some(({ resellerId }) => resellerId === null)).toBe(true);
    const one = given(customers[0]);
    expect(await json(call('GET', `/v1/Customers/${one.id}`))).toEqual(one);
    expect((await call('GET', '/v1/resellers/none')).status).toBe(404);
  });

  test('a reseller sees its customers without list prices, and a bare 403 elsewhere', async () => {
    const connection = await connected('cloudcockpit', { scale });
    const { everything } = await signedIn(connection);
    const { call } = await signedIn(connection, 'reseller');
    const customers = given(
      (await json<Page<{ id: string; resellerId: string }>>(call('GET', '/v1/customers?pageSize=2000'))).items,
    );
    const [resellerId] = new Set(customers.map((customer) => customer.resellerId));
    expect(customers.every((customer) => customer.resellerId === resellerId)).toBe(true);
    const rows = await everything();
    const own = given(rows.find((row) => row.resellerId === resellerId && row.listPrice !== null));
    const seen = await json<Page<Row>>(call('GET', `/v1/customers/${own.customerId}/subscriptions?pageSize=2000`));
    expect(given(seen.items).find(({ id }) => id === own.id)?.listPrice).toBeNull();
    const foreign = given(rows.find((row) => row.resellerId !== resellerId));
    for (const path of ['/v1/subscriptions', '/v1/resellers', `/v1/customers/${foreign.customerId}/subscriptions`]) {
      const answer = await call('GET', path);
      expect([answer.status, await answer.text()]).toEqual([403, '']);
    }
  });

  test('a customer sees only itself', async () => {
    const connection = await connected('cloudcockpit', { scale });
    const rows = await (await signedIn(connection)).everything();
    const { call } = await signedIn(connection, 'customer');
    expect((await call('GET', '/v1/customers')).status).toBe(403);
    const statuses = new Set<number>();
    for (const id of new Set(rows.map(({ customerId }) => customerId))) {
      statuses.add((await call('GET', `/v1/customers/${id}/subscriptions`)).status);
    }
    expect(statuses).toEqual(new Set([200, 403]));
  });
});

test('an unknown customer and another customer’s subscription are 404', async () => {
  const { call, everything } = await session();
  const [row, ...others] = await everything();
  const other = given(others.find(({ customerId }) => customerId !== row?.customerId));
  expect((await call('GET', `/v1/customers/${other.id}/subscriptions`)).status).toBe(404);
  expect((await call('GET', `/v1/customers/${other.customerId}/subscriptions/${row?.id}`)).status).toBe(404);
});

async function session(options: SandboxOptions = {}) {
  return signedIn(await connected('cloudcockpit', { scale, ...options }));
}

function idsOf(page: Page<Row>): readonly string[] {
  return (page.items ?? []).map(({ id }) => id);
}
