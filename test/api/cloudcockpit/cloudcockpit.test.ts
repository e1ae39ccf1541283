import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCloudcockpit } from '../../../src/api/cloudcockpit/index.ts';
import { can, type Page } from '../../../src/api/contract.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { faultOf, testSetup } from '../fixtures/setup.ts';

/** The item of document 004, unchanged: "string" and 42 are placeholders. */
const sampleItem = {
  id: 'string',
  orderId: 'string',
  offerId: 'string',
  customerId: 'string',
  providerInstanceId: 'string',
  resellerId: 'string',
  subscriptionName: 'string',
  offerName: 'string',
  offerType: { name: 'string' },
  isAddonOffer: true,
  isTrialOffer: true,
  providerOfferId: 'string',
  subscriptionStatus: { name: 'string' },
  startDate: '2024-05-04T09:42:00+00:00',
  endDate: '2024-05-04T09:42:00+00:00',
  cancellationAllowedUntil: '2024-05-04T09:42:00+00:00',
  quantity: 42,
  listPrice: { value: 42.0, currency: { name: 'string' } },
  revenuePrice: { value: 42.0, currency: { name: 'string' } },
  erpPrice: { value: 42.0, currency: { name: 'string' } },
  customMargin: { marginRule: { name: 'string' }, value: 42.0 },
  billingFrequency: { name: 'string' },
  billingType: { name: 'string' },
  termDuration: { name: 'string' },
  segment: { name: 'string' },
  parentSubscriptionId: 'string',
  providerSubscriptionId: 'string',
  autoRenewal: true,
  providerData: 'string',
  internalId: 'string',
};
const samplePage = {
  items: [sampleItem],
  paginationParameters: { pageNumber: 42, pageSize: 42 },
  totalPages: 42,
  totalCount: 42,
  hasPreviousPage: true,
  hasNextPage: true,
  continuationToken: 'string',
};

const item = (more: object = {}) => ({
  ...sampleItem,
  id: 's-1',
  customerId: 'c-1',
  resellerId: null,
  offerId: 'o-1',
  offerName: 'Office',
  subscriptionName: 'Office 25',
  subscriptionStatus: { name: 'Active' },
  billingFrequency: { name: 'Monthly' },
  isAddonOffer: false,
  isTrialOffer: false,
  parentSubscriptionId: null,
  quantity: 25,
  cancellationAllowedUntil: '2026-11-25T00:00:00+00:00',
  ...more,
});
const detail = (more: object = {}) => ({
  id: 's-1',
  customerId: 'c-1',
  resellerId: null,
  name: 'Office 25',
  status: { name: 'Active' },
  quantity: 25,
  billingFrequency: { name: 'Monthly' },
  nextBillingFrequency: { scheduledDate: '2026-12-01', billingFrequency: { name: 'Monthly' } },
  autoRenewEnabled: true,
  cancellationAllowedUntil: '2026-11-25T00:00:00+00:00',
  ...more,
});
const list = (...items: readonly object[]) => ({ items, totalCount: items.length, hasNextPage: false });
const one = '/v1/customers/c-1/subscriptions/s-1';
const directory = {
  'GET /v1/Resellers': { body: list({ id: 'r-1', companyName: 'Reseller One' }) },
  'GET /v1/Customers': {
    body: list({ id: 'c-1', companyName: 'Acme' }, { id: 'c-2', companyName: 'Bolt', resellerId: 'r-1' }),
  },
};

let server: FaultServer;
let script: Script;
let from = 0;
beforeAll(async () => {
  server = await serve((request, response, nth) => script(request, response, nth));
});
afterAll(() => server.stop());
beforeEach(() => {
  script = answers({});
  from = server.seen.length;
});

type Body = { readonly status?: number; readonly body?: unknown };

function answers(paths: Readonly<Record<string, Body>>): Script {
  return ({ method, url }, response) => {
    const { pathname } = new URL(url, 'http://x');
    if (pathname === '/token') return json(response, 200, { access_token: 'token-1', expires_in: 3599 });
    const { status = 200, body } = paths[`${method} ${pathname}`] ?? { status: 404, body: { statusCode: 404 } };
    if (body !== undefined) return json(response, status, body);
    response.writeHead(status).end();
  };
}

