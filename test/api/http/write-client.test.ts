import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { plainlyDone, type Reply, type WriteCall } from '../../../src/api/http/write-client.ts';
import { step } from '../../../src/api/steps.ts';
import { fault } from '../../../src/model/fault.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { selfSigned } from '../fixtures/certificate.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { connect, type HeldClock, noIds, testSetup } from '../fixtures/setup.ts';

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function server(script: Script): Promise<FaultServer> {
  const one = await serve(script);
  servers.push(one);
  return one;
}

const put: WriteCall = { method: 'PUT', path: '/subscriptions/1', asked: noIds, json: { quantity: 5 } };
const withId = v.object({ id: v.string() });
const needsId: Reply<typeof withId> = { body: withId, ending: () => ({ outcome: 'done' }) };

test.each([
  [400, 'refused', 'refused'],
  [401, 'refused', 'signed-out'],
  [403, 'refused', 'denied'],
  [404, 'refused', 'refused'],
  [405, 'refused', 'refused'],
  [409, 'refused', 'refused'],
  [410, 'refused', 'refused'],
  [422, 'refused', 'refused'],
  [429, 'refused', 'unreachable'],
  [301, 'unknown', 'unknown'],
  [307, 'unknown', 'unknown'],
  [408, 'unknown', 'unknown'],
  [500, 'unknown', 'unknown'],
  [502, 'unknown', 'unknown'],
  [503, 'unknown', 'unknown'],
])('[fault 19, 62, 75] a write answered %i is %s (%s), sent once', async (status, outcome, kind) => {
  const evil = await server((_, response) => json(response, 200, {}));
  const { origin, seen } = await server((_, response) =>
    json(
      response,
      status,
      { Message: 'said so' },
      { location: `${evil.origin}/x`, ...(status === 403 ? {} : { 'retry-after': '0' }), 'x-request-id': 'r-9' },
    ),
  );
  const answer = await connect(origin).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome, fault: { kind, sent: true, vendor: { status, correlationId: 'r-9' } } });
  expect(seen).toHaveLength(1);
  expect(evil.sockets()).toBe(0);
});

test.each<[string, Script]>([
  ['names a pause', (_, response) => json(response, 403, {}, { 'retry-after': '0' })],
  ['names a quota', (_, response) => json(response, 403, { error: { message: 'Quota exceeded.' } })],
])('a write answered 403 that %s was throttled and is not sent again', async (_, script) => {
  const { origin, seen } = await server(script);
  const answer = await connect(origin).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'refused', fault: { kind: 'unreachable', vendor: { status: 403 } } });
  expect(seen).toHaveLength(1);
});

test.each<[string, Script]>([
  ['a reset after the request was read', (_, response) => response.socket?.destroy()],
  [
    'half an answer',
    (_, response) => response.writeHead(200, { 'content-length': '90' }).write('{"id"', () => response.destroy()),
  ],
  ['invalid JSON', (_, response) => response.end('{"id":')],
  ['a web page', (_, response) => response.end('<html>')],
  ['JSON without what is needed', (_, response) => response.end('{"ok":true}')],
  ['an empty body', (_, response) => response.end()],
])('[fault 62] %s leaves a write unknown if it needs the body', async (_, script) => {
  const { origin, seen } = await server(script);
  const answer = await connect(origin).write.send(put, needsId, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unknown', fault: { kind: 'unknown', sent: true } });
  expect(seen).toHaveLength(1);
});

test.each([
  [200, '{"anything":[1]}'],
  [201, '[]'],
  [204, ''],
  [202, ''],
])('%i with %s is done if nothing of the body is needed', async (status, body) => {
  const { origin } = await server((_, response) => response.writeHead(status, { 'x-correlation-id': 'c-1' }).end(body));
  expect(await connect(origin).write.send(put, plainlyDone, unlimitedPermit)).toEqual({
    outcome: 'done',
    status,
    correlationId: 'c-1',
    notes: {},
  });
});

test.each<[WriteCall['method'], unknown, string, string | undefined]>([
  ['POST', { name: '安全' }, '{"name":"安全"}', '17'],
  ['PUT', '', '""', '2'],
  ['PATCH', undefined, '', '0'],
  ['POST', undefined, '', '0'],
  ['DELETE', undefined, '', undefined],
  ['DELETE', { why: 'x' }, '{"why":"x"}', '11'],
])('a %s with %j sends the body %s and its length', async (method, body, text, length) => {
  const { origin, seen } = await server((_, response) => response.end('{}'));
  const write: WriteCall = { method, path: '/x', asked: noIds, ...(body === undefined ? {} : { json: body }) };
  expect(await connect(origin).write.send(write, plainlyDone, unlimitedPermit)).toMatchObject({ outcome: 'done' });
  expect(seen).toMatchObject([{ method, body: text }]);
  expect(seen[0]?.headers['content-length']).toBe(length);
  expect(seen[0]?.headers['transfer-encoding']).toBeUndefined();
});

test('a refused connection is provably unsent', async () => {
  const gone = await serve(() => {});
  await gone.stop();
  const answer = await connect(gone.origin).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'unreachable', sent: false } });
});

