import { describe, expect, test } from 'vitest';
import { type Row, refusal, signedIn, unknownKey, visitor } from './lineworks-session.ts';
import { connected, given, heldClock, json, served } from './running.ts';

const scale = 2000;

describe('signing in', () => {
  test('an assertion signed with the service account key gives a token', async () => {
    const { token } = visitor(await connected('lineworks'));
    const answer = await token({ scope: 'partner.read' });
    expect(answer.status).toBe(200);
    expect(await json(answer)).toMatchObject({ token_type: 'Bearer', expires_in: '3600', scope: 'partner.read' });
  });

  test.each([
    ['a signature by another key', 'invalid_grant', () => ({}), unknownKey()],
    ['an expired assertion', 'invalid_grant', (now: number) => ({ iat: now - 900, exp: now - 300 }), undefined],
    ['an assertion valid for two hours', 'invalid_grant', (now: number) => ({ exp: now + 7200 }), undefined],
    ['an assertion of another account', 'invalid_grant', () => ({ sub: 'other@partner.example' }), undefined],
  ])('%s is refused', async (_what, error, claims, key) => {
    const { token, assertion } = visitor(await connected('lineworks'));
    const answer = await token({ assertion: assertion(claims(Math.floor(Date.now() / 1000)), key) });
    expect(answer.status).toBe(400);
    expect(await json(answer)).toMatchObject({ error });
  });

  test('a wrong secret is 401, an unknown scope 400', async () => {
    const { token } = visitor(await connected('lineworks'));
    expect((await token({ client_secret: 'guess' })).status).toBe(401);
    expect(await json(token({ scope: 'bot' }))).toMatchObject({ error: 'invalid_scope' });
  });

  test('without a token the answer is a 401 with a header that says so', async () => {
    const { base } = visitor(await connected('lineworks'));
    const answer = await fetch(`${base}/partners/customers`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  test('the log shows neither secret nor assertion', async () => {
    const guest = visitor(await connected('lineworks'));
    await guest.token();
    const [entry] = await served(guest.origin);
    expect(entry).toMatchObject({
      path: '/oauth2/v2.0/token',
      body: { client_secret: '***', assertion: '***', scope: 'partner' },
    });
  });
});

describe('reading', () => {
  test('customers come by cursor, each once, by name in both directions', async () => {
    const { customers } = await signedIn(await connected('lineworks', { scale }));
    const some = await customers('count=7');
    const names = some.map(({ companyName }) => companyName);
    expect(names).toEqual([...names].sort());
    expect(new Set(some.map(({ domainId }) => domainId)).size).toBe(some.length);
    expect((await customers('count=30&orderBy=name%20desc')).map(({ companyName }) => companyName)).toEqual(
      names.toReversed(),
    );
  });

  test('refuses a cursor that is not URL-encoded', async () => {
    const { call } = await signedIn(await connected('lineworks', { scale }));
    const first = await json<{ responseMetaData: { nextCursor: string } }>(call('GET', '/partners/customers'));
    const { nextCursor } = first.responseMetaData;
    expect(await refusal(call('GET', `/partners/customers?cursor=${nextCursor}`))).toBe('400 INVALID_PARAMETER');
    expect((await call('GET', `/partners/customers?cursor=${encodeURIComponent(nextCursor)}`)).status).toBe(200);
  });

  test('the default dataset can be read within one minute of the rate limit', async () => {
    const { customers } = await signedIn(await connected('lineworks', { scale: 5000 }));
    expect((await customers()).length).toBeLessThanOrEqual(240);
  });

  test.each(['count=31', 'count=0', 'cursor=c%20x', 'orderBy=size'])('%s is refused', async (query) => {
    const { call } = await signedIn(await connected('lineworks', { scale: 50 }));
    expect(await refusal(call('GET', `/partners/customers?${query}`))).toBe('400 INVALID_PARAMETER');
  });

  test('ids beyond 2^53 are complete in the body, and each maps to its own row', async () => {
    const { everything, call, pathOf } = await signedIn(await connected('lineworks', { scale, rateLimits: false }));
    const rows = await everything();
    const large = rows.filter(({ subscriptionId }) => BigInt(subscriptionId) > 2n ** 53n);
    expect(large.length).toBeGreaterThan(10);
    expect(new Set(large.map(({ subscriptionId }) => Number(subscriptionId))).size).toBeLessThan(large.length);
    for (const row of large.slice(0, 10)) {
      expect(await (await call('GET', pathOf(row))).text()).toContain(`"subscriptionId":${row.subscriptionId},`);
    }
  });

  test('few trials have a renewal; undocumented products exist', async () => {
    const { everything } = await signedIn(await connected('lineworks', { scale: 20_000, rateLimits: false }));
    const rows = await everything();
    const trials = rows.filter(({ plan }) => plan === 'TRIAL');
    const odd = trials.filter(({ renewal }) => renewal !== null);
    expect(odd.length).toBeGreaterThan(0);
    expect(odd.length).toBeLessThan(trials.length / 5);
    expect(rows.filter(({ plan, renewal }) => plan === 'FREE' && renewal !== null)).toEqual([]);
    const products = new Set(rows.map(({ productId }) => productId));
    expect([...products]).toEqual(expect.arrayContaining(['STD', 'ADV', 'STD_T', 'NTA_BZ', 'JP_PPO_STD']));
    expect(new Set(rows.map(({ licenseAssignType }) => licenseAssignType))).toContain(undefined);
    expect(rows.map(({ status }) => status)).toContain('SUSPENDED_TRIALEND');
  });

  test('an unknown customer and an unknown subscription are 404', async () => {
    const { call, customers } = await signedIn(await connected('lineworks', { scale: 50 }));
    const [{ domainId } = { domainId: 0 }] = await customers();
    expect(await refusal(call('GET', '/partners/customers/1/subscriptions'))).toBe('404 NOT_FOUND');
    expect(await refusal(call('GET', `/partners/customers/${domainId}/subscriptions/9007199254799999`))).toBe(
      '404 NOT_FOUND',
    );
  });
});

describe('the limit of 240 calls a minute', () => {
  test('counts each operation separately and reports what is left and when it resets', async () => {
    const { call } = await signedIn(await connected('lineworks', { scale: 50 }));
    const first = await call('GET', '/partners/customers');
    expect(first.headers.get('ratelimit-limit')).toBe('240');
    expect(first.headers.get('ratelimit-remaining')).toBe('239');
    for (let nth = 2; nth <= 240; nth++) expect((await call('GET', '/partners/customers')).status).toBe(200);
    const refused = await call('GET', '/partners/customers');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(await json(refused)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect((await call('GET', '/partners/customers/1')).status).toBe(404);
  });

  test('resets after a minute', async () => {
    const clock = heldClock();
    const { call } = await signedIn(await connected('lineworks', { scale: 50 }, clock));
    for (let nth = 1; nth <= 241; nth++) await call('GET', '/partners/customers');
    clock.move(59_000);
    expect((await call('GET', '/partners/customers')).headers.get('ratelimit-reset')).toBe('1');
    clock.move(1000);
    expect((await call('GET', '/partners/customers')).status).toBe(200);
  });

  test('is off if the sandbox is told so', async () => {
    const { call } = await signedIn(await connected('lineworks', { scale: 50, rateLimits: false }));
    expect((await call('GET', '/partners/customers')).headers.get('ratelimit-limit')).toBeNull();
  });
});

test('the scope partner.read only reads', async () => {
  const { call, pathOf, everything } = await signedIn(await connected('lineworks', { scale: 50 }), 'partner.read');
  const row: Row = given((await everything()).find(({ renewal }) => renewal?.type === 'STAY'));
  expect(await refusal(call('PATCH', `${pathOf(row)}/renewal`, { type: 'CANCEL' }))).toBe('403 FORBIDDEN');
});