function connect(more: Readonly<Record<string, string>> = {}) {
  const settings = {
    baseUrl: server.origin,
    tokenUrl: `${server.origin}/token`,
    tenant: 'portal.acme',
    clientId: 'id',
    scope: 'api://x/.default',
    role: 'csp',
    ...more,
  };
  const { abilities } = createCloudcockpit(
    testSetup({ settings, secrets: async () => ({ clientSecret: 'client-secret' }) }),
  );
  const { sync, read, search, details, addons, cancel, update, suspend } = abilities;
  const { lowerQuantity } = abilities;
  if (!can(sync) || !can(read) || !can(search) || !can(details) || !can(addons))
    throw new Error('A read ability is missing.');
  if (!can(cancel) || !can(update) || !can(suspend) || !can(lowerQuantity))
    throw new Error('A write ability is missing.');
  return { sync, read, search, details, addons, cancel, update, suspend, lowerQuantity };
}

async function all(pages: AsyncIterable<Omit<Page, 'shortfall'>>): Promise<readonly Omit<Page, 'shortfall'>[]> {
  const read: Omit<Page, 'shortfall'>[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

async function rowsOf(items: readonly object[]): Promise<readonly Subscription[]> {
  script = answers({ ...directory, 'GET /v1/subscriptions': { body: list(...items) } });
  return (await all(connect().sync({}))).flatMap(({ rows }) => rows.map(({ subscription }) => subscription));
}

async function target(more: object = {}): Promise<Subscription> {
  const [row] = await rowsOf([item(more)]);
  if (!row) throw new Error('No row was read.');
  return row;
}

const seen = () => server.seen.slice(from).filter(({ url }) => url !== '/token');
const last = (pattern: RegExp) =>
  seen()
    .filter(({ method, url }) => pattern.test(`${method} ${url}`))
    .at(-1);

describe('reading CloudCockpit', () => {
  it('names the tenant and sends a new correlation id with every call', async () => {
    await rowsOf([item()]);
    expect(seen().length).toBeGreaterThan(2);
    expect(new Set(seen().map(({ headers }) => headers['x-tenant']))).toEqual(new Set(['portal.acme']));
    expect(new Set(seen().map(({ headers }) => headers['x-correlation-id'])).size).toBe(seen().length);
  });

  it('shows the correlation id of the call in its fault', async () => {
    script = answers({ 'GET /v1/Resellers': { status: 400, body: { statusCode: 400, description: 'bad' } } });
    const fault = await faultOf(all(connect().sync({})));
    expect(fault.vendor?.correlationId).toBe(last(/Resellers/)?.headers['x-correlation-id']);
  });

  it('reads the example in the documentation and reports it as incomplete', async () => {
    script = answers({ ...directory, 'GET /v1/subscriptions': { body: samplePage } });
    const pages = await all(connect().sync({}));
    expect(pages.flatMap(({ rows }) => rows.map(({ subscription }) => subscription))).toMatchObject([
      {
        id: 'string',
        name: 'string',
        status: 'unknown',
        vendorStatus: 'string',
        seller: { id: 'portal.acme' },
        reseller: { id: 'string' },
        organization: { id: 'string' },
        services: [{ id: 'string', name: 'string' }],
        product: { id: 'string' },
        parentId: 'string',
        isAddon: true,
        isTrial: true,
        quantity: 42,
        billing: 'string',
        term: 'string',
        segment: 'string',
        startsAt: '2024-05-04T09:42:00+00:00',
        cancellableUntil: '2024-05-04T09:42:00+00:00',
        renewal: { mode: 'auto' },
        prices: [
          { kind: 'list', amount: '42', currency: 'string' },
          { kind: 'revenue', amount: '42', currency: 'string' },
          { kind: 'erp', amount: '42', currency: 'string' },
        ],
        surprises: [],
      },
    ]);
    expect(pages.at(-1)?.complete).toBe(false);
  });

  it('looks up company names by id; a direct customer has no reseller', async () => {
    const [direct, through] = await rowsOf([item(), item({ id: 's-2', customerId: 'c-2', resellerId: 'r-1' })]);
    expect(direct).toMatchObject({ reseller: null, organization: { id: 'c-1', name: 'Acme' } });
    expect(through).toMatchObject({ reseller: { id: 'r-1', name: 'Reseller One' }, organization: { name: 'Bolt' } });
  });

  it.each(['1', '8'])('syncs as a reseller; a 404 list is a deleted customer; concurrency %s', async (concurrency) => {
    script = answers({ ...directory, 'GET /v1/customers/c-1/subscriptions': { body: list(item()) } });
    const pages = await all(connect({ role: 'reseller', concurrency }).sync({}));
    expect(pages.flatMap(({ rows }) => rows)).toHaveLength(1);
    expect(pages.at(-1)?.complete).toBe(true);
    expect(last(/Resellers/)).toBeUndefined();
  });

  it('reads only its own customer in the customer role', async () => {
    script = answers({
      'GET /v1/Customers/c-1': { body: { id: 'c-1', companyName: 'Acme' } },
      'GET /v1/customers/c-1/subscriptions': { body: list(item()) },
    });
    const pages = await all(connect({ role: 'customer', customerId: 'c-1' }).sync({}));
    expect(pages.flatMap(({ rows }) => rows)).toMatchObject([{ subscription: { organization: { name: 'Acme' } } }]);
  });

  it('merges the detail, which uses other names, with the fields only the list has', async () => {
    const known = await target();
    script = answers({
      [`GET ${one}`]: { body: detail({ name: 'New name', status: { name: 'Suspended' }, autoRenewEnabled: false }) },
    });
    const fresh = await connect().read({ id: 's-1', known });
    expect(fresh?.subscription).toMatchObject({
      name: 'New name',
      status: 'suspended',
      renewal: { mode: 'manual' },
      organization: known.organization,
      services: known.services,
      product: known.product,
      prices: known.prices,
    });
  });

  it('finds the add-ons of a subscription by their parent', async () => {
    const parent = await target();
    const addon = item({
      id: 's-2',
      parentSubscriptionId: 's-1',
      subscriptionName: 'Calls',
      quantity: 3,
      isAddonOffer: true,
    });
    script = answers({ 'GET /v1/customers/c-1/subscriptions': { body: list(item(), addon) } });
    expect(await connect().addons(parent)).toMatchObject([{ id: 's-2', name: 'Calls', quantity: 3, status: 'active' }]);
  });

  it('details show the margin, the provider data and the renewal', async () => {
    const row = await target();
    script = answers({
      'GET /v1/customers/c-1/subscriptions': { body: list(item({ providerData: '{"skuId":"0001","tags":["a"]}' })) },
      [`GET ${one}`]: {
        body: detail({ autoRenewSettings: { term: { name: 'OneYear' }, billingFrequency: { name: 'Annual' } } }),
      },
    });
    const sections = Object.fromEntries((await connect().details(row)).map(({ title, fields }) => [title, fields]));
    expect(sections.Margin).toContainEqual({ label: 'Margin rule', value: 'string' });
    expect(sections.Provider).toContainEqual({ label: 'Sku id', value: '0001' });
    expect(sections.Renewal).toContainEqual({ label: 'Auto renew settings term', value: 'OneYear' });
    expect(sections['Offer and ids']).toContainEqual({ label: 'Billing type', value: 'string' });
  });

  it('sends search, status, reseller, offer and order to the list of one customer', async () => {
    script = answers({ ...directory, 'GET /v1/customers/c-1/subscriptions': { body: list() } });
    const pin = (level: 'organization' | 'service' | 'reseller', id: string) => ({ level, connection: 'nordic', id });
    await all(
      connect().search({
        filter: [{ kind: 'equals', field: 'status', text: 'expired', negated: false }],
        search: 'office',
        sort: { field: 'ends', descending: true },
        within: [pin('reseller', 'r-1'), pin('organization', 'c-1'), pin('service', 'o-1')],
        limit: null,
      }),
    );
    const { searchParams } = new URL(last(/c-1\/subscriptions/)?.url ?? '', 'http://x');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      searchValue: 'office',
      subscriptionStatuses: 'Expired|Disabled',
      statuses: 'Expired|Disabled',
      resellerId: 'r-1',
      offerId: 'o-1',
      sortPropertyName: 'EndDate',
      ascendingOrder: 'false',
    });
  });
});

