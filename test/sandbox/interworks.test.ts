import { describe, expect, test } from 'vitest';
import { BadQuery, readFilter, type Value } from '../../src/sandbox/interworks/filter.ts';
import { given } from './running.ts';
import { heldClock, opened, signIn, visitor } from './visitor.ts';

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly quantity: number;
  readonly endDate: string;
  readonly account: { readonly id: number; readonly name: string };
}
interface Page<Item> {
  readonly data: readonly Item[];
  readonly pagination: {
    readonly page: number;
    readonly size: number;
    readonly totalItems: number;
    readonly totalPages: number;
  };
}

async function standard() {
  return visitor(await opened({ scale: 1200 }), 'interworks');
}

describe('credentials', () => {
  test('accepts the client’s key and secret in a Basic header only', async () => {
    const { connections } = await opened();
    const { settings, secrets } = given(connections.find(({ name }) => name === 'interworks'));
    const user = { grant_type: 'password', username: given(settings.username), password: given(secrets.password) };
    const form = { ...user, client_id: given(settings.clientKey), client_secret: given(secrets.clientSecret) };
    const answer = await fetch(given(settings.tokenUrl), { method: 'POST', body: new URLSearchParams(form) });
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'invalid_client' }]);
    const wrong = await signIn('interworks', settings, { ...secrets, password: 'wrong' });
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('a token lives an hour; then the answer is 401 with a Type', async () => {
    const clock = heldClock();
    const api = await visitor(await opened({}, clock), 'interworks');
    clock.advance(3_599_000);
    expect((await api.call('GET', '/api/accounts')).status).toBe(200);
    clock.advance(2000);
    expect(await api.call('GET', '/api/accounts')).toMatchObject({ status: 401, body: { Type: 'Unauthorized' } });
  });

  test('refuses an unknown version', async () => {
    const { origin, token } = await standard();
    const headers = { authorization: `Bearer ${token}`, 'x-api-version': '9' };
    expect((await fetch(`${origin}/api/accounts`, { headers })).status).toBe(400);
  });

  test('the Free edition reads its own smaller dataset and refuses changes', async () => {
    const sandbox = await opened({ scale: 1200 });
    const free = await visitor(sandbox, 'interworks-free');
    const full = await visitor(sandbox, 'interworks');
    const page = await free.get<Page<Row>>('/api/subscriptions');
    const row = given(page.data[0]);
    expect((await free.call('GET', `/api/subscriptions/${row.id}/characteristics`)).status).toBe(200);
    expect((await full.call('GET', `/api/subscriptions/${row.id}`)).status).toBe(404);
    for (const path of [`/api/subscriptions/${row.id}/cancel`, `/api/subscriptions/${row.id}/quantity`, '/api/orders'])
      expect(await free.call('POST', path, {})).toMatchObject({ status: 403, body: { Type: 'Forbidden' } });
  });

  test('too many calls a minute are a 403 that says when to retry', async () => {
    const api = await visitor(await opened({}, heldClock()), 'interworks');
    for (let round = 0; round < 30; round++)
      await Promise.all(Array.from({ length: 100 }, () => api.call('GET', '/api/accounts/1')));
    const answer = await api.call('GET', '/api/accounts/1');
    expect(answer).toMatchObject({ status: 403, body: { Type: 'RateLimitExceeded' } });
    expect(answer.headers.get('retry-after')).toBe('60');
  });
});

