import { describe, expect, test } from 'vitest';
import { given } from './running.ts';
import { heldClock, opened, signIn, type Visitor, visitor } from './visitor.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
}
interface Row extends Thing {
  readonly serviceId: string;
  readonly resellerId: string;
  readonly organizationId: string;
  readonly sellerId?: string;
  readonly status?: unknown;
}

const sellerRoot = ({ settings }: Visitor) => `/api/sellers/${settings.sellerId}`;
const brokerRoot = ({ settings }: Visitor) => `/api/resellers/${settings.resellerId}`;

describe('credentials', () => {
  test.each([
    ['password', { password: 'wrong' }, 'invalid_grant'],
    ['client secret', { clientSecret: 'wrong' }, 'invalid_client'],
  ])('a wrong %s gets no token', async (_, wrong, error) => {
    const sandbox = await opened();
    const { name, settings, secrets } = given(sandbox.connections[0]);
    const answer = await signIn(name, settings, { ...secrets, ...wrong });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error }]);
  });

  test('accepts client id and secret in a Basic header too', async () => {
    const sandbox = await opened();
    const { settings, secrets } = given(sandbox.connections[0]);
    const authorization = `Basic ${btoa(`${settings.clientId}:${secrets.clientSecret}`)}`;
    const form = { grant_type: 'password', username: given(settings.username), password: given(secrets.password) };
    const body = new URLSearchParams(form);
    const answer = await fetch(given(settings.tokenUrl), { method: 'POST', headers: { authorization }, body });
    expect(await answer.json()).toMatchObject({ expires_in: 86_400, token_type: 'Bearer' });
  });

  test('a token lives 24 hours', async () => {
    const clock = heldClock();
    const seller = await visitor(await opened({}, clock), 'cloudmore-seller');
    clock.advance(23.9 * 3_600_000);
    expect((await seller.call('GET', `${sellerRoot(seller)}/services`)).status).toBe(200);
    clock.advance(0.2 * 3_600_000);
    const answer = await seller.call('GET', `${sellerRoot(seller)}/services`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('each level is closed to the other, and to other sellers and resellers', async () => {
    const sandbox = await opened();
    const seller = await visitor(sandbox, 'cloudmore-seller');
    const broker = await visitor(sandbox, 'cloudmore-reseller');
    const [, other] = await seller.get<Thing[]>(`${sellerRoot(seller)}/resellers`);
    const statuses = [
      await seller.call('GET', `${brokerRoot(broker)}/organizations`),
      await broker.call('GET', `${sellerRoot(seller)}/subscriptions`),
      await broker.call('GET', `/api/resellers/${given(other).id}/organizations`),
      await seller.call('GET', `/api/sellers/${given(other).id}/services`),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 403, 403]);
  });

  test('throttles after 3000 calls a minute until the minute is over', async () => {
    const clock = heldClock();
    const seller = await visitor(await opened({}, clock), 'cloudmore-seller');
    const path = `${sellerRoot(seller)}/sellerorganizations/x`;
    for (let round = 0; round < 30; round++)
      await Promise.all(Array.from({ length: 100 }, () => seller.call('GET', path)));
    const refused = await seller.call('GET', path);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    clock.advance(60_000);
    expect((await seller.call('GET', path)).status).toBe(404);
  });
});