test('an unresolvable name is provably unsent', async () => {
  const answer = await connect('https://nowhere.invalid').write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'unreachable' } });
});

test('[fault 22] an untrusted certificate is named, and no byte of the write is sent', async () => {
  let requests = 0;
  const https = createServer(selfSigned, () => requests++).listen(0, '127.0.0.1');
  await new Promise((resolve) => https.once('listening', resolve));
  servers.push({ stop: async () => void https.close() });
  const { port } = https.address() as AddressInfo;
  const answer = await connect(`https://127.0.0.1:${port}`).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'unreachable' } });
  if (answer.outcome === 'unsent') expect(answer.fault.message).toContain('its certificate is self-signed');
  expect(requests).toBe(0);
});

test('[fault 23] HTTPS_PROXY is asked for a tunnel; a refusal leaves the write unsent', async () => {
  const asked: string[] = [];
  const proxy = createNetServer((socket) => {
    socket.once('data', (data) => {
      asked.push(String(data).split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  servers.push({ stop: async () => void proxy.close() });
  const before = process.env.HTTPS_PROXY;
  process.env.HTTPS_PROXY = `http://name:proxy-password@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const answer = await connect('https://vendor.invalid').write.send(put, plainlyDone, unlimitedPermit);
  if (before === undefined) delete process.env.HTTPS_PROXY;
  else process.env.HTTPS_PROXY = before;
  expect(asked).toEqual(['CONNECT vendor.invalid:443 HTTP/1.1']);
  expect(answer).toMatchObject({ outcome: 'unsent' });
  expect(JSON.stringify(answer)).not.toContain('proxy-password');
});

test('[fault 72] a write that is not allowed opens no socket, not even for its token', async () => {
  const { origin, sockets } = await server((_, response) => json(response, 200, {}));
  const secrets = async () => {
    throw new Error('asked for secrets');
  };
  const setup = testSetup({ secrets, allowWrites: () => 'Subdeck is read-only.' });
  const answer = await connect(origin, setup).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({
    outcome: 'unsent',
    fault: { kind: 'denied', message: 'Subdeck is read-only.', sent: false },
  });
  expect(sockets()).toBe(0);
});

test('a write without a token is unsent', async () => {
  const { origin, seen } = await server((_, response) => json(response, 200, {}));
  const setup = testSetup({ secrets: async () => ({ password: 'p' }) });
  const signIn = async () => {
    throw fault('signed-out', 'Wrong password.', 'Set it.');
  };
  const answer = await connect(origin, setup, { signIn }).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'signed-out', sent: false } });
  expect(seen).toHaveLength(0);
});

test('[fault 19] a write gets a token that is valid for at least a minute', async () => {
  const { origin, seen } = await server((_, response) => json(response, 200, {}));
  const setup = testSetup({ secrets: async () => ({ password: 'p' }) });
  let signIns = 0;
  const signIn = async () => ({ token: `token-${++signIns}`, lifetimeMs: 100_000 });
  const { write } = connect(origin, setup, { signIn });
  await write.send(put, plainlyDone, unlimitedPermit);
  setup.clock.advance(41_000);
  await write.send(put, plainlyDone, unlimitedPermit);
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test.each<[string, (clock: HeldClock) => void]>([
  ['slept for the night', (clock) => clock.sleep(8 * 3_600_000)],
  ['had its clock set', (clock) => clock.setWall(3_600_000)],
])('a write is not sent if the computer %s during its sign-in', async (_, happens) => {
  const { origin, seen } = await server((_, response) => json(response, 200, {}));
  const setup = testSetup({ secrets: async () => ({ password: 'p' }) });
  const signIn = async () => {
    happens(setup.clock);
    return { token: 't', lifetimeMs: 24 * 3_600_000 };
  };
  const answer = await connect(origin, setup, { signIn }).write.send(put, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({ outcome: 'unsent', fault: { kind: 'refused', sent: false } });
  expect(seen).toHaveLength(0);
});

test('masks a licence key that the vendor echoes in its refusal', async () => {
  const key = 'ABCD-1234-"x"';
  const { origin, seen } = await server((request, response) =>
    json(response, 400, [{ errorMessage: `no: ${request.body} ${key}` }]),
  );
  const setup = testSetup();
  const answer = await connect(origin, setup).write.send(
    { ...put, json: { licenseKey: key }, hide: [key] },
    plainlyDone,
    unlimitedPermit,
  );
  expect(seen[0]?.body).toBe(JSON.stringify({ licenseKey: key }));
  expect(JSON.stringify([answer, setup.calls])).not.toContain('ABCD-1234');
});

test('[fault 68] sends a step once, however often send is called', async () => {
  const { origin, seen } = await server((_, response) => json(response, 200, {}));
  const one = step(connect(origin).write, 'update', put, plainlyDone);
  expect(await one.send({}, unlimitedPermit)).toMatchObject({ outcome: 'done' });
  expect(await one.send({}, unlimitedPermit)).toMatchObject({ outcome: 'unsent', fault: { kind: 'broken' } });
  expect(seen).toHaveLength(1);
});

test('a success status whose body reports a failure is unknown, sent once', async () => {
  const { origin, seen } = await server((_, response) =>
    json(response, 200, { success: false, message: 'the key K-4711 is taken' }, { 'x-request-id': 'r-9' }),
  );
  const answer = await connect(origin).write.send({ ...put, hide: ['K-4711'] }, plainlyDone, unlimitedPermit);
  expect(answer).toMatchObject({
    outcome: 'unknown',
    reportsFailure: true,
    fault: { kind: 'unknown', sent: true, vendor: { status: 200, correlationId: 'r-9' } },
  });
  expect(JSON.stringify(answer)).toContain('reports a failure');
  expect(JSON.stringify(answer)).toContain('is taken');
  expect(JSON.stringify(answer)).not.toContain('K-4711');
  expect(seen).toHaveLength(1);
});

test.each([
  ['before it is sent', 0, 'unsent', 'refused'],
  ['once it is connected', 1, 'done', undefined],
] as const)('a permit that ends %s decides whether a byte leaves', async (_, asked, outcome, kind) => {
  const { origin, seen } = await server((_request, response) => json(response, 200, {}));
  let times = 0;
  const permit = { ended: () => (times++ < asked ? null : 'The lease of this process ended.') };
  const answer = await connect(origin).write.send(put, plainlyDone, permit);
  expect([answer.outcome, seen.length]).toEqual([outcome, asked]);
  if (answer.outcome === 'unsent') {
    expect(answer.fault).toMatchObject({ kind, message: 'The lease of this process ended.', sent: false });
  }
});
