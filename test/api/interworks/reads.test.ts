import { expect, test } from 'vitest';
import { able, connected, createVendor, firstRow, syncAll } from '../fixtures/adapter.ts';
import { json, type Script, serve } from '../fixtures/server.ts';
import { faultOf } from '../fixtures/setup.ts';

test.each(['1', '8'])('reads the whole list, empty accounts too, concurrency %s', async (concurrency) => {
  const { vendor } = await connected('interworks', { scale: 4000 }, { concurrency });
  const { rows, nodes, complete, missing } = await syncAll(vendor);
  expect([complete, missing]).toEqual([true, []]);
  expect(rows.length).toBeGreaterThan(500);
  expect(new Set(rows.map(({ subscription }) => subscription.id)).size).toBe(rows.length);
  const accounts = new Set(nodes.map(({ id }) => id));
  const organizations = rows.flatMap(({ subscription }) => subscription.organization?.id ?? []);
  for (const id of organizations) expect(accounts).toContain(id);
  expect(organizations.length).toBeGreaterThan(500);
});

test.each(['1', '8'])('a sync resumes after the page it stopped at, concurrency %s', async (concurrency) => {
  const { vendor } = await connected('interworks', { scale: 4000 }, { concurrency });
  const whole = await syncAll(vendor);
  const mark = whole.resumes.find((resume) => resume !== null) ?? '';
  const rest = await syncAll(vendor, { resume: mark });
  expect(rest).toMatchObject({ complete: true, nodes: [] });
  expect(rest.rows.map(({ subscription }) => subscription.id)).toEqual(
    whole.rows.slice(200).map(({ subscription }) => subscription.id),
  );
});

test('reads one account without the others', async () => {
  const { vendor } = await connected('interworks');
  const { organization } = await firstRow(vendor, (row) => row.organization !== null);
  const within = { level: 'organization', connection: 'interworks', id: organization?.id ?? '' } as const;
  const { rows, nodes } = await syncAll(vendor, { within });
  expect(new Set(rows.map(({ subscription }) => subscription.organization?.id))).toEqual(new Set([organization?.id]));
  expect(nodes.map(({ id }) => id)).toEqual([organization?.id]);
});

test('reads one subscription, its add-ons, characteristics, plan and custom fields', async () => {
  const { vendor } = await connected('interworks');
  const row = await firstRow(vendor, ({ status }) => status === 'active');
  const fresh = await able(vendor.abilities.read)({ id: row.id, known: null });
  expect({ ...fresh?.subscription, readAt: '' }).toEqual({ ...row, readAt: '' });
  expect(await able(vendor.abilities.read)({ id: 'no/such', known: null })).toBeNull();
  const details = await able(vendor.abilities.details)(row);
  expect(details.map(({ title }) => title)).toEqual(['Characteristics', 'Instalment plan', 'Custom fields', 'More']);
  expect(details[0]?.fields.length).toBeGreaterThan(0);
  expect(Array.isArray(await able(vendor.abilities.addons)(row))).toBe(true);
});

test('a live search asks the platform and returns only possible matches', async () => {
  const { vendor, served } = await connected('interworks', { scale: 3000 });
  const rows: (number | null)[] = [];
  const filter = [{ kind: 'number', field: 'qty', comparison: '>', value: '20', negated: false }] as const;
  const query = { filter, search: null, sort: { field: 'qty', descending: true }, within: [], limit: null };
  for await (const page of able(vendor.abilities.search)(query))
    rows.push(...page.rows.map(({ subscription }) => subscription.quantity));
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.every((quantity) => quantity !== null && quantity > 20)).toBe(true);
  expect(rows).toEqual([...rows].sort((a, b) => (b ?? 0) - (a ?? 0)));
  expect((await served()).at(-1)?.query).toMatchObject({ $filter: 'quantity gt 20', $orderby: 'quantity desc' });
});

test('the Free edition reads and gives a reason for refusing writes', async () => {
  const { vendor } = await connected('interworks-free');
  expect((await syncAll(vendor)).complete).toBe(true);
  for (const name of ['cancel', 'lowerQuantity', 'raiseQuantity', 'cancelAddon'] as const) {
    expect(vendor.abilities[name]).toMatchObject({
      because: 'connection',
      no: expect.stringContaining('Free edition'),
    });
  }
});

async function against(script: Script) {
  const server = await serve((request, response, nth) =>
    request.url === '/oauth/token'
      ? json(response, 200, { access_token: `token-${nth}`, expires_in: 600 })
      : script(request, response, nth),
  );
  const settings = { baseUrl: server.origin, edition: 'standard', username: 'u', clientKey: 'key' };
  const vendor = await createVendor('interworks', settings, {
    secrets: async () => ({ password: 'pass-word', clientSecret: 'secret' }),
  });
  return { server, read: () => able(vendor.abilities.read)({ id: '1', known: null }), vendor };
}