describe('lists', () => {
  test('all pages together contain each row once', async () => {
    const api = await standard();
    const first = await api.get<Page<Row>>('/api/Subscriptions?page=1&size=40');
    const ids = first.data.map(({ id }) => id);
    for (let page = 2; page <= first.pagination.totalPages; page++)
      ids.push(...(await api.get<Page<Row>>(`/api/subscriptions?page=${page}&size=40`)).data.map(({ id }) => id));
    expect(ids).toHaveLength(first.pagination.totalItems);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await api.get<Page<Row>>('/api/subscriptions?page=999')).data).toEqual([]);
  });

  test('clamps a size above the maximum and refuses an invalid one', async () => {
    const api = await standard();
    expect((await api.get<Page<Row>>('/api/subscriptions?size=1000000')).pagination.size).toBe(1000);
    for (const query of ['page=0', 'size=-1', 'size=ten'])
      expect((await api.call('GET', `/api/subscriptions?${query}`)).status).toBe(400);
  });

  test('filter and order combine', async () => {
    const api = await standard();
    const query = new URLSearchParams({
      $filter: "quantity gt 5 and status eq 'Active' and endDate gt datetime'2026-12-01'",
      $orderby: 'quantity desc, name',
      size: '1000',
    });
    const { data, pagination } = await api.get<Page<Row>>(`/api/subscriptions?${query}`);
    expect(data.length).toBeGreaterThan(5);
    expect(pagination.totalItems).toBe(data.length);
    expect(data.every((row) => row.quantity > 5 && row.status === 'Active' && row.endDate > '2026-12-01')).toBe(true);
    expect(data.map(({ quantity }) => quantity)).toEqual(data.map(({ quantity }) => quantity).sort((a, b) => b - a));
  });

  test('lists accounts and products, which open by their integer ids', async () => {
    const api = await standard();
    for (const list of ['accounts', 'products']) {
      const { data } = await api.get<Page<{ id: number; name: string }>>(`/api/${list}?$orderby=id desc&size=3`);
      expect(data).toHaveLength(3);
      expect(await api.get(`/api/${list}/${given(data[0]).id}`)).toEqual(data[0]);
    }
    expect((await api.call('GET', '/api/accounts/1')).status).toBe(404);
    const named = await api.get<Page<Row>>("/api/products?$filter=contains(name,'mail')");
    expect(named.data.map(({ name }) => name)).toContain('Mail Basic');
  });
});

describe('the filter language', () => {
  const row: Readonly<Record<string, Value>> = {
    name: "O'Brien Mail",
    qty: 12,
    on: true,
    ends: '2026-12-31T23:59:00+02:00',
    none: null,
  };
  const read = (text: string) => readFilter(text, (name) => Object.hasOwn(row, name))((name) => row[name]);

  test.each([
    ["name eq 'o''brien mail'", true],
    ["contains(Name, 'MAIL')", true],
    ["contains(name,'x')", false],
    ['qty gt 11 and qty lt 13', true],
    ['qty ge 13', false],
    ['qty ne 12', false],
    ['on eq true', true],
    ["ends gt datetime'2026-12-31'", true],
    ["ends gt datetime'2026-12-31T22:00:00.000'", false],
    ['none eq null', true],
    ['name ne null', true],
    ['none gt 1', false],
    ["qty eq '12'", false],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    '',
    'name',
    'name eq',
    'foo eq 1',
    'qty eq 1 or qty eq 2',
    "name like 'x'",
    'name eq x',
    "name eq 'x",
    "ends gt datetime'soon'",
    'qty eq 1 qty',
    'contains name',
  ])('refuses %s', (text) => {
    expect(() => read(text)).toThrow(BadQuery);
  });
});

describe('details', () => {
  test('an instalment plan is present, missing or null', async () => {
    const api = await standard();
    const { data } = await api.get<Page<Row>>('/api/subscriptions?size=6');
    const answers = await Promise.all(
      data.map(({ id }) => api.call('GET', `/api/subscriptions/${id}/currentInstallmentplan`)),
    );
    expect(new Set(answers.map(({ status, body }) => (status === 200 ? String(body === null) : status)))).toEqual(
      new Set(['true', 'false', 404]),
    );
  });

  test('characteristics and custom fields are lists of id, name, code and value', async () => {
    const api = await standard();
    const { id } = given((await api.get<Page<Row>>('/api/subscriptions?size=1')).data[0]);
    for (const what of ['characteristics', 'customfields'])
      expect(await api.get(`/api/subscriptions/${id}/${what}`)).toContainEqual({
        id: expect.any(Number),
        name: expect.any(String),
        code: expect.any(String),
        value: expect.any(String),
      });
  });
});
