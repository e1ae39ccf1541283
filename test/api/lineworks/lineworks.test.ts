import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { can, type Page } from '../../../src/api/contract.ts';
import { createLineworks } from '../../../src/api/lineworks/index.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { faultOf, testSetup } from '../fixtures/setup.ts';

/** The example of document 003, in which printed line numbers are merged: `100000018` is 1000000 and line 18. */
const sampleText =
  '1{2 "subscriptions": [3 {4 "domainId": 0,5 "subscriptionId": 0,6 "productId": "STD_T",7 "plan": "TRIAL",8 "planStartDate": "2019-08-24",9 "planEndDate": "2019-08-24",10 "licenseCount": 0,11 "status": "ACTIVE",12 "renewal": {13 "subscriptionId": 0,14 "type": "STAY",15 "productId": "STD",16 "plan": "MONTHLY",17 "licenseCount": 100000018 }19 }20 ]21}';

/** Removes the line numbers: each comes before the start of its line. */
const withoutLineNumbers = (text: string) => text.replace(/\d{1,2}(?= "| ?[{}\]])/g, '');

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secrets = {
  clientSecret: 'client-secret',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

let server: FaultServer;
let script: Script;
beforeAll(async () => {
  server = await serve((request, response, nth) => script(request, response, nth));
});
afterAll(() => server.stop());
beforeEach(() => {
  script = answers({});
});

function connect(settings: Readonly<Record<string, string>> = {}) {
  const setup = testSetup({
    settings: {
      baseUrl: `${server.origin}/v1.0`,
      tokenUrl: `${server.origin}/oauth2/v2.0/token`,
      clientId: 'client-1',
      serviceAccount: 'robot@acme',
      scope: 'partner',
      ...settings,
    },
    secrets: async () => secrets,
  });
  const vendor = createLineworks(setup);
  const { sync, details, renewal, reservation } = vendor.abilities;
  if (!can(sync) || !can(details) || !can(renewal) || !can(reservation)) throw new Error('LINE WORKS cannot sync.');
  return { setup, abilities: vendor.abilities, sync, details, renewal, reservation };
}

type Body = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** Signs in, and answers other requests by method and path. */
function answers(paths: Readonly<Record<string, Body>>): Script {
  return ({ method, url }, response) => {
    const { pathname } = new URL(url, 'http://x');
    if (pathname === '/oauth2/v2.0/token') return json(response, 200, { access_token: 'token-1', expires_in: '86400' });
    const found = paths[`${method} ${pathname.replace('/v1.0', '')}`];
    const {
      status = 200,
      headers = {},
      body,
    } = found ?? { status: 404, body: { code: 'NOT_FOUND', description: 'none' } };
    return json(response, status, body, headers);
  };
}

const customers = (...ids: readonly number[]): Body => ({
  body: {
    customers: ids.map((domainId) => ({ domainId, tenantId: 500 + domainId, companyName: `Company ${domainId}` })),
  },
});
const contract = (subscriptionId: number, more: object = {}) => ({
  domainId: 1,
  subscriptionId,
  productId: 'STD',
  plan: 'ANNUAL_LICENSE',
  planStartDate: '2026-01-01',
  planEndDate: '2026-12-31',
  licenseCount: 20,
  status: 'ACTIVE',
  renewal: { subscriptionId, type: 'STAY', productId: 'STD', plan: 'ANNUAL_LICENSE', licenseCount: 20 },
  ...more,
});

async function all(pages: AsyncIterable<Page>): Promise<readonly Page[]> {
  const read: Page[] = [];
  for await (const page of pages) read.push(page);
  return read;
}

async function oneRow(more: object = {}): Promise<Subscription> {
  const subscriptions = { body: { subscriptions: [contract(9, more)] } };
  script = answers({
    'GET /partners/customers': customers(1),
    'GET /partners/customers/1/subscriptions': subscriptions,
  });
  const row = (await all(connect().sync({})))[0]?.rows[0]?.subscription;
  if (!row) throw new Error('No row was read.');
  return row;
}

const lastSeen = (pattern: RegExp) => server.seen.filter(({ method, url }) => pattern.test(`${method} ${url}`)).at(-1);

describe('LINE WORKS', () => {
  it('requests each token with a fresh assertion of the service account', async () => {
    await oneRow();
    const form = new URLSearchParams(lastSeen(/token/)?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: 'client-1',
      client_secret: 'client-secret',
      scope: 'partner',
    });
    expect(form.get('assertion')?.split('.')).toHaveLength(3);
    expect(lastSeen(/customers/)?.headers.authorization).toBe('Bearer token-1');
  });

  it('reads the example in the documentation: a trial with a renewal, a million seats', async () => {
    const body: unknown = JSON.parse(withoutLineNumbers(sampleText));
    script = answers({ 'GET /partners/customers': customers(0), 'GET /partners/customers/0/subscriptions': { body } });
    const [page] = await all(connect().sync({}));
    expect(page?.rows[0]?.subscription).toMatchObject({
      id: '0',
      name: 'Standard trial',
      product: { id: 'STD_T', name: 'Standard trial (STD_T)' },
      services: [{ id: 'STD', name: 'Standard (STD)' }],
      seller: { id: 'nordic', name: 'Nordic' },
      reseller: { id: 'nordic', name: 'Nordic' },
      organization: { id: '0', name: 'Company 0' },
      isTrial: true,
      status: 'active',
      quantity: 0,
      billing: 'TRIAL',
      startsAt: '2019-08-24',
      endsAt: '2019-08-24',
      renewal: { mode: 'auto', quantity: 1_000_000, productId: 'STD', plan: 'MONTHLY' },
      externalIds: { domainId: '0', tenantId: '500' },
      surprises: ['A TRIAL plan has a renewal.'],
    });
  });

  it.each(['1', '8'])('reports a failed customer and reads the others, concurrency %s', async (concurrency) => {
    script = answers({
      'GET /partners/customers': customers(1, 2, 3),
      'GET /partners/customers/1/subscriptions': { body: { subscriptions: [contract(11)] } },
      'GET /partners/customers/2/subscriptions': { status: 403, body: { code: 'FORBIDDEN', description: 'no' } },
      'GET /partners/customers/3/subscriptions': { body: { subscriptions: [contract(13, { domainId: 3 })] } },
    });
    const pages = await all(connect({ concurrency }).sync({}));
    expect(pages.flatMap(({ rows }) => rows.map(({ subscription }) => subscription.id))).toEqual(['11', '13']);
    expect(
      pages.flatMap(({ missing }) => missing.map(({ kind, message }) => `${kind} ${message.slice(0, 10)}`)),
    ).toEqual(['denied Company 2:']);
    expect(pages.at(-1)?.complete).toBe(false);
  });

  it.each(['1', '8'])('a sync resumed after a customer failed is incomplete, concurrency %s', async (concurrency) => {
    script = ({ url }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://x');
      if (pathname.endsWith('/token')) return json(response, 200, { access_token: 'token-1' });
      if (pathname.endsWith('/1/subscriptions')) return json(response, 403, {});
      if (pathname.endsWith('/subscriptions')) return json(response, 200, { subscriptions: [] });
      const isSecond = searchParams.get('cursor') === 'c/2+';
      return json(response, 200, {
        customers: [{ domainId: isSecond ? 2 : 1 }],
        responseMetaData: isSecond ? {} : { nextCursor: 'c/2+' },
      });
    };
    const { sync } = connect({ concurrency });
    const [first] = await all(sync({}));
    expect(first?.resume).not.toBeNull();
    const rest = await all(sync({ resume: first?.resume ?? '' }));
    expect(rest.map(({ complete }) => complete)).toEqual([false]);
  });

  it('stops when the vendor is down instead of failing customer by customer', async () => {
    const paths: Record<string, Body> = { 'GET /partners/customers': customers(1, 2, 3, 4, 5, 6, 7, 8, 9) };
    for (let id = 1; id < 10; id++) paths[`GET /partners/customers/${id}/subscriptions`] = { status: 503, body: {} };
    script = answers(paths);
    expect((await faultOf(all(connect({ concurrency: '1' }).sync({})))).kind).toBe('unreachable');
    expect(lastSeen(/customers\/6/)).toBeUndefined();
  });

  it('waits as long as the rate limit says before the next customer', async () => {
    const none = { body: { subscriptions: [] } };
    const headers = { 'rateLimit-limit': '240', 'rateLimit-remaining': '0', 'rateLimit-reset': '12' };
    script = answers({
      'GET /partners/customers': customers(1, 2),
      'GET /partners/customers/1/subscriptions': { ...none, headers },
      'GET /partners/customers/2/subscriptions': none,
    });
    const { sync, setup } = connect({ concurrency: '1' });
    expect((await all(sync({}))).at(-1)?.complete).toBe(true);
    expect(setup.clock.waits).toEqual([12_000]);
    expect(setup.announced).toMatchObject([{ milliseconds: 12_000, why: 'limit', limit: { calls: 240, seconds: 60 } }]);
  });

  it('lowers licences by a renewal change and says that they stay until then', async () => {
    const target = await oneRow();
    const { lowerQuantity } = connect().abilities;
    if (!can(lowerQuantity)) throw new Error('The ability is missing.');
    const draft = lowerQuantity(target, { quantity: 15 });
    expect(draft.sentence).toContain('from 20 to 15 licences at renewal');
    expect(draft.after).toEqual({ renewal: { type: 'CHANGE', plan: 'ANNUAL_LICENSE', licenseCount: 15 } });
    script = answers({
      'GET /partners/customers/1/subscriptions/9': { body: contract(9) },
      'PATCH /partners/customers/1/subscriptions/9/renewal': { body: { subscriptionId: 9, type: 'CHANGE' } },
    });
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({ outcome: 'done', status: 200 });
    expect(JSON.parse(lastSeen(/PATCH/)?.body ?? '')).toEqual({
      type: 'CHANGE',
      plan: 'ANNUAL_LICENSE',
      licenseCount: 15,
    });
    expect(draft.steps[0].path).toBe('/v1.0/partners/customers/1/subscriptions/9/renewal');
  });

  it('says what renewal is set and that lowering replaces it', async () => {
    const target = await oneRow();
    const { lowerQuantity, setRenewal } = connect().abilities;
    if (!can(lowerQuantity) || !can(setRenewal)) throw new Error('The ability is missing.');
    const set = (mode: 'cancel' | 'change', quantity: number | null = null) => ({
      ...target,
      renewal: { mode, quantity, productId: null, plan: null },
    });
    const cancelled = 'The renewal is set to cancel: with this change the contract will renew.';
    expect(lowerQuantity(set('cancel'), { quantity: 15 }).rule).toContain(cancelled);
    expect(setRenewal(set('cancel'), { changes: { type: 'stay' } }).rule).toContain(cancelled);
    expect(setRenewal(set('cancel'), { changes: { type: 'cancel' } }).rule).not.toContain('set to cancel');
    expect(lowerQuantity(set('change', 18), { quantity: 15 }).rule).toContain('already set to a change (18 licences)');
    expect(lowerQuantity(target, { quantity: 15 }).rule).not.toContain('already');
  });

  it('raises licences by a reservation of the added amount for tomorrow', async () => {
    const target = await oneRow();
    const { raiseQuantity } = connect().abilities;
    if (!can(raiseQuantity)) throw new Error('The ability is missing.');
    const draft = raiseQuantity(target, { quantity: 25 });
    script = answers({
      'GET /partners/customers/1/subscriptions/9': { body: contract(9) },
      'POST /partners/customers/1/subscriptions/9/reservation': {
        status: 201,
        body: { subscriptionId: 9, type: 'ADD_LICENSE' },
      },
    });
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({ outcome: 'done' });
    expect(JSON.parse(lastSeen(/POST.*reservation/)?.body ?? '')).toEqual({
      type: 'ADD_LICENSE',
      applyDate: '2026-11-22',
      licenseCount: 5,
    });
  });

  it.each([
    ['raiseQuantity', 25, { licenseCount: 22 }, 'quantity 20 → 22'],
    [
      'lowerQuantity',
      15,
      { renewal: { type: 'CHANGE', productId: 'ADV', plan: 'MONTHLY_LICENSE' } },
      'productId – → ADV',
    ],
  ] as const)('%s sends nothing if its inputs changed since the plan', async (name, quantity, more, words) => {
    const target = await oneRow();
    const ability = connect().abilities[name];
    if (!can(ability)) throw new Error('The ability is missing.');
    const draft = ability(target, { quantity });
    script = answers({ 'GET /partners/customers/1/subscriptions/9': { body: contract(9, more) } });
    const before = server.seen.length;
    expect(await draft.steps[0].send({}, unlimitedPermit)).toMatchObject({
      outcome: 'unsent',
      fault: { kind: 'refused', sent: false, message: expect.stringContaining(words) },
    });
    const calls = server.seen.slice(before).filter(({ url }) => !url.includes('token'));
    expect(calls.map(({ method }) => method)).toEqual(['GET']);
  });

  it('a second reservation made in between is refused', async () => {
    const target = await oneRow();
    const { createReservation } = connect().abilities;
    if (!can(createReservation)) throw new Error('The ability is missing.');
    script = answers({
      'GET /partners/customers/1/subscriptions/9': { body: contract(9) },
      'POST /partners/customers/1/subscriptions/9/reservation': {
        status: 409,
        body: { code: 'ALREADY_EXIST', description: 'A reservation exists.' },
      },
    });
    const answer = await createReservation(target, { changes: { type: 'cancel' } }).steps[0].send({}, unlimitedPermit);
    expect(answer).toMatchObject({ outcome: 'refused', fault: { kind: 'refused', vendor: { code: 'ALREADY_EXIST' } } });
  });

  it('refuses to raise licences that the vendor does not count', async () => {
    const target = await oneRow({ licenseCount: null, plan: 'MONTHLY' });
    const { raiseQuantity } = connect().abilities;
    if (!can(raiseQuantity)) throw new Error('The ability is missing.');
    const fault = await faultOf(Promise.resolve().then(() => raiseQuantity(target, { quantity: 3 })));
    expect(fault.kind).toBe('refused');
  });

  it('shows contract, renewal, reservation and customer as sections; missing is null', async () => {
    const target = await oneRow();
    script = answers({
      'GET /partners/customers/1/subscriptions/9': { body: { ...contract(9), licenseAssignType: 'AUTO' } },
      'GET /partners/customers/1': { body: { domainId: 1, partnership: { memo: 'Golf on Fridays' } } },
    });
    const { details, renewal, reservation } = connect();
    const sections = await details(target);
    expect(sections.map(({ title, empty }) => [title, empty ?? null])).toEqual([
      ['Contract', null],
      ['Renewal', 'A free or trial plan has no renewal.'],
      ['Reservation', 'Nothing is reserved.'],
      ['Customer', null],
    ]);
    expect(sections[0]?.fields).toContainEqual({ label: 'License assign type', value: 'AUTO' });
    expect(sections[3]?.fields).toContainEqual({ label: 'Partnership memo', value: 'Golf on Fridays' });
    expect(await renewal(target)).toBeNull();
    expect(await reservation(target)).toBeNull();
  });

  it('refuses writes with the read-only scope and says why', () => {
    const { abilities } = connect({ scope: 'partner.read' });
    for (const name of [
      'lowerQuantity',
      'raiseQuantity',
      'setRenewal',
      'createReservation',
      'withdrawReservation',
    ] as const) {
      expect(abilities[name]).toMatchObject({ because: 'connection', no: expect.stringContaining('partner.read') });
    }
  });

  it('names renewal and reservation where it cannot cancel', () => {
    const { cancel } = connect().abilities;
    expect(cancel).toMatchObject({ because: 'vendor', no: expect.stringMatching(/renewal.*reservation/) });
  });

  it('an unreadable private key is a sign-in fault', async () => {
    const setup = testSetup({
      settings: { baseUrl: server.origin, tokenUrl: `${server.origin}/token` },
      secrets: async () => ({ clientSecret: 'client-secret', privateKey: 'no key' }),
    });
    const { sync } = createLineworks(setup).abilities;
    if (!can(sync)) throw new Error('The ability is missing.');
    const fault = await faultOf(all(sync({})));
    expect(fault).toMatchObject({ kind: 'signed-out', message: expect.stringContaining('PEM') });
  });
});
