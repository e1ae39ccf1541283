import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { callForToken, oauthTokenReply } from '../../../src/api/http/token-call.ts';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { connect, faultOf, type HeldClock, noIds, testSetup } from '../fixtures/setup.ts';

const servers: FaultServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function signedIn(
  script: Script,
  concurrency = '4',
  secrets: Record<string, string> = { password: 'correct horse' },
) {
  const server = await serve(script);
  servers.push(server);
  const setup = testSetup({ settings: { concurrency }, secrets: async () => secrets });
  const url = new URL(`${server.origin}/token`);
  const { read, write } = connect(server.origin, setup, {
    signIn: (given, line) =>
      callForToken(line, { connection: 'nordic', url, form: { password: given.password ?? '' } }, oauthTokenReply),
  });
  const tokenCalls = () => server.seen.filter(({ url }) => url === '/token').length;
  return { server, setup, read, write, tokenCalls, get: () => read.get({ path: '/x', asked: noIds }, v.unknown()) };
}

const good: Script = (request, response, nth) =>
  request.url === '/token'
    ? json(response, 200, { access_token: `t${nth}`, expires_in: 3600 })
    : json(response, 200, request.headers.authorization);

test.each(['1', '8'])('[fault 15] twenty concurrent reads sign in once, concurrency %s', async (concurrency) => {
  const { get, tokenCalls } = await signedIn(good, concurrency);
  const answers = await Promise.all(Array.from({ length: 20 }, get));
  expect(new Set(answers)).toEqual(new Set(['Bearer t1']));
  expect(tokenCalls()).toBe(1);
});

test.each(['1', '8'])(
  '[fault 18] twenty reads with a revoked token renew it once, concurrency %s',
  async (concurrency) => {
    const valid = new Set<string>();
    const { get, tokenCalls } = await signedIn((request, response, nth) => {
      if (request.url === '/token') {
        valid.add(`Bearer t${nth}`);
        return json(response, 200, { access_token: `t${nth}`, expires_in: 3600 });
      }
      return json(response, valid.has(request.headers.authorization ?? '') ? 200 : 401, null);
    }, concurrency);
    await get();
    valid.clear();
    await Promise.all(Array.from({ length: 20 }, get));
    expect(tokenCalls()).toBe(2);
  },
);

test.each([1e20, 1e300, '1e18', -7, 0, 'soon', null])(
  '[fault 52] a token with the lifetime %j is used',
  async (lifetime) => {
    const ends: number[] = [];
    const { get, setup } = await signedIn((request, response) =>
      request.url === '/token'
        ? json(response, 200, { access_token: 't', expires_in: lifetime })
        : json(response, 200, request.headers.authorization),
    );
    setup.onToken = ({ endsAt }) => ends.push(endsAt);
    expect(await get().catch(({ fault }) => fault.kind)).toMatch(/^Bearer t$|^unreachable$/);
    for (const endsAt of ends) expect(Number.isNaN(new Date(endsAt).getTime())).toBe(false);
  },
);

test('[fault 21] renews a token before it expires, also after the computer slept', async () => {
  const { get, setup, tokenCalls } = await signedIn(good);
  await get();
  setup.clock.advance(3_500_000);
  await get();
  expect(tokenCalls()).toBe(1);
  setup.clock.advance(50_000);
  await get();
  expect(tokenCalls()).toBe(2);
});

test.each<[string, (clock: HeldClock) => void]>([
  ['the computer slept', (clock) => clock.sleep(3_550_000)],
  ['the computer slept and its clock was set back', (clock) => [clock.sleep(3_550_000), clock.setWall(-3_550_000)]],
  ['its clock was set ahead', (clock) => clock.setWall(3_550_000)],
  ['its clock was set back', (clock) => clock.setWall(-3_550_000)],
])('[fault 21] renews a token when %s', async (_, happens) => {
  const { get, setup, tokenCalls } = await signedIn(good);
  await get();
  happens(setup.clock);
  await get();
  expect(tokenCalls()).toBe(2);
  await get();
  expect(tokenCalls()).toBe(2);
});

test('[fault 17] when renewal fails, a read uses the token that has not expired', async () => {
  const { get, setup } = await signedIn((request, response, nth) =>
    request.url === '/token' && nth > 2 ? json(response, 503, null) : good(request, response, nth),
  );
  await get();
  setup.clock.advance(3_550_000);
  expect(await get()).toBe('Bearer t1');
  setup.clock.advance(60_000);
  expect((await faultOf(get())).kind).toBe('unreachable');
});

test('[fault 18] a read refused with a new token too is signed out after two tries', async () => {
  const { get, tokenCalls, server } = await signedIn((request, response, nth) =>
    request.url === '/token' ? good(request, response, nth) : json(response, 401, null),
  );
  const fault = await faultOf(get());
  expect(fault).toMatchObject({ kind: 'signed-out', connection: 'nordic' });
  expect(fault.next).toContain('subdeck connection set nordic');
  expect([tokenCalls(), server.seen.length]).toEqual([2, 4]);
});

test('a fixed access token is never renewed', async () => {
  const { get, tokenCalls, server } = await signedIn((_, response) => json(response, 401, null), '4', {
    accessToken: 'given',
  });
  expect((await faultOf(get())).kind).toBe('signed-out');
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer given']);
  expect(tokenCalls()).toBe(0);
});

