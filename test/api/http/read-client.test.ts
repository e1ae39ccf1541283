import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import { longestWaitMs } from '../../../src/api/http/retry.ts';
import { type FaultServer, json, type Script, serve } from '../fixtures/server.ts';
import { connect, faultOf, noIds, testSetup } from '../fixtures/setup.ts';

const servers: FaultServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function server(script: Script): Promise<FaultServer> {
  const one = await serve(script);
  servers.push(one);
  return one;
}

const anything = v.unknown();
const call = { path: '/x', asked: noIds, deadlineMs: 400 };

test.each([
  [401, 'signed-out', 1],
  [403, 'denied', 1],
  [404, 'missing', 1],
  [410, 'missing', 1],
  [400, 'refused', 1],
  [422, 'refused', 1],
  [302, 'unreachable', 1],
  [408, 'unreachable', 3],
  [429, 'unreachable', 3],
  [500, 'unreachable', 3],
  [503, 'unreachable', 3],
])('a read answered %i is %s after %i tries', async (status, kind, tries) => {
  const { origin, seen } = await server((_, response) => json(response, status, { Type: 'T', Message: 'said so' }));
  const fault = await faultOf(connect(origin).read.get(call, anything));
  expect(fault).toMatchObject({ kind, connection: 'nordic', sent: false, vendor: { status } });
  expect(seen).toHaveLength(tries);
});

test.each<[string, Script]>([
  ['names a pause', (_, response) => json(response, 403, {}, { 'retry-after': '0' })],
  ['names a quota', (_, response) => json(response, 403, { error: { message: 'Quota exceeded.' } })],
])('a read answered 403 that %s is retried at every vendor', async (_, script) => {
  const { origin, seen } = await server(script);
  expect((await faultOf(connect(origin).read.get(call, anything))).kind).toBe('unreachable');
  expect(seen).toHaveLength(3);
});

test('[fault 45] a vendor that recovers is read without a fault', async () => {
  const { origin } = await server((_, response, nth) =>
    nth < 3 ? response.socket?.destroy() : json(response, 200, [1]),
  );
  expect(await connect(origin).read.get(call, anything)).toEqual([1]);
});

test('[fault 45] a refused connection is unreachable, and the sentence names the host', async () => {
  const gone = await serve(() => {});
  await gone.stop();
  const fault = await faultOf(connect(gone.origin).read.get(call, anything));
  expect(fault.kind).toBe('unreachable');
  expect(fault.message).toContain(`(${new URL(gone.origin).host}) does not accept connections`);
});

test('[fault 48] an outage does not cause a retry storm: one connection has a retry budget', async () => {
  const { origin, seen } = await server((_, response) => json(response, 503, null));
  const { read } = connect(origin);
  for (let reads = 0; reads < 40; reads++) await faultOf(read.get(call, anything));
  expect(seen).toHaveLength(40 + 10);
});

test.each(['1', '8'])('reads and syncs share one retry budget, concurrency %s', async (concurrency) => {
  const { origin, seen } = await server((_, response) => json(response, 503, null));
  const { read, readInBackground } = connect(origin, testSetup({ settings: { concurrency } }));
  // On a busy machine forty calls at once take longer than the usual deadline of these tests.
  const reads = Array.from({ length: 20 }, () =>
    [read, readInBackground].map((one) => faultOf(one.get({ ...call, deadlineMs: 30_000 }, anything))),
  );
  await Promise.all(reads.flat());
  expect(seen).toHaveLength(40 + 10);
});

test('[fault 48] a ten-minute outage costs other vendors nothing, and itself ten tries', async () => {
  const down = await server((_, response) => json(response, 503, null));
  const up = await Promise.all([1, 2, 3, 4].map(() => server((_, response) => json(response, 200, 'ok'))));
  const setup = testSetup();
  const lost = connect(down.origin, setup).read;
  const others = up.map(({ origin }) => connect(origin, testSetup()).read);
  const seconds = 600;
  for (let second = 0; second < seconds; second += 1) {
    const before = down.seen.length;
    await faultOf(lost.get(call, anything));
    expect(down.seen.length - before).toBeLessThanOrEqual(3);
    if (second % 60 === 0) for (const read of others) expect(await read.get(call, anything)).toBe('ok');
    setup.clock.advance(1000);
  }
  // Retries are at most a tenth of the first tries.
  expect(down.seen.length - seconds).toBeLessThanOrEqual(seconds / 10);
  expect(up.map(({ seen }) => seen.length)).toEqual([10, 10, 10, 10]);
});

