import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { createRequests } from '../../../src/api/http/requests.ts';
import { callForToken, oauthTokenReply } from '../../../src/api/http/token-call.ts';
import { plainlyDone } from '../../../src/api/http/write-client.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { forbiddenIn } from '../../hostile/payloads.ts';
import { json, type Script, serve } from '../fixtures/server.ts';
import { connect, faultOf, noIds, testSetup } from '../fixtures/setup.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function server(script: Script) {
  const one = await serve(script);
  closers.push(one.stop);
  return one;
}

/** A raw TCP server: it sends any bytes to its clients. */
async function wire(talk: (socket: Socket) => void): Promise<{ readonly port: number }> {
  const sockets = new Set<Socket>();
  const listening: Server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    listening.close();
  });
  return listening.address() as AddressInfo;
}

const anything = v.unknown();
/** Shared by three tries. */
const deadlineMs = 400;

describe('an answer that never ends', () => {
  const drips: readonly (readonly [string, (socket: Socket) => void])[] = [
    ['sends nothing', () => undefined],
    ['sends its headers byte by byte', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx-a: '.padEnd(9999, 'a'))],
    ['sends one header after the other', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n')],
    ['sends 100 forever', (socket) => drip(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n')],
    ['sends 103 forever', (socket) => drip(socket, '', 'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n')],
    ['sends chunks of one byte', (socket) => drip(socket, head('transfer-encoding: chunked'), '1\r\n \r\n')],
    [
      'sends trailers forever',
      (socket) => drip(socket, `${head('transfer-encoding: chunked')}1\r\n1\r\n0\r\n`, 'a: b\r\n'),
    ],
    [
      'sends the body of an error byte by byte',
      (socket) => drip(socket, 'HTTP/1.1 500 No\r\ncontent-length: 99999\r\n\r\n', ' '),
    ],
    [
      'sends a list byte by byte',
      (socket) => drip(socket, `${head('transfer-encoding: chunked')}1\r\n[\r\n`, '1\r\n \r\n'),
    ],
  ];

  test.each(drips)('[fault 46] at the deadline gives up on a vendor that %s', async (_, talk) => {
    const { port } = await wire((socket) => {
      socket.once('data', () => talk(socket));
    });
    const fault = await faultOf(
      connect(`http://127.0.0.1:${port}`).read.get({ path: '/x', asked: noIds, deadlineMs }, anything),
    );
    expect(fault.kind).toBe('unreachable');
  });

  test('[fault 46] gives up on a list that stalls between two rows', async () => {
    const { port } = await wire((socket) => {
      socket.once('data', () => drip(socket, `${head('transfer-encoding: chunked')}4\r\n[1,2\r\n`, '1\r\n \r\n'));
    });
    const rows: unknown[] = [];
    const read = async () => {
      for await (const row of connect(`http://127.0.0.1:${port}`).read.rows({ path: '/x', asked: noIds, deadlineMs }))
        rows.push(row);
    };
    expect((await faultOf(read())).message).toContain('did not answer in time');
    expect(rows).toEqual([1]);
  });

  test('[fault 46] gives up on a list whose small rows each arrive in time but never end', async () => {
    const { port } = await wire((socket) => {
      socket.once('data', () => drip(socket, `${head('transfer-encoding: chunked')}2\r\n[1\r\n`, '2\r\n,1\r\n'));
    });
    const call = { path: '/x', asked: noIds, deadlineMs };
    const read = async () => {
      for await (const row of connect(`http://127.0.0.1:${port}`).read.rows(call)) expect(row).toBe(1);
    };
    expect((await faultOf(read())).message).toContain('so slowly that it did not end');
  });

  test('[fault 46] a write answered byte by byte is unknown at the deadline', async () => {
    const { port } = await wire((socket) => {
      socket.once('data', () => drip(socket, head('transfer-encoding: chunked'), '1\r\n \r\n'));
    });
    const call = { method: 'PUT', path: '/x', asked: noIds, json: { quantity: 5 }, deadlineMs } as const;
    const answer = await connect(`http://127.0.0.1:${port}`).write.send(call, plainlyDone, unlimitedPermit);
    expect(answer.outcome).toBe('unknown');
  });

  test('[fault 46] at its deadline gives up on a sign-in answered byte by byte', async () => {
    const { port } = await wire((socket) => {
      socket.once('data', () => drip(socket, head('transfer-encoding: chunked'), '1\r\n \r\n'));
    });
    const url = new URL(`http://127.0.0.1:${port}/token`);
    const call = { connection: 'nordic', url, form: { grant_type: 'password' }, deadlineMs };
    const fault = await faultOf(callForToken(createRequests(testSetup()), call, oauthTokenReply));
    expect(fault).toMatchObject({ kind: 'unreachable', connection: 'nordic' });
  });

  test('[fault 22, 46] gives up on a TLS handshake that never ends', async () => {
    const { port } = await wire(() => undefined);
    const fault = await faultOf(
      connect(`https://127.0.0.1:${port}`).read.get({ path: '/x', asked: noIds, deadlineMs }, anything),
    );
    expect(fault.message).toContain('did not answer in time');
  });
});

describe('an unusable answer', () => {
  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['an invalid status', 'HTTP/1.1 2OO OK\r\n\r\n'],
    ['control bytes in a header', 'HTTP/1.1 200 OK\r\nx-a: a\u0000b\u001b]0;t\u0007\r\ncontent-length: 2\r\n\r\n{}'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['two lengths', `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}`],
    ['a length and chunks', `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`],
    ['a negative length', `HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}`],
    ['an invalid chunk size', `${head('transfer-encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`],
    ['a huge chunk size', `${head('transfer-encoding: chunked')}ffffffffffffffff\r\n{}`],
    ['an unknown content encoding', `${head('content-encoding: zstd, gzip')}{}`],
    ['five content encodings', `${head('content-encoding: gzip, gzip, gzip, gzip, gzip')}{}`],
    ['an oversized header', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(200_000)}\r\n\r\n{}`],
    ['too many headers', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}\r\n{}`],
  ])('[fault 49, 51] %s is a specific fault', async (_, said) => {
    const { port } = await wire((socket) => {
      socket.once('data', () => socket.end(Buffer.from(said, 'latin1')));
    });
    const fault = await faultOf(
      connect(`http://127.0.0.1:${port}`).read.get({ path: '/x', asked: noIds, deadlineMs }, anything),
    );
    expect(fault.kind).toBe('unreachable');
    expect(forbiddenIn(JSON.stringify(fault))).toBeNull();
  });

  test.each([
    ['half a character', Buffer.from([0x22, 0xe5, 0xad, 0x22]), '"\ufffd"'],
    ['bytes of no encoding', Buffer.from([0x22, 0xff, 0xfe, 0x61, 0x22]), '"\ufffd\ufffda"'],
    ['a surrogate in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), '"\ufffd\ufffd\ufffd"'],
    ['a lone surrogate as an escape', Buffer.from('"\\ud800"'), JSON.stringify('\ud800')],
  ])('[fault 38] %s reads the same in a page and in a stream', async (_, bytes, wanted) => {
    const { origin } = await server((request, response) =>
      response.end(request.url === '/page' ? bytes : Buffer.concat([Buffer.from('['), bytes, Buffer.from(']')])),
    );
    const { read } = connect(origin);
    expect(JSON.stringify(await read.get({ path: '/page', asked: noIds }, anything))).toBe(wanted);
    for await (const row of read.rows({ path: '/rows', asked: noIds })) expect(JSON.stringify(row)).toBe(wanted);
  });
});

describe('the text of an error', () => {
  const size = 200 * 1024 * 1024;
  test.each<[string, string, () => Buffer]>([
    ['gzip', 'gzip', () => gzipSync(Buffer.alloc(size))],
    ['brotli', 'br', () => brotliCompressSync(Buffer.alloc(size), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('[fault 50] reads a %s bomb in a refusal no further than its first words', async (_, encoding, pack) => {
    const bomb = pack();
    const { origin } = await server((_request, response) =>
      response.writeHead(400, { 'content-encoding': encoding }).end(bomb),
    );
    const { read, write } = connect(origin);
    const before = process.memoryUsage().rss;
    expect((await faultOf(read.get({ path: '/x', asked: noIds }, anything))).kind).toBe('refused');
    const { outcome } = await write.send(
      { method: 'PUT', path: '/x', asked: noIds, json: {} },
      plainlyDone,
      unlimitedPermit,
    );
    expect(outcome).toBe('refused');
    // Three times the allowed 50 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  test.each<[string, unknown]>([
    ['nested too deeply', JSON.parse(`${'{"errors":['.repeat(3000)}1${']}'.repeat(3000)}`)],
    ['with ten thousand fields', Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`f${at}`, ['no']]))],
    ['with prototype keys', JSON.parse('{"__proto__":{"message":["x"]},"constructor":["y"],"message":"said"}')],
    ['with hostile text', { message: '\u001b]52;c;eA==\u0007\u202e', code: '\u009b31m', errors: ['a\nb'] }],
  ])('[fault 51, 53] an error %s fits on one line', async (_, body) => {
    const { origin } = await server((_request, response) => json(response, 422, body));
    const { vendor, message } = await faultOf(connect(origin).read.get({ path: '/x', asked: noIds }, anything));
    expect(vendor?.message?.length ?? 0).toBeLessThan(1200);
    expect(forbiddenIn(message + JSON.stringify(vendor))).toBeNull();
    expect('message' in {}).toBe(false);
  });

  const token = 'token-of-the-test';
  const forms: readonly (readonly [string, string])[] = [
    ['verbatim', token],
    ['in base64', Buffer.from(token).toString('base64')],
    ['in base64url', Buffer.from(token).toString('base64url')],
    ['in hexadecimal', Buffer.from(token).toString('hex')],
    ['in upper-case hexadecimal', Buffer.from(token).toString('hex').toUpperCase()],
    ['percent-encoded', encodeURIComponent(token)],
    ['as JSON escapes', Array.from(token, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
  ];

  test.each(forms)('[fault 10] hides a token echoed %s, in the body or the correlation id', async (_, form) => {
    const { origin } = await server((request, response) => {
      const status = request.url === '/good' ? 200 : 400;
      response.writeHead(status, { 'x-request-id': `id ${form}` }).end(`{"message":"bad ${form}","code":"${form}"}`);
    });
    const setup = testSetup();
    const { read, write } = connect(origin, setup);
    const fault = await faultOf(read.get({ path: '/x', asked: noIds }, anything));
    const answer = await write.send(
      { method: 'PUT', path: '/x', asked: noIds, json: {} },
      plainlyDone,
      unlimitedPermit,
    );
    const good = await write.send(
      { method: 'PUT', path: '/good', asked: noIds, json: {} },
      plainlyDone,
      unlimitedPermit,
    );
    const all = JSON.stringify([fault, answer, good, setup.calls]);
    expect(all).toContain('•••');
    for (const [, hidden] of forms) expect(all).not.toContain(hidden);
  });

  test('[fault 9] hides a licence key returned as a correlation id', async () => {
    const { origin } = await server((_request, response) =>
      json(response, 200, null, { 'x-request-id': 'KEY-1234-ABCD' }),
    );
    const setup = testSetup();
    const call = {
      method: 'PUT',
      path: '/x',
      asked: noIds,
      json: { key: 'KEY-1234-ABCD' },
      hide: ['KEY-1234-ABCD'],
    } as const;
    const answer = await connect(origin, setup).write.send(call, plainlyDone, unlimitedPermit);
    expect(JSON.stringify([answer, setup.calls])).not.toContain('KEY-1234');
  });
});

function head(more: string): string {
  return `HTTP/1.1 200 OK\r\n${more}\r\n\r\n`;
}

/** Sends the first text at once, or byte by byte if there is no repeated part; then repeats the second forever. */
function drip(socket: Socket, first: string, again?: string): void {
  if (again !== undefined) socket.write(first);
  let at = 0;
  const timer = setInterval(() => socket.write(again ?? first.charAt(at++)), 10);
  socket.on('close', () => clearInterval(timer));
}
