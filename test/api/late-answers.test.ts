import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { authority, leafKey, leaves } from './fixtures/authority.ts';
import { connect, noIds, testSetup } from './fixtures/setup.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface RawServer {
  readonly origin: string;
  /** The number of the connection that each request used, in order. */
  readonly connections: readonly number[];
}

type Talk = (socket: Socket, path: string) => void;

/** A raw TCP server: it sends any bytes at any time. */
async function rawServer(secure: boolean, talk: Talk): Promise<RawServer> {
  const server: Server = secure ? createTlsServer({ key: leafKey, cert: leaves.good }) : createServer();
  const sockets = new Set<Socket>();
  const connections: number[] = [];
  let opened = 0;
  server.on(secure ? 'secureConnection' : 'connection', (socket: Socket) => {
    const connection = ++opened;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const path = /^GET (\S+) HTTP/.exec(chunk.toString('latin1'))?.[1];
      if (path === undefined) return;
      connections.push(connection);
      talk(socket, path);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, connections };
}

function answer(body: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The answer to a path, and one that nobody requested. */
const own = (path: string): string => answer(JSON.stringify({ path }));
const stray = answer(JSON.stringify({ path: 'stray' }));

/** A worker that sends a second answer after the first and signals when it is in the socket buffer, while the main thread blocks. */
const lateServer = `
  const { parentPort, workerData: { secure, arrived, key, cert } } = require('node:worker_threads');
  const server = secure ? require('node:tls').createServer({ key, cert }) : require('node:net').createServer();
  const answer = (body) => 'HTTP/1.1 200 OK\\r\\ncontent-length: ' + body.length + '\\r\\n\\r\\n' + body;
  let requests = 0;
  server.on(secure ? 'secureConnection' : 'connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      socket.write(answer(JSON.stringify({ path: chunk.toString().split(' ')[1] })));
      if (++requests > 1) return;
      setTimeout(() => socket.write(answer('{"path":"stray"}'), () => {
        Atomics.store(arrived, 0, 1);
        Atomics.notify(arrived, 0);
      }), 50);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

const trusted = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...trusted, authority]));
afterAll(() => setDefaultCACertificates(trusted));

describe.each([
  ['http', false],
  ['https', true],
])('over a kept-alive %s connection', (_name, secure) => {
  const readIn = (origin: string) => {
    const { read } = connect(origin, testSetup({ settings: { concurrency: '16' } }));
    return (path: string) => read.get({ path, asked: noIds, deadlineMs: 10_000 }, v.unknown());
  };

  test('answers in order keep one connection open', async () => {
    const server = await rawServer(secure, (socket, path) => socket.write(own(path)));
    const read = readIn(server.origin);
    for (const path of ['/a', '/b', '/c']) expect(await read(path)).toEqual({ path });
    expect(server.connections).toEqual([1, 1, 1]);
  });

  test.each<[string, Talk]>([
    ['beside the first', (socket, path) => socket.write(own(path) + stray)],
    ['a moment later', (socket, path) => socket.write(own(path), () => setTimeout(() => socket.write(stray), 20))],
    [
      'half of it',
      (socket, path) => socket.write(own(path), () => setTimeout(() => socket.write('HTTP/1.1 200 OK'), 20)),
    ],
    ['one byte', (socket, path) => socket.write(own(path), () => setTimeout(() => socket.write('\n'), 20))],
  ])('a second answer, %s, is never taken for the next one', async (_, talk) => {
    const arrived = Promise.withResolvers<void>();
    const server = await rawServer(secure, (socket, path) => {
      talk(socket, path);
      socket.once('close', () => arrived.resolve());
    });
    const read = readIn(server.origin);
    expect(await read('/a')).toEqual({ path: '/a' });
    // The extra byte closes the connection.
    await arrived.promise;
    expect(await read('/b')).toEqual({ path: '/b' });
    expect(server.connections).toEqual([1, 2]);
  });

  test('detects a stray answer that arrived while the process was busy', async () => {
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(lateServer, {
      eval: true,
      workerData: { secure, arrived, key: leafKey, cert: leaves.good },
    });
    closers.push(() => void worker.terminate());
    const [port] = await once(worker, 'message');
    const read = readIn(`${secure ? 'https' : 'http'}://127.0.0.1:${port}`);
    expect(await read('/a')).toEqual({ path: '/a' });
    expect(Atomics.wait(arrived, 0, 0, 10_000)).toBe('ok');
    expect(await read('/b')).toEqual({ path: '/b' });
  });

  test('a request does not wait for another one’s connection', async () => {
    const held: (() => void)[] = [];
    const server = await rawServer(secure, (socket, path) => {
      held.push(() => {
        socket.write(own(path));
        setImmediate(() => socket.write(stray));
      });
      if (held.length === 12) for (const answerOne of held) answerOne();
    });
    const read = readIn(server.origin);
    const paths = Array.from({ length: 12 }, (_, at) => `/${at}`);
    expect(await Promise.all(paths.map(read))).toEqual(paths.map((path) => ({ path })));
  });
});

test('trailing bytes that are not an answer make the answer unusable', async () => {
  const server = await rawServer(false, (socket, path) => socket.write(`${own(path)}garbage`));
  const { read } = connect(server.origin);
  const one = read.get({ path: '/a', asked: noIds, deadlineMs: 400 }, v.unknown());
  await expect(one).rejects.toMatchObject({ fault: { kind: 'unreachable' } });
  // Three tries, three connections.
  expect(server.connections).toEqual([1, 2, 3]);
});