test('signs in by password with the client in a Basic header; calls name a version', async () => {
  const { server, read } = await against((_, response) => json(response, 200, { id: '1' }));
  await read();
  const [token, call] = server.seen;
  expect(token?.body).toBe('grant_type=password&username=u&password=pass-word');
  expect(token?.headers.authorization).toBe(`Basic ${Buffer.from('key:secret').toString('base64')}`);
  expect(call?.headers).toMatchObject({ 'x-api-version': '3.0', authorization: 'Bearer token-1' });
  await server.stop();
});

test('retries a read answered 500 once with a new sign-in', async () => {
  const { server, read } = await against((request, response) =>
    request.headers.authorization === 'Bearer token-1' ? json(response, 500, null) : json(response, 200, { id: '1' }),
  );
  expect((await read())?.subscription.id).toBe('1');
  expect(server.seen.filter(({ url }) => url === '/oauth/token')).toHaveLength(2);
  await server.stop();
});

test.each<[string, Script, number]>([
  ['says nothing of throttling', (_, response) => json(response, 403, { Type: 'Forbidden' }), 1],
  ['asks to wait', (_, response) => json(response, 403, null, { 'retry-after': '1' }), 3],
  ['names the rate limit', (_, response) => json(response, 403, { Message: 'Rate limit hit.' }), 3],
])('[fault 20] a 403 that %s', async (_, script, tries) => {
  const { server, read } = await against(script);
  const fault = await faultOf(read());
  expect(fault.kind).toBe(tries === 1 ? 'denied' : 'unreachable');
  expect(server.seen.filter(({ url }) => url !== '/oauth/token')).toHaveLength(tries);
  await server.stop();
});

test('a licence key is masked in every section, also where a text repeats it', async () => {
  const parts: Readonly<Record<string, readonly object[]>> = {
    characteristics: [{ name: 'License key', value: 'SECRET-KEY-1' }],
    currentInstallmentplan: [{ name: 'Note', value: 'paid for SECRET-KEY-1' }],
    customfields: [{ name: 'Remarks', value: 'the key is SECRET-KEY-1, not OTHER-KEY-2' }],
  };
  const { server, vendor } = await against(({ url = '' }, response) => {
    const object = { id: '1', licenseKey: 'OTHER-KEY-2', hint: 'OTHER-KEY-2' };
    json(response, 200, url.endsWith('/1') ? object : (parts[url.split('/').at(-1) ?? ''] ?? []));
  });
  const row = await able(vendor.abilities.read)({ id: '1', known: null });
  if (!row) throw new Error('No row was read.');
  const details = JSON.stringify(await able(vendor.abilities.details)(row.subscription));
  expect(details).not.toMatch(/SECRET-KEY-1|OTHER-KEY-2/);
  expect(details).toContain('the key is •••, not •••');
  expect(details).toContain('paid for •••');
  await server.stop();
});

test.each<[string, Script]>([
  ['404', (_, response) => json(response, 404, null)],
  ['null', (_, response) => json(response, 200, null)],
  ['nothing', (_, response) => response.writeHead(204).end()],
])('a plan answered with %s is empty', async (_, script) => {
  const { server, vendor } = await against((request, response, nth) => {
    if (request.url?.endsWith('/currentInstallmentplan')) return script(request, response, nth);
    return json(response, 200, request.url?.endsWith('/1') ? { id: '1', costCentre: 'K 7' } : []);
  });
  const row = await able(vendor.abilities.read)({ id: '1', known: null });
  if (!row) throw new Error('No row was read.');
  const details = await able(vendor.abilities.details)(row.subscription);
  expect(details[1]).toMatchObject({
    title: 'Instalment plan',
    fields: [],
    empty: 'The subscription has no instalment plan.',
  });
  expect(details[3]?.fields).toEqual([{ label: 'Cost centre', value: 'K 7' }]);
  await server.stop();
});

test('reads a bare array; a row without an id makes the sync incomplete', async () => {
  const { server, vendor } = await against((request, response) =>
    json(
      response,
      200,
      request.url?.startsWith('/api/accounts') || request.url?.includes('page=2')
        ? []
        : [{ id: 'a' }, { name: 'nobody' }],
    ),
  );
  const { rows, complete, missing } = await syncAll(vendor);
  expect(rows.map(({ subscription }) => subscription.id)).toEqual(['a']);
  expect([complete, missing.length]).toEqual([false, 1]);
  await server.stop();
});