describe('the tree', () => {
  test('paths are case-insensitive, ids are not', async () => {
    const seller = await visitor(await opened(), 'cloudmore-seller');
    const { sellerId = '' } = seller.settings;
    expect((await seller.call('GET', `/API/Sellers/${sellerId}/RESELLERS/`)).status).toBe(200);
    expect((await seller.call('GET', `/api/sellers/${sellerId.toUpperCase()}/resellers`)).status).toBe(403);
  });

  test('brokers include more than resellers, and each opens by its id', async () => {
    const seller = await visitor(await opened(), 'cloudmore-seller');
    const resellers = await seller.get<Thing[]>(`${sellerRoot(seller)}/resellers`);
    const brokers = await seller.get<Thing[]>(`${sellerRoot(seller)}/brokers`);
    expect(brokers.length).toBeGreaterThan(resellers.length);
    expect(await seller.get(`${sellerRoot(seller)}/brokers/${brokers.at(-1)?.id}`)).toEqual(brokers.at(-1));
    expect((await seller.call('GET', `${sellerRoot(seller)}/resellers/${brokers.at(-1)?.id}`)).status).toBe(404);
  });

  test('lists services, their products and add-ons', async () => {
    const seller = await visitor(await opened(), 'cloudmore-seller');
    const services = await seller.get<Thing[]>(`${sellerRoot(seller)}/services`);
    const backup = given(services.find(({ name }) => name === 'Backup'));
    const root = `${sellerRoot(seller)}/services/${backup.id}`;
    const products = await seller.get<Thing[]>(`${root}/products`);
    expect(await seller.get(root)).toEqual(backup);
    expect(await seller.get(`${root}/products/${products[0]?.id}`)).toEqual(products[0]);
    expect(await seller.get(`${root}/products/${products[0]?.id}/addons`)).toHaveLength(2);
    expect(await seller.get(`${root}/resellers`)).not.toEqual([]);
    expect((await seller.call('GET', `${sellerRoot(seller)}/services/csp`)).status).toBe(404);
  });

  test('opens an organization by id at both levels, with its services', async () => {
    const sandbox = await opened();
    const broker = await visitor(sandbox, 'cloudmore-reseller');
    const seller = await visitor(sandbox, 'cloudmore-seller');
    const organization = given((await broker.get<Thing[]>(`${brokerRoot(broker)}/organizations`))[0]);
    const root = `${brokerRoot(broker)}/Organizations/${organization.id}`;
    expect(await broker.get(root)).toEqual(organization);
    expect(await seller.get(`${sellerRoot(seller)}/SellerOrganizations/${organization.id}`)).toEqual(organization);
    for (const service of await broker.get<Thing[]>(`${root}/services`)) {
      expect(await broker.get(`${root}/services/${service.id}`)).toEqual(service);
      expect(await broker.get(`${root}/services/${service.id}/subscriptions`)).not.toEqual([]);
    }
  });

  test('the seller’s list is the sum of its services, however it is requested', async () => {
    const sandbox = await opened({ scale: 1500 });
    const seller = await visitor(sandbox, 'cloudmore-seller');
    const broker = await visitor(sandbox, 'cloudmore-reseller');
    const all = await seller.get<Row[]>(`${sellerRoot(seller)}/subscriptions`);
    const services = await broker.get<Thing[]>(`${brokerRoot(broker)}/services`);
    const organizations = await broker.get<Thing[]>(`${brokerRoot(broker)}/organizations`);
    const gather = async (paths: readonly string[], who: Visitor) =>
      (await Promise.all(paths.map((path) => who.get<Row[]>(path)))).flat().map(({ id }) => id);
    const ofSeller = services.map(({ id }) => `${sellerRoot(seller)}/subscriptions/service/${id}`);
    const ofBroker = services.map(({ id }) => `${brokerRoot(broker)}/services/${id}/subscriptions`);
    const ofPlaces = organizations.flatMap(({ id }) =>
      services.map((service) => `${brokerRoot(broker)}/organizations/${id}/services/${service.id}/subscriptions`),
    );
    const own = all.filter(({ resellerId }) => resellerId === broker.settings.resellerId).map(({ id }) => id);
    expect((await gather(ofSeller, seller)).sort()).toEqual(all.map(({ id }) => id).sort());
    expect((await gather(ofBroker, broker)).sort()).toEqual([...own].sort());
    expect((await gather(ofPlaces, broker)).sort()).toEqual([...own].sort());
    expect(own.length).toBeGreaterThan(20);
  });

  test('the dataset contains broken rows, odd statuses and many scripts', async () => {
    const seller = await visitor(await opened({ scale: 6000 }), 'cloudmore-seller');
    const all = await seller.get<(Row & { readonly name: string | null; readonly organizationName: string | null })[]>(
      `${sellerRoot(seller)}/subscriptions`,
    );
    expect(all.some(({ name }) => name === null)).toBe(true);
    expect(all.some((row) => !('status' in row))).toBe(true);
    expect(new Set(all.map(({ status }) => typeof status))).toContain('object');
    const names = all.map(({ name, organizationName }) => `${name} ${organizationName}`).join(' ');
    for (const script of [
      /\p{Script=Han}/u,
      /\p{Script=Hangul}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Greek}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /ø/,
      /\u001b/,
      /\u202e/,
    ])
      expect(names).toMatch(script);
  });
});

describe('errors', () => {
  test('an unsupported method is a 405 without a body, an unknown path a 404', async () => {
    const seller = await visitor(await opened(), 'cloudmore-seller');
    expect(await seller.call('PATCH', `${sellerRoot(seller)}/subscriptions/x`)).toMatchObject({
      status: 405,
      body: '',
    });
    expect(await seller.call('GET', `${sellerRoot(seller)}/nothing`)).toMatchObject({ status: 404, body: '' });
  });

  test('a missing resource is an array of business errors', async () => {
    const seller = await visitor(await opened(), 'cloudmore-seller');
    const answer = await seller.call('GET', `${sellerRoot(seller)}/subscriptions/none`);
    expect(answer).toMatchObject({ status: 404, body: [{ errorName: 'NotFound' }] });
  });
});