test.each([
  [400, 'signed-out'],
  [401, 'signed-out'],
  [403, 'signed-out'],
  [404, 'unreachable'],
  [307, 'unreachable'],
  [429, 'unreachable'],
  [500, 'unreachable'],
])('[fault 24] a sign-in answered %i is %s, sent once, and shows no secret', async (status, kind) => {
  const evil = await serve((_, response) => json(response, 200, { access_token: 'stolen' }));
  servers.push(evil);
  const { get, tokenCalls, setup } = await signedIn((request, response) =>
    json(
      response,
      status,
      { error: 'invalid_grant', error_description: request.body },
      { location: `${evil.origin}/token` },
    ),
  );
  const fault = await faultOf(get());
  expect(fault).toMatchObject({ kind, connection: 'nordic', vendor: { status } });
  expect(tokenCalls()).toBe(1);
  expect(evil.sockets()).toBe(0);
  expect(JSON.stringify([fault, setup.calls])).not.toMatch(/correct.horse/);
});

test.each([
  [400, '{"error":"invalid_client"}', 'signed-out', 'connection set nordic'],
  [401, '{"error":"invalid_grant"}', 'signed-out', 'connection set nordic'],
  [403, '{}', 'signed-out', 'connection set nordic'],
  [400, '{"error":"invalid_scope","error_description":"x"}', 'denied', 'scope'],
  [400, '{"error_description":"x", "error" : "unauthorized_client"}', 'denied', 'Ask the vendor'],
  [400, '{"error":"unsupported_grant_type"}', 'denied', 'tokenUrl'],
  [403, '{"error":"access_denied"}', 'denied', 'Ask the vendor'],
  [403, '<html>blocked</html>', 'denied', 'network'],
  [400, '{"error":"temporarily_unavailable"}', 'unreachable', 'later'],
])('[fault 105] a sign-in answered %i %s is %s and says what to do', async (status, body, kind, next) => {
  const { get } = await signedIn((_, response) => response.writeHead(status).end(body));
  const fault = await faultOf(get());
  expect(fault).toMatchObject({ kind, next: expect.stringContaining(next) });
  // Correct secrets are not asked for again: more failed sign-ins could lock the account.
  if (kind !== 'signed-out') expect(fault.next).not.toContain('connection set');
});

test('a sign-in whose connection broke is retried once', async () => {
  const { get, tokenCalls } = await signedIn((request, response, nth) =>
    nth === 1 ? response.socket?.destroy() : good(request, response, nth),
  );
  expect(await get()).toBe('Bearer t2');
  expect(tokenCalls()).toBe(2);
});

test.each([['{"token":"x"}'], ['<html>'], ['{"access_token":"a\\r\\nb: c"}'], ['{"access_token":""}']])(
  'a sign-in answered %s gives no token',
  async (body) => {
    const { get } = await signedIn((_, response) => response.end(body));
    expect(['unreachable', 'signed-out']).toContain((await faultOf(get())).kind);
  },
);

describe('[fault 133] tokens that live less than a minute', () => {
  const short: Script = (request, response, nth) =>
    request.url === '/token'
      ? json(response, 200, { access_token: `t${nth}`, expires_in: 30 })
      : json(response, 200, request.headers.authorization);

  test('one sign-in serves the reads until half its lifetime is over', async () => {
    const { get, setup, tokenCalls } = await signedIn(short);
    for (let reads = 0; reads < 5; reads += 1) await get();
    setup.clock.advance(14_000);
    await get();
    expect(tokenCalls()).toBe(1);
    setup.clock.advance(2_000);
    await get();
    expect(tokenCalls()).toBe(2);
  });

  test('are refused for writes, with the reason', async () => {
    const { get, write, server, tokenCalls } = await signedIn(short);
    await get();
    const answer = await write.send(
      { method: 'PUT', path: '/x', asked: noIds, json: {} },
      plainlyDone,
      unlimitedPermit,
    );
    const message =
      'The access tokens of nordic are valid for 30 s; a write needs one that is valid for another minute.';
    expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'denied', message, sent: false } });
    expect(server.seen.filter(({ method, url }) => method === 'PUT' || url !== '/token')).toHaveLength(1);
    expect(tokenCalls()).toBe(2);
  });

  test('a write signs in again below a minute, also during a read', async () => {
    let lifetime = 90;
    const { get, setup, write, server } = await signedIn((request, response, nth) =>
      request.url === '/token'
        ? json(response, 200, { access_token: `t${nth}`, expires_in: lifetime })
        : json(response, 200, request.headers.authorization),
    );
    await get();
    setup.clock.advance(40_000);
    lifetime = 3600;
    await get();
    const [, answer] = await Promise.all([
      get(),
      write.send({ method: 'PUT', path: '/x', asked: noIds, json: {} }, plainlyDone, unlimitedPermit),
    ]);
    expect(answer).toMatchObject({ outcome: 'done' });
    const used = server.seen
      .filter(({ url }) => url === '/x')
      .map(({ method, headers }) => [method, headers.authorization]);
    expect(used.slice(0, 2)).toEqual([
      ['GET', 'Bearer t1'],
      ['GET', 'Bearer t1'],
    ]);
    expect(used.filter(([method, authorization]) => method === 'PUT' && authorization !== 'Bearer t1')).toHaveLength(1);
  });
});
