import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { can, type Page } from '../../../src/api/contract.ts';
import { createVmware } from '../../../src/api/vmware/index.ts';
import { lifetimeOf } from '../../../src/api/vmware/sign-in.ts';
import type { Filter } from '../../../src/model/filter.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { faultOf, testSetup } from '../fixtures/setup.ts';

/** The example of document 002, unchanged: one result, although next is the tenth and the total is a hundred. */
const sample = {
  current: 1,
  next: 10,
  results: [
    {
      billingEngineSubscriptionId: 'M13130022',
      customerOrgId: '34dfghjk-9kgfffgf-7ybdcn',
      customerRef: { name: 'San Diego University' },
      id: '34563',
      renewalPreference: 'NOT_SELECTED',
      resellerRef: { name: 'Rackspace', orgId: '234dfghj-345dfghj-56g', partnerId: '112341234' },
      serviceRefs: [
        { id: '1234-1234-1234-123123', name: 'Workspace One', serviceIcon: 'https://www.workspace.com/service_icon' },
      ],
      status: 'ACTIVE',
      subscriptionEndDate: '2021-02-26T18:01:08Z',
    },
  ],
  totalResultsCount: 100,
};

const home = '/cphub/api/seller/v1/distributors/org%2F1';
let server: FaultServer;
let script: Script;
beforeAll(async () => {
  server = await serve((request, response, nth) => script(request, response, nth));
});
afterAll(() => server.stop());
beforeEach(() => {
  script = (_, response) => json(response, 404, {});
});

function connect() {
  const settings = { baseUrl: server.origin, orgId: 'org/1' };
  const vendor = createVmware(testSetup({ settings, secrets: async () => ({ apiToken: 'refresh-1' }) }));
  const { sync, read, search, details } = vendor.abilities;
  if (!can(sync) || !can(read) || !can(search) || !can(details)) throw new Error('VMware cannot sync.');
  return { vendor, sync, read, search, details };
}

const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

/** Signs in, and answers the rest by path. */
function answers(paths: Readonly<Record<string, unknown>>): Script {
  return ({ url }, response) => {
    const { pathname } = new URL(url, 'http://x');
    if (pathname.endsWith('/authn/accesstoken')) return json(response, 201, { accessToken: jwt({ exp: 4e9 }) });
    const body = paths[pathname];
    return json(response, body === undefined ? 404 : 200, body ?? {});
  };
}