describe('searching CloudCockpit', () => {
  it.each([...['education', 'NonProfit', 'onetime', 'threeyears', 'suspended', 'auto', 'cloudcockpit']])(
    'searches all rows locally for %s, which the vendor search does not cover',
    async (text) => {
      script = answers({ ...directory, 'GET /v1/subscriptions': { body: list() } });
      const filter = [{ kind: 'word' as const, text, negated: false }];
      await all(connect().search({ filter, search: null, sort: null, within: [], limit: null }));
      expect(new URL(last(/v1\/subscriptions/)?.url ?? '', 'http://x').searchParams.has('searchValue')).toBe(false);
    },
  );
});

describe('changing CloudCockpit', () => {
  it('sends name, quantity and billing with every change, as shown in the plan', async () => {
    const draft = connect().lowerQuantity(await target(), { quantity: 20 });
    script = answers({ [`GET ${one}`]: { body: detail() }, [`PATCH ${one}`]: { status: 202 } });
    const answer = await draft.steps[0].send({}, unlimitedPermit);
    expect(answer).toMatchObject({ outcome: 'accepted', vendorRequestId: null, status: 202 });
    expect(answer).toHaveProperty('correlationId', last(/PATCH/)?.headers['x-correlation-id']);
    expect(JSON.parse(last(/PATCH/)?.body ?? '')).toEqual({
      name: 'Office 25',
      quantity: 20,
      nextBillingFrequency: { name: 'Monthly' },
      autoRenewEnabled: true,
    });
  });

  it.each([
    ['name', { name: 'Renamed\u00a0meanwhile' }, 'Renamed'],
    ['billing', { billingFrequency: { name: 'Annual' } }, 'Annual'],
    ['automatic renewal', { autoRenewEnabled: false }, 'off'],
    ['next billing', { nextBillingFrequency: { billingFrequency: { name: 'Triennial' } } }, 'Monthly → Triennial'],
  ])('refuses to send a %s that the plan did not show', async (_, more, words) => {
    const [step] = connect().lowerQuantity(await target(), { quantity: 20 }).steps;
    script = answers({ [`GET ${one}`]: { body: detail() } });
    const shown = {
      name: 'Office 25',
      quantity: 20,
      nextBillingFrequency: { name: 'Monthly' },
      autoRenewEnabled: true,
    };
    expect(await step.prepare?.()).toEqual(shown);
    script = answers({ [`GET ${one}`]: { body: detail(more) }, [`PATCH ${one}`]: { status: 202 } });
    expect((await faultOf(step.prepare?.() ?? Promise.resolve())).kind).toBe('refused');
    expect(await step.send({}, unlimitedPermit)).toMatchObject({
      outcome: 'unsent',
      fault: { kind: 'refused', sent: false, message: expect.stringContaining(words) },
    });
    expect(last(/PATCH/)).toBeUndefined();
  });

  it.each([
    [{ autoRenew: 'off' }, { autoRenewEnabled: false }],
    [{ billing: 'annual' }, { nextBillingFrequency: { name: 'Annual' } }],
    [
      { name: 'Büro 日本', quantity: '30' },
      { name: 'Büro 日本', quantity: 30 },
    ],
  ])('update %j sends %j and the current values', async (changes, sent) => {
    const draft = connect().update(await target(), { changes });
    script = answers({ [`GET ${one}`]: { body: detail() }, [`PATCH ${one}`]: { status: 202 } });
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({ outcome: 'accepted' });
    expect(JSON.parse(last(/PATCH/)?.body ?? '')).toEqual({
      name: 'Office 25',
      quantity: 25,
      nextBillingFrequency: { name: 'Monthly' },
      autoRenewEnabled: true,
      ...sent,
    });
  });

  it('takes the renewal settings it sends from the detail', async () => {
    const settings = {
      term: { name: 'OneYear' },
      billingFrequency: { name: 'Annual' },
      customTermEndDate: null,
      x: [1.5],
    };
    const draft = connect().update(await target(), { changes: { name: 'Neu' } });
    script = answers({
      [`GET ${one}`]: { body: detail({ autoRenewSettings: settings }) },
      [`PATCH ${one}`]: { status: 202 },
    });
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({ outcome: 'accepted' });
    expect(JSON.parse(last(/PATCH/)?.body ?? '')).toMatchObject({
      autoRenewEnabled: true,
      autoRenewSettings: settings,
    });
  });

  it('sends nothing if the vendor does not say whether auto-renewal is on', async () => {
    const row = await target({ autoRenewal: null });
    script = answers({
      [`GET ${one}`]: { body: detail({ autoRenewEnabled: null }) },
      [`PATCH ${one}`]: { status: 202 },
    });
    expect(
      await connect()
        .update(row, { changes: { name: 'Neu' } })
        .steps[0].send({}, unlimitedPermit),
    ).toMatchObject({
      outcome: 'unsent',
      fault: { next: 'Add autoRenew=….' },
    });
    const given = connect().update(row, { changes: { name: 'Neu', autoRenew: 'on' } });
    expect(await given.steps[0].send({}, unlimitedPermit)).toMatchObject({ outcome: 'accepted' });
  });

  it.each([
    ['2026-11-25T00:00:00+00:00', 'Lower the seats by Wed 25 Nov 2026'],
    ['2026-11-20T00:00:00+00:00', 'ended on Fri 20 Nov 2026'],
    [null, 'does not say whether the provider allows fewer seats'],
  ])('lowering with the cancellation window %s says: %s', async (cancellationAllowedUntil, words) => {
    const draft = connect().lowerQuantity(await target({ cancellationAllowedUntil }), { quantity: 20 });
    expect(draft.rule).toContain(words);
    expect(draft.rule).toContain('may delete changes that are scheduled for the renewal');
  });

  it('sends nothing if the quantity differs from the plan', async () => {
    const draft = connect().lowerQuantity(await target(), { quantity: 20 });
    script = answers({ [`GET ${one}`]: { body: detail({ quantity: 27 }) } });
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({
      outcome: 'unsent',
      fault: { kind: 'refused', message: expect.stringContaining('27') },
    });
    expect(last(/PATCH/)).toBeUndefined();
  });

  it('sends nothing if the current values cannot be read', async () => {
    const draft = connect().lowerQuantity(await target(), { quantity: 20 });
    script = answers({});
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({
      outcome: 'unsent',
      fault: { kind: 'missing', sent: false },
    });
  });

  it.each([
    { colour: 'red' },
    { quantity: '2.5' },
    { name: ' ' },
    { name: 'x'.repeat(256) },
    { autoRenew: 'maybe' },
    { billing: '' },
    { billing: 'Weekly' },
  ])('refuses the update %j before sending anything', async (changes) => {
    const row = await target();
    const fault = await faultOf(Promise.resolve().then(() => connect().update(row, { changes: { ...changes } })));
    expect(fault.kind).toBe('usage');
  });

  it.each([
    ['2026-11-20T00:00:00+00:00', 'ended on Fri 20 Nov 2026'],
    [null, 'gives no cancellation deadline'],
  ])('cancelling with the cancellation window %s says: %s', async (cancellationAllowedUntil, words) => {
    const draft = connect().cancel(await target({ cancellationAllowedUntil }), {});
    expect(draft).toMatchObject({ irreversible: true, rule: expect.stringContaining(words) });
  });

  it('a conflict shows the values of portal and provider', async () => {
    const draft = connect().cancel(await target(), {});
    const body = {
      portalSubscription: { name: 'Office 25', quantity: 25, nextBillingFrequency: { name: 'Monthly' } },
      providerSubscription: { name: 'Office 25', quantity: 30, nextBillingFrequency: { name: 'Annual' } },
    };
    script = answers({ [`DELETE ${one}`]: { status: 409, body } });
    const answer = await draft.steps[0].send({}, unlimitedPermit);
    expect(answer.outcome).toBe('refused');
    if (answer.outcome !== 'refused') return;
    expect(answer.fault.message).toContain('Quantity: 25 in the portal, 30 at the provider');
    expect(answer.fault.message).toContain('Next billing frequency: Monthly in the portal, Annual at the provider');
    expect(answer.fault.message).not.toContain('Name:');
  });

  it('warns that a suspended subscription may still be paid for', async () => {
    expect(connect().suspend(await target(), {}).rule).toContain('may still have to pay');
  });

  it.each([
    [{ autoRenewEnabled: false }, { autoRenewEnabled: false }],
    [{ autoRenewEnabled: undefined, autoRenewal: true }, { autoRenewEnabled: true }],
    [
      { nextBillingFrequency: { billingFrequency: { name: 'Annual' } } },
      { nextBillingFrequency: { billingFrequency: { name: 'Annual' } } },
    ],
    [{ nextBillingFrequency: { name: 'Annual' } }, { nextBillingFrequency: { billingFrequency: { name: 'Annual' } } }],
    [
      { nextBillingFrequency: null, billingFrequency: { name: 'Monthly' } },
      { nextBillingFrequency: { billingFrequency: { name: 'Monthly' } } },
    ],
  ])('the detail with %j shows a change under the field names of its plan', async (more, facts) => {
    const row = await target();
    script = answers({ [`GET ${one}`]: { body: detail(more) } });
    expect((await connect().read({ id: row.id, known: row }))?.facts).toMatchObject(facts);
  });

  it.each([
    ['Deleted', 'cancelled'],
    ['Cancelled', 'cancelled'],
    ['Expired', 'expired'],
    ['Disabled', 'expired'],
    ['Suspended', 'suspended'],
    ['Suspended-Disabled', 'suspended'],
  ])('maps the status %s to %s', async (word, status) => {
    const row = await target();
    script = answers({ [`GET ${one}`]: { body: detail({ status: { name: word } }) } });
    expect((await connect().read({ id: row.id, known: row }))?.subscription).toMatchObject({ status });
  });
});
