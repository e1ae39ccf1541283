import { describe, expect, test } from 'vitest';
import { connected, given, json, served } from './running.ts';
import { type Page, type Row, signedIn } from './vmware-session.ts';

type Refusal = { readonly error_messages: readonly string[] };
type NodeTree = readonly { readonly customers: readonly { customerOrgId: string; serviceRef: unknown[] }[] }[];

const all = { filters: [{ key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'true' }] };

describe('signing in', () => {
  test('an API token is exchanged for an access token with an expiry time', async () => {
    const { origin, apiToken } = await session();
    const answer = await exchange(origin, { refreshToken: apiToken });
    expect(answer.status).toBe(201);
    const { accessToken } = await json<{ accessToken: string }>(answer);
    const claims = JSON.parse(Buffer.from(given(accessToken.split('.')[1]), 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(1800);
  });

  test('another API token, or none, is refused', async () => {
    const { origin } = await session();
    expect((await exchange(origin, { refreshToken: 'another' })).status).toBe(400);
    expect((await exchange(origin, {})).status).toBe(400);
  });

  test('accepts the token in csp-auth-token only', async () => {
    const { origin, orgId, token } = await session();
    const path = `${origin}/cphub/api/seller/v1/distributors/${orgId}/usage/customers`;
    expect((await fetch(path, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await fetch(path, { headers: { 'csp-auth-token': token } })).status).toBe(200);
  });

  test('the log contains neither the API token nor an access token', async () => {
    const { origin, apiToken, token } = await session();
    const log = JSON.stringify(await served(origin));
    expect(log).toContain('accesstoken');
    expect(log).not.toContain(apiToken);
    expect(log).not.toContain(token);
  });
});

describe('searching', () => {
  test('omits inactive ones and sorts by end date, unless asked otherwise', async () => {
    const { walk } = await session();
    const active = await walk(undefined);
    const everything = await walk(all);
    expect(active.rows.map(({ status }) => status)).not.toContain('EXPIRED');
    expect(everything.rows.length).toBeGreaterThan(active.rows.length);
    const ends = everything.rows.map((row) => row.subscriptionEndDate ?? '9999');
    expect(ends).toEqual([...ends].sort());
    const backwards = await walk({ ...all, sorter: { key: 'SUBSCRIPTION_END_DATE', operator: 'DESC' } });
    expect(backwards.rows.map(({ id }) => id)).toEqual(everything.rows.map(({ id }) => id).reverse());
  });

  test('finds by customer, by part of a name in any case, and by billing engine id', async () => {
    const { walk } = await session();
    const wanted = given(
      (await walk(undefined)).rows.find(({ customerRef }) => /[a-z]{4}/i.test(customerRef?.name ?? '')),
    );
    const name = given(wanted.customerRef).name;
    const byName = await walk({
      filters: [{ key: 'CUSTOMER_NAME', operator: 'LIKE', value: name.slice(1).toUpperCase() }],
    });
    expect(byName.rows.map(({ id }) => id)).toContain(wanted.id);
    expect(new Set(byName.rows.map((row) => row.customerRef?.name))).toEqual(new Set([name]));
    const billing = {
      key: 'BILLING_ENGINE_SUBSCRIPTION_ID',
      operator: 'EQUALS',
      value: wanted.billingEngineSubscriptionId,
    };
    expect((await walk({ filters: [billing] })).rows.map(({ id }) => id)).toEqual([wanted.id]);
  });

  test.each([
    ['an unknown key', { filters: [{ key: 'RESELLER_COLOUR', operator: 'EQUALS', value: 'red' }] }],
    ['an unknown operator', { filters: [{ key: 'CUSTOMER_NAME', operator: 'SOUNDS_LIKE', value: 'Coke' }] }],
    ['an unknown sorter', { sorter: { key: 'SHOE_SIZE', operator: 'ASC' } }],
  ])('%s is a 400 that says so', async (_what, body) => {
    const { search } = await session();
    const answer = await search(body, '');
    expect(answer.status).toBe(400);
    expect((await json<Refusal>(answer)).error_messages[0]).toMatch(/^Unknown/);
  });
});

describe('paging', () => {
  test('returns at most 100 results at once; following `next` reads every row once', async () => {
    const { walk } = await session(5000);
    const { rows, total, longest } = await walk(all, 'pageLimit=5000');
    expect(longest).toBe(100);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
    expect(rows.length).toBe(total);
  });

  test('a short page is not always the last one', async () => {
    const { search } = await session(5000);
    const page = await json<Page>(search(all, '?pageLimit=10&pageStart=61'));
    expect(page.results).toHaveLength(5);
    expect(page.next).toBe(66);
  });

  test('the last page has five forms, depending on the page size', async () => {
    const { search } = await session();
    const { totalResultsCount: total } = await json<Page>(search(all, ''));
    const lasts = new Set<unknown>();
    for (let limit = 31; limit <= 35; limit++) {
      const page = await json<Page>(search(all, `?pageLimit=${limit}&pageStart=${total - 4}`));
      lasts.add(page.next);
    }
    expect(lasts).toEqual(new Set([undefined, 0, total - 4, total, total + 1]));
  });

  test('beyond the end a page is empty', async () => {
    const { search } = await session();
    const page = await json<Page>(search(all, '?pageStart=900000'));
    expect(page.results).toEqual([]);
  });

  test('refuses a page index that starts at zero', async () => {
    const { search } = await session();
    expect((await search(all, '?pageStart=0')).status).toBe(400);
  });
});

test('a single subscription has other date names, and its offers', async () => {
  const { get, walk } = await session(5000);
  const row = given((await walk(all)).rows.find(({ id }) => id.includes('/')));
  const detail = await json(get(`/subscriptions/${encodeURIComponent(row.id)}`));
  expect(detail).toMatchObject({
    id: row.id,
    startDate: row.subscriptionStartDate,
    offerGroup: { offers: expect.any(Array) },
  });
  expect(detail).not.toHaveProperty('subscriptionStartDate');
  expect((await get('/subscriptions/no-such')).status).toBe(404);
});

test('lists customers under their resellers, including those without subscriptions', async () => {
  const { get, walk } = await session();
  const tree = await json<NodeTree>(get('/usage/customers'));
  const customers = tree.flatMap((reseller) => reseller.customers);
  const known = new Set(customers.map(({ customerOrgId }) => customerOrgId));
  expect(customers.some(({ serviceRef }) => serviceRef.length === 0)).toBe(true);
  const bought = (await walk(all)).rows.flatMap((row: Row) => row.customerOrgId ?? []);
  expect(bought.every((orgId) => known.has(orgId))).toBe(true);
});

test('an organization that is not a distributor is a 404 that says what it is', async () => {
  const { origin, token, orgId } = await session();
  const headers = { 'csp-auth-token': token };
  const { loggedInUserOrgs } = await json<{ loggedInUserOrgs: string[] }>(
    fetch(`${origin}/cphub/api/auth/v1/loggedinuser/orgs`, { headers }),
  );
  expect(loggedInUserOrgs).toContain(orgId);
  const other = given(loggedInUserOrgs.find((org: string) => org !== orgId));
  const answer = await fetch(`${origin}/cphub/api/seller/v1/distributors/${other}/usage/customers`, { headers });
  expect(answer.status).toBe(404);
  expect((await json<Refusal>(answer)).error_messages[0]).toContain('not a distributor organization');
});

test('refuses every change', async () => {
  const { origin, token, orgId } = await session();
  const path = `${origin}/cphub/api/seller/v1/distributors/${orgId}/subscriptions/34563`;
  for (const method of ['DELETE', 'PATCH', 'PUT', 'POST']) {
    expect((await fetch(path, { method, headers: { 'csp-auth-token': token } })).status).toBe(405);
  }
});

async function session(scale = 1000) {
  return signedIn(await connected('vmware', { scale }));
}

function exchange(origin: string, body: unknown): Promise<Response> {
  return fetch(`${origin}/cphub/api/auth/v1/authn/accesstoken`, { method: 'POST', body: JSON.stringify(body) });
}