async function all(pages: AsyncIterable<Omit<Page, 'shortfall'>>): Promise<readonly Omit<Page, 'shortfall'>[]> {
  const read: Omit<Page, 'shortfall'>[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

const lastSeen = (path: RegExp) => server.seen.filter(({ url }) => path.test(url)).at(-1);

describe('VMware Cloud Partner Navigator', () => {
  it('exchanges the API token, and sends csp-auth-token, never Authorization', async () => {
    script = answers({ [`${home}/subscriptions/search`]: { results: [], totalResultsCount: 0 } });
    await all(connect().sync({}));
    expect(JSON.parse(lastSeen(/accesstoken/)?.body ?? '')).toEqual({ refreshToken: 'refresh-1' });
    const { headers } = lastSeen(/search/) ?? { headers: {} };
    expect(headers).toMatchObject({ 'csp-auth-token': jwt({ exp: 4e9 }) });
    expect(headers).not.toHaveProperty('authorization');
  });

  it.each(['the sign-in', 'the list'])('says that the service may be retired when %s gets no answer', async (what) => {
    const gone = await serve(({ url }, response) => {
      if (what === 'the list' && url.includes('accesstoken')) json(response, 201, { accessToken: jwt({ exp: 4e9 }) });
      else response.socket?.destroy();
    });
    const settings = { baseUrl: gone.origin, orgId: 'org/1' };
    const { abilities } = createVmware(testSetup({ settings, secrets: async () => ({ apiToken: 'refresh-1' }) }));
    if (!can(abilities.sync)) throw new Error('VMware cannot sync.');
    const fault = await faultOf(all(abilities.sync({})));
    expect(fault).toMatchObject({ kind: 'unreachable', next: expect.stringContaining('may be retired') });
    await gone.stop();
  });

  it('asks for inactive rows too, so that cancelled ones are not missing', async () => {
    script = answers({ [`${home}/subscriptions/search`]: { results: [], totalResultsCount: 0 } });
    await all(connect().sync({}));
    expect(JSON.parse(lastSeen(/search/)?.body ?? '').filters).toEqual([
      { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'true' },
    ]);
    expect(lastSeen(/search/)?.url).toContain('pageLimit=100&pageStart=1');
  });

  it('reads the example in the documentation, with inconsistent counts, as incomplete', async () => {
    script = answers({ [`${home}/subscriptions/search`]: sample });
    const pages = await all(connect().sync({}));
    const rows = pages.flatMap((page) => page.rows.map(({ subscription }) => subscription));
    expect(rows).toMatchObject([
      {
        id: '34563',
        name: 'Workspace One',
        status: 'active',
        vendorStatus: 'ACTIVE',
        seller: { id: 'org/1' },
        reseller: { id: '112341234', name: 'Rackspace' },
        organization: { id: '34dfghjk-9kgfffgf-7ybdcn', name: 'San Diego University' },
        services: [{ id: '1234-1234-1234-123123', name: 'Workspace One' }],
        quantity: null,
        startsAt: null,
        endsAt: '2021-02-26T18:01:08Z',
        renewal: { mode: 'none' },
        externalIds: { billingEngineSubscriptionId: 'M13130022', 'resellerRef.orgId': '234dfghj-345dfghj-56g' },
        surprises: [],
      },
    ]);
    expect(pages.at(-1)).toMatchObject({ complete: false, missing: [{ kind: 'partial' }] });
  });

  it.each([
    ['SUBMITTED', 'pending'],
    ['CREATED', 'pending'],
    ['ACTIVE', 'active'],
    ['PENDING_EXPIRY', 'active'],
    ['SUSPENDED', 'suspended'],
    ['CANCELLED', 'cancelled'],
    ['TERMINATED', 'cancelled'],
    ['EXPIRED', 'expired'],
    ['ERROR', 'error'],
    ['PAUSED', 'unknown'],
  ])('maps the status %s to %s', async (word, status) => {
    script = answers({ [`${home}/subscriptions/search`]: { results: [{ id: '1', status: word }] } });
    const [page] = await all(connect().sync({}));
    expect(page?.rows[0]?.subscription).toMatchObject({ status, vendorStatus: word });
  });

  it('merges the detail, which uses other names, with the known row', async () => {
    script = answers({
      [`${home}/subscriptions/search`]: { ...sample, next: null, totalResultsCount: 1 },
      [`${home}/subscriptions/34563`]: {
        id: '34563',
        status: 'ACTIVE',
        startDate: '2020-02-26T18:01:08Z',
        endDate: '2021-02-26T18:01:08Z',
        currency: 'EUR',
        offerGroup: {
          id: 'g1',
          name: 'Advanced',
          billingFrequency: 'PREPAID',
          billingTerm: 12,
          billingTermUom: 'MONTHS',
          offerCost: 9.9,
          color: 'red',
        },
      },
    });
    const { sync, read, details } = connect();
    const known = (await all(sync({})))[0]?.rows[0]?.subscription ?? null;
    if (known === null) throw new Error('No row was read.');
    const fresh = await read({ id: '34563', known });
    expect(fresh?.subscription).toMatchObject({
      name: 'Workspace One',
      reseller: known.reseller,
      organization: known.organization,
      services: known.services,
      product: { id: 'g1', name: 'Advanced' },
      billing: 'PREPAID',
      term: '12 MONTHS',
      prices: [{ kind: 'list', amount: '9.9', currency: 'EUR' }],
      startsAt: '2020-02-26T18:01:08Z',
      endsAt: '2021-02-26T18:01:08Z',
      externalIds: known.externalIds,
    });
    const offer = (await details(known)).find(({ title }) => title === 'Offer');
    expect(offer?.fields).toContainEqual({ label: 'Color', value: 'red' });
  });

  it('says of a 404 on the organization that it may be of another kind', async () => {
    script = answers({});
    const fault = await faultOf(all(connect().sync({})));
    expect(fault.kind).toBe('missing');
    expect(fault.message).toContain('another type');
    expect(fault.next).toContain('orgId');
  });

  it('lists customers without subscriptions, under the same reseller as the rows', async () => {
    script = answers({
      [`${home}/usage/customers`]: [
        {
          resellerName: 'Rackspace',
          resellerPRMId: '112341234',
          customers: [{ customerName: 'Empty Ltd', customerOrgId: 'c-2', serviceRef: [{ id: 's', name: 'SD-WAN' }] }],
        },
      ],
      [`${home}/subscriptions/search`]: { ...sample, next: 0, totalResultsCount: 1 },
    });
    const [page] = await all(connect().sync({}));
    expect(page?.nodes.map(({ level, id, name }) => `${level} ${id} ${name}`)).toEqual([
      'seller org/1 Nordic',
      'reseller 112341234 Rackspace',
      'organization c-2 Empty Ltd',
      'service s SD-WAN',
    ]);
    expect(page?.rows[0]?.subscription.reseller?.id).toBe('112341234');
    expect(page?.complete).toBe(true);
  });

  it('sends the filters and the sort that the vendor supports', async () => {
    script = answers({ [`${home}/subscriptions/search`]: sample });
    const filter: Filter = [
      { kind: 'contains', field: 'org', text: 'San', negated: false },
      { kind: 'equals', field: 'status', text: 'active', negated: false },
      { kind: 'word', text: 'm13130022', negated: false },
      { kind: 'contains', field: 'org', text: 'Coke', negated: true },
    ];
    const query = { filter, search: null, sort: { field: 'ends', descending: true }, within: [], limit: null };
    const [page] = await all(connect().search(query));
    expect(page).toMatchObject({ inOrder: true, exhaustive: false });
    const searches = server.seen.filter(({ url }) => /search/.test(url));
    expect(searches.map(({ body }) => JSON.parse(body))).toContainEqual({
      filters: [
        { key: 'CUSTOMER_NAME', operator: 'LIKE', value: 'San' },
        { key: 'BILLING_ENGINE_SUBSCRIPTION_ID', operator: 'EQUALS', value: 'M13130022' },
        { key: 'INCLUDE_INACTIVE_SUBSCRIPTIONS', operator: 'EQUALS', value: 'false' },
      ],
      sorter: { key: 'SUBSCRIPTION_END_DATE', operator: 'DESC' },
    });
  });

  it('refuses every change with one reason', () => {
    const { abilities } = connect().vendor;
    expect(abilities.cancel).toEqual({ no: "VMware's API is read-only.", because: 'vendor' });
    expect(abilities.update).toEqual(abilities.cancel);
  });
});

describe("a token's lifetime", () => {
  it.each([
    [jwt({ exp: 1000 }), 400_000],
    [jwt({ iat: 900, exp: 1000 }), 100_000],
    [jwt({ exp: 1 }), 0],
    [jwt({}), null],
    ['no jwt', null],
    ['a.%%%.c', null],
  ])('of %s is %s', (token, lifetime) => {
    expect(lifetimeOf(token, 600_000)).toBe(lifetime);
  });
});