const noon = 'Sat, 21 Nov 2026 12:00:00 GMT';

test.each([
  ['1', noon, 1000],
  ['0', noon, 0],
  ['-7', noon, 0],
  ['59', noon, 59_000],
  ['Sat, 21 Nov 2026 12:00:30 GMT', noon, 30_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', noon, 0],
  // This computer's clock is six minutes behind or ahead of the vendor's.
  ['Sat, 21 Nov 2026 12:06:30 GMT', 'Sat, 21 Nov 2026 12:06:00 GMT', 30_000],
  ['Sat, 21 Nov 2026 11:54:30 GMT', 'Sat, 21 Nov 2026 11:54:00 GMT', 30_000],
  ['Sat, 21 Nov 2026 12:00:30 GMT', 'at noon', 30_000],
  ['soon', noon, 0],
])('[fault 47] waits for Retry-After: %s, answered %s, and announces it', async (value, date, least) => {
  const { origin } = await server((_, response, nth) =>
    nth === 1 ? json(response, 429, null, { 'retry-after': value, date }) : json(response, 200, 'ok'),
  );
  const setup = testSetup();
  expect(await connect(origin, setup).read.get(call, anything)).toBe('ok');
  expect(setup.announced).toHaveLength(1);
  expect(setup.announced[0]).toMatchObject({ connection: 'nordic', why: 'throttled' });
  expect(setup.announced[0]?.milliseconds).toBeGreaterThanOrEqual(least);
  expect(setup.announced[0]?.milliseconds).toBeLessThanOrEqual(Math.max(least, 1000));
  expect(setup.clock.waits).toEqual([setup.announced[0]?.milliseconds]);
});

test.each(['61', '999999', 'Sun, 22 Nov 2026 12:00:00 GMT'])(
  '[fault 47] does not wait for Retry-After: %s',
  async (value) => {
    const { origin, seen } = await server((_, response) =>
      json(response, 429, null, { 'retry-after': value, date: noon }),
    );
    const setup = testSetup();
    expect((await faultOf(connect(origin, setup).read.get(call, anything))).kind).toBe('unreachable');
    expect(setup.clock.waits.every((wait) => wait <= longestWaitMs)).toBe(true);
    expect(seen).toHaveLength(1);
  },
);

test('[fault 46] at the deadline gives up on an answer sent byte by byte', async () => {
  const { origin } = await server((_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  const fault = await faultOf(connect(origin).read.get(call, anything));
  expect(fault.message).toContain('did not answer in time');
});

test.each<[string, Script, string]>([
  ['invalid JSON', (_, response) => response.end('{"a":'), 'invalid JSON'],
  ['a web page', (_, response) => response.end('<html>Sign in</html>'), 'a web page'],
  ['an empty body', (_, response) => response.end(), 'not the requested data'],
  ['another shape', (_, response) => response.end('{"list":[]}'), 'the field items'],
  [
    'a short body',
    (_, response) => response.writeHead(200, { 'content-length': '99' }).write('{}', () => response.destroy()),
    'closed',
  ],
  [
    'half a gzip',
    (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"items":[]}').subarray(0, 20)),
    'cannot be read',
  ],
])('[fault 49, 51] %s with a success status is a specific fault', async (_, script, sentence) => {
  const { origin } = await server(script);
  const fault = await faultOf(connect(origin).read.get(call, v.object({ items: v.array(v.unknown()) })));
  expect(fault.kind).toBe('unreachable');
  expect(fault.message).toContain(sentence);
});

test.each<[string, (bytes: Buffer) => Buffer, string]>([
  ['gzip', gzipSync, 'gzip'],
  ['brotli', brotliBomb, 'br'],
])('[fault 50] a %s bomb is cut off before it fills the memory', async (_, pack, encoding) => {
  const bomb = pack(Buffer.alloc(200 * 1024 * 1024));
  const { origin, seen } = await server((_, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
  );
  const before = process.memoryUsage().rss;
  const fault = await faultOf(connect(origin).read.get({ path: '/x', asked: noIds }, anything));
  expect(fault.message).toContain('more than Subdeck accepts');
  expect(seen).toHaveLength(1);
  // Three times the allowed 50 MB.
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
});

function brotliBomb(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
}

test.each([301, 302, 303, 307, 308])('[fault 24] does not follow a %i to another origin', async (status) => {
  const evil = await server((_, response) => json(response, 200, 'gotcha'));
  const { origin } = await server((_, response) => response.writeHead(status, { location: `${evil.origin}/x` }).end());
  const setup = testSetup();
  expect((await faultOf(connect(origin, setup).read.get(call, anything))).kind).toBe('unreachable');
  expect(evil.sockets()).toBe(0);
});

test('follows a GET redirect within the origin, never in a loop', async () => {
  const { origin } = await server((request, response) =>
    request.url === '/y'
      ? json(response, 200, 'here')
      : response.writeHead(308, { location: request.url === '/x' ? '/y' : '/loop' }).end(),
  );
  const { read } = connect(origin);
  expect(await read.get(call, anything)).toBe('here');
  expect((await faultOf(read.get({ path: '/loop', asked: noIds }, anything))).kind).toBe('unreachable');
});

test('[fault 10] never shows a secret that a vendor echoes', async () => {
  const { origin } = await server((request, response) =>
    json(response, 400, { Message: `bad ${request.headers.authorization}` }),
  );
  const fault = await faultOf(connect(origin).read.get(call, anything));
  expect(JSON.stringify(fault)).not.toContain('token-of-the-test');
  expect(fault.message).toContain('•••');
});

test('an aborted read is interrupted', async () => {
  const stop = new AbortController();
  const { origin } = await server(() => stop.abort());
  expect((await faultOf(connect(origin).read.get({ ...call, signal: stop.signal }, anything))).kind).toBe(
    'interrupted',
  );
});

test('[fault 9] reports every call to the observer, without query and secrets', async () => {
  const { origin } = await server((_, response) =>
    json(response, 200, 1, { 'x-request-id': 'r-1', 'ratelimit-remaining': '7' }),
  );
  const setup = testSetup();
  await connect(origin, setup).read.get({ path: '/x', asked: noIds, query: { search: 'private' } }, anything);
  expect(setup.calls).toEqual([
    {
      connection: 'nordic',
      method: 'GET',
      path: '/x',
      status: 200,
      milliseconds: 0,
      correlationId: 'r-1',
      limitLeft: 7,
      at: '2026-11-21T12:00:00.000Z',
    },
  ]);
});

test.each([
  ['an array closed by a brace', '[{"id":"1","more":[]}}'],
  ['an array opened by a brace', '{{"id":"1","more":[]}]'],
  ['a malformed object around it', '{"data" [{"id":"1"}]}'],
  ['an array with trailing text', '[{"id":"1"}]x'],
])('[fault 51] rows in %s are an incomplete answer', async (_what, body) => {
  const { origin } = await server((_, response) => void response.end(body));
  const reading = async () => {
    for await (const _row of connect(origin).read.rows({ path: '/rows', asked: noIds }));
  };
  expect((await faultOf(reading())).message).toContain('invalid JSON');
});

test('reads rows one by one, also from an answer that breaks off', async () => {
  const { origin } = await server((request, response) => {
    const body = '{"meta":{},"data":[{"n":"a]\\"","v":1.50},{"n":"b"} , 7';
    response.end(request.url === '/whole' ? `${body}]}` : body);
  });
  const { read } = connect(origin);
  const rows: unknown[] = [];
  for await (const row of read.rows({ path: '/whole', asked: noIds })) rows.push(row);
  expect(rows).toMatchObject([{ n: 'a]"', v: { source: '1.50' } }, { n: 'b' }, 7]);
  const some: unknown[] = [];
  const broken = async () => {
    for await (const row of read.rows({ path: '/broken', asked: noIds })) some.push(row);
  };
  expect((await faultOf(broken())).message).toContain('invalid JSON');
  expect(some).toHaveLength(2);
});
