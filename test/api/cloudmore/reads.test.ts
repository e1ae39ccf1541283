import { expect, test } from 'vitest';
import { FaultError } from '../../../src/model/fault.ts';
import { able, connected, createVendor, firstRow, syncAll } from '../fixtures/adapter.ts';
import { json, serve } from '../fixtures/server.ts';
import { faultOf } from '../fixtures/setup.ts';

test.each(['1', '8'])('a seller syncs its whole list, empty resellers too, concurrency %s', async (concurrency) => {
  const { vendor } = await connected('cloudmore-seller', {}, { concurrency });
  const { rows, nodes, complete, missing } = await syncAll(vendor);
  expect([complete, missing]).toEqual([true, []]);
  expect(new Set(rows.map(({ subscription }) => subscription.id)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(300);
  expect(rows.some(({ subscription }) => subscription.status === 'cancelled')).toBe(true);
  const named = (level: string) => new Set(nodes.filter((node) => node.level === level).map(({ id }) => id));
  for (const { subscription } of rows) {
    expect(named('reseller')).toContain(subscription.reseller?.id);
    expect(named('service')).toContain(subscription.services[0]?.id);
  }
  expect(named('seller').size).toBe(1);
});

test.each(['1', '8'])('a sync resumes after the service it stopped at, concurrency %s', async (concurrency) => {
  const { vendor, served } = await connected('cloudmore-seller', {}, { concurrency });
  const whole = await syncAll(vendor);
  const middle = whole.resumes.filter((mark) => mark !== null)[2] ?? '';
  const calls = (await served()).length;
  const rest = await syncAll(vendor, { resume: middle });
  expect(rest.complete).toBe(true);
  expect(rest.rows.length).toBeLessThan(whole.rows.length);
  const lists = (await served()).slice(calls).filter(({ path }) => path.includes('/subscriptions/service/'));
  expect(lists).toHaveLength(whole.nodes.filter(({ level }) => level === 'service').length - 3);
});

test('reads one branch without the others', async () => {
  const { vendor, served } = await connected('cloudmore-reseller');
  const { organization } = await firstRow(vendor, (row) => row.organization !== null);
  const before = (await served()).length;
  const within = { level: 'organization', connection: 'cloudmore-reseller', id: organization?.id ?? '' } as const;
  const { rows, nodes, complete } = await syncAll(vendor, { within });
  expect(complete).toBe(true);
  expect(new Set(rows.map(({ subscription }) => subscription.organization?.id))).toEqual(new Set([organization?.id]));
  expect(nodes.filter(({ level }) => level === 'organization').map(({ id }) => id)).toEqual([organization?.id]);
  const lists = (await served()).slice(before).filter(({ path }) => path.endsWith('/subscriptions'));
  expect(lists.filter(({ path }) => !path.includes(organization?.id ?? '?'))).toHaveLength(1);
  const names = new Set(rows.map(({ subscription }) => subscription.reseller?.name));
  expect(names).toEqual(new Set([(await firstRow(vendor, () => true)).reseller?.name]));
});

test.each(['cloudmore-seller', 'cloudmore-reseller'])(
  '%s reads one subscription exactly as its list shows it',
  async (name) => {
    const { vendor } = await connected(name);
    const row = await firstRow(vendor, ({ status }) => status === 'active');
    const fresh = await able(vendor.abilities.read)({ id: row.id, known: row });
    expect({ ...fresh?.subscription, readAt: '' }).toEqual({ ...row, readAt: '' });
    const alone = await able(vendor.abilities.read)({ id: row.id, known: null });
    expect({ ...alone?.subscription, readAt: '' }).toEqual({ ...row, readAt: '' });
    expect(await able(vendor.abilities.read)({ id: 'no-such/subscription', known: null })).toBeNull();
  },
);

test('a reseller reads history, add-ons, details and price lists', async () => {
  const { vendor } = await connected('cloudmore-reseller', { scale: 3000 });
  const { abilities } = vendor;
  const row = await firstRow(vendor, ({ status, product }) => status === 'active' && product !== null);
  const history = await able(abilities.history)(row);
  expect(history.at(-1)).toMatchObject({ action: 'Created' });
  const details = await able(abilities.details)(row);
  expect(details.map(({ title }) => title)).toEqual(['Licence key', 'Custom properties', 'More']);
  const where = { organization: row.organization?.id ?? null, service: row.services[0]?.id ?? null, reseller: null };
  const prices = await able(abilities.products)(where);
  expect(prices.map(({ id }) => id)).toContain(row.product?.id);
  expect(prices[0]?.price).toMatchObject({ kind: 'list', amount: expect.stringMatching(/^\d+\.\d\d$/) });
  expect(await able(abilities.products)({ ...where, organization: null })).toHaveLength(prices.length);
  expect((await faultOf(able(abilities.products)({ ...where, service: null }))).kind).toBe('usage');
  expect(Array.isArray(await able(abilities.addons)(row))).toBe(true);
});

test('finds a history that has moved and remembers its new path', async () => {
  const server = await serve((request, response) =>
    request.url?.includes('/Subscriptions/history/')
      ? json(response, 200, [{ action: 'Created' }])
      : json(response, 404, null),
  );
  const settings = { baseUrl: server.origin, level: 'reseller', resellerId: 'r' };
  const vendor = await createVendor('cloudmore', settings, { secrets: async () => ({ accessToken: 'given' }) });
  const row = (await firstRowOf('cloudmore-reseller')).row;
  for (let times = 0; times < 2; times++) expect(await able(vendor.abilities.history)(row)).toHaveLength(1);
  expect(server.seen.map(({ url }) => /Subscriptions.?history/.exec(url)?.[0])).toEqual([
    'Subscriptionshistory',
    'Subscriptions/history',
    'Subscriptions/history',
  ]);
  await server.stop();
});

async function firstRowOf(name: string) {
  const { vendor } = await connected(name);
  return { vendor, row: await firstRow(vendor, () => true) };
}

test('an ability missing at this level gives a reason that names the other level', async () => {
  const { abilities: seller } = (await connected('cloudmore-seller')).vendor;
  const { abilities: reseller } = (await connected('cloudmore-reseller')).vendor;
  for (const name of ['history', 'update', 'create', 'raiseQuantity', 'lowerQuantity'] as const) {
    expect(seller[name]).toMatchObject({
      because: 'connection',
      no: expect.stringContaining('a reseller-level connection can'),
    });
    expect(reseller[name]).toBeTypeOf('function');
  }
  for (const name of ['delete', 'setLicense'] as const) {
    expect(reseller[name]).toMatchObject({
      because: 'connection',
      no: expect.stringContaining('a seller-level connection can'),
    });
    expect(seller[name]).toBeTypeOf('function');
  }
});

test.each([
  ['a service that fails on every try', 'status', '1'],
  ['a service that fails on every try', 'status', '8'],
  ['a service whose list breaks off', 'truncate', '8'],
] as const)('%s (%s, concurrency %s) is reported as missing; the others are read', async (_, fault, concurrency) => {
  const { vendor } = await connected('cloudmore-seller');
  const clean = await syncAll(vendor);
  const service = clean.nodes.filter(({ level }) => level === 'service')[1]?.id ?? '';
  const path = `/api/sellers/*/subscriptions/service/${service}`;
  const { pathname } = new URL(`http://x${path}`);
  const sellerId = clean.nodes.find(({ level }) => level === 'seller')?.id ?? '';
  const order = { path: pathname.replace('*', sellerId), do: fault, status: 500 } as const;
  const faults = Array.from({ length: 3 }, () => order);
  const broken = await syncAll((await connected('cloudmore-seller', { faults }, { concurrency })).vendor);
  expect(broken.complete).toBe(false);
  expect(broken.missing.map(({ kind }) => kind)).toEqual(['unreachable']);
  const lost = clean.rows.filter(({ subscription }) => subscription.services[0]?.id === service).length;
  expect(broken.rows.length).toBeGreaterThanOrEqual(clean.rows.length - lost);
});

test('a wrong password is a fault that says how to set it', async () => {
  const { vendor } = await connected('cloudmore-seller');
  expect(vendor.id).toBe('cloudmore');
  const server = await serve((_, response) => json(response, 400, { error: 'invalid_grant' }));
  const settings = { baseUrl: server.origin, level: 'seller', sellerId: 's', username: 'u' };
  const wrong = await createVendor('cloudmore', settings, {
    secrets: async () => ({ password: 'wrong-one', clientSecret: 'c' }),
  });
  const fault = await faultOf(syncAll(wrong));
  expect(fault).toMatchObject({
    kind: 'signed-out',
    next: expect.stringContaining('subdeck connection set nordic'),
  });
  expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toEqual({
    grant_type: 'password',
    username: 'u',
    password: 'wrong-one',
    client_id: 'ro.customer.client',
    client_secret: 'c',
    scope: 'api',
  });
  await server.stop();
});

test('an address that is not https is refused before anything is sent', async () => {
  const settings = { baseUrl: 'http://api.cloudmore.com', level: 'seller', sellerId: 's' };
  await expect(createVendor('cloudmore', settings)).rejects.toBeInstanceOf(FaultError);
});
