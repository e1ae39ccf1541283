import { describe, expect, test } from 'vitest';
import { able, connected, createVendor, syncAll } from '../fixtures/adapter.ts';
import { json, serve } from '../fixtures/server.ts';
import { faultOf } from '../fixtures/setup.ts';

const scale = 1200;

describe.each([
  ...['page-size', 'page-index-0', 'page-index-1', 'page-index-strict', 'capped-offset'],
  ...['page-size-strict', 'page-index-only'],
])('lists paged by %s', (paging) => {
  const opened = () => connected('interworks', { scale, variants: { 'list-paging': paging } });

  test('are read completely, without a doubt reported', async () => {
    const { vendor } = await opened();
    const { rows, complete, missing } = await syncAll(vendor);
    expect([complete, missing]).toEqual([true, []]);
    expect(new Set(rows.map(({ subscription }) => subscription.id)).size).toBe(rows.length);
    const usual = await connected('interworks', { scale });
    expect(rows.length).toBe((await syncAll(usual.vendor)).rows.length);
  });

  test('resume after a page in another process', async () => {
    const { vendor } = await opened();
    const whole = await syncAll(vendor);
    const resume = whole.resumes.findLast((mark) => mark !== null) ?? '';
    const other = await connected('interworks', { scale, variants: { 'list-paging': paging } });
    const rest = await syncAll(other.vendor, { resume });
    expect(rest.complete).toBe(true);
    const last = (run: typeof rest) => run.rows.at(-1)?.subscription.id;
    if (rest.rows.length > 0) expect(last(rest)).toBe(last(whole));
  });
});

test('a list without paging ends in few calls and is reported as doubtful', async () => {
  const { vendor, served } = await connected('interworks', { scale, variants: { 'list-paging': 'none' } });
  const { complete, missing } = await syncAll(vendor);
  expect(complete).toBe(false);
  expect(missing.map(({ next }) => next)).toContainEqual(expect.stringContaining('assume.list-paging=none'));
  expect((await served()).filter(({ path }) => path === '/api/subscriptions').length).toBeLessThanOrEqual(3);
});

test.each([
  ['page-size', 'page-size'],
  ['page-index-0', 'page-index-0'],
  ['page-index-1', 'page-index-strict'],
  ['none', 'none'],
])('assume.list-paging=%s uses only those parameters where lists are paged by %s', async (assumed, paging) => {
  const settings = { 'assume.list-paging': assumed };
  const { vendor, served } = await connected('interworks', { scale, variants: { 'list-paging': paging } }, settings);
  const { complete, missing } = await syncAll(vendor);
  expect([complete, missing]).toEqual([true, []]);
  const names = new Set((await served()).flatMap(({ query }) => Object.keys(Object(query))));
  const pair = { 'page-size': ['page', 'size'], none: [] }[assumed] ?? ['pageIndex', 'pageSize'];
  expect([...names]).toEqual(pair);
});

test.each(['data', 'items', 'results', 'value'])('reads rows and total from %s and totalCount', async (field) => {
  const server = await serve(({ url }, response) =>
    /token/.test(url)
      ? json(response, 200, { access_token: 'token', expires_in: 600 })
      : json(response, 200, { [field]: [{ id: 'a' }], totalCount: 1 }),
  );
  const settings = { baseUrl: server.origin, edition: 'free', username: 'u', clientKey: 'key' };
  const vendor = await createVendor('interworks', settings);
  expect(await syncAll(vendor)).toMatchObject({ complete: true, rows: [{ subscription: { id: 'a' } }] });
  expect(server.seen.filter(({ url }) => url.startsWith('/api/subscriptions'))).toHaveLength(1);
  await server.stop();
});

test('a list refused with any parameters ends in few calls', async () => {
  const { vendor, served, order } = await connected('interworks');
  await order([{ vendor: 'interworks', path: '/api/accounts', do: 'status', status: 400 }]);
  expect((await faultOf(syncAll(vendor))).kind).toBe('refused');
  expect((await served()).filter(({ path }) => path === '/api/accounts')).toHaveLength(5);
});

test('does not repeat an index that was refused at 0 for another reason', async () => {
  const { vendor, served } = await connected('interworks', { variants: { 'list-paging': 'page-index-strict' } });
  await able(vendor.abilities.products)({ organization: null, service: null, reseller: null });
  await able(vendor.abilities.orders)();
  const indexes = (await served()).flatMap(({ path, query }) =>
    path === '/api/orders' ? [Object(query).pageIndex] : [],
  );
  expect(indexes).toEqual(['1']);
});
