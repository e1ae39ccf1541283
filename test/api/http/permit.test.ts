import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer, connect as tcp } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { plainlyDone, type WriteCall } from '../../../src/api/http/write-client.ts';
import { authority, leafKey, leaves } from '../fixtures/authority.ts';
import { connect, noIds, testSetup } from '../fixtures/setup.ts';

const trusted = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...trusted, authority]));
afterAll(() => setDefaultCACertificates(trusted));

const put: WriteCall = { method: 'PUT', path: '/subscriptions/1', asked: noIds, json: { quantity: 5 } };

/** A vendor over TLS whose side of the handshake is held back until it is released. */
async function heldHandshake(maxVersion: 'TLSv1.2' | 'TLSv1.3') {
  const [greeted, released, left] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  let received = '';
  const vendor = createServer({ key: leafKey, cert: leaves.good, maxVersion }, (socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        received += bytes.toString();
        if (received.includes('quantity')) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
  });
  vendor.on('tlsClientError', () => undefined);
  const way = createTcpServer((client) => {
    const { port } = vendor.address() as AddressInfo;
    const upstream = tcp(port, '127.0.0.1');
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
    client.once('data', () => greeted?.resolve());
    client.pipe(upstream);
    client.once('close', () => upstream.resume().end());
    void released?.promise.then(() => upstream.pipe(client));
    upstream.once('close', () => left?.resolve());
  });
  for (const server of [vendor, way]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
  }
  const { port } = way.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    greeted: greeted?.promise,
    release: () => released?.resolve(),
    left: left?.promise,
    received: () => received,
  };
}

test.each([
  ['TLSv1.3', 'unsent'],
  ['TLSv1.3', 'done'],
  ['TLSv1.2', 'unsent'],
  ['TLSv1.2', 'done'],
] as const)('over %s the permit is asked after token and handshake, before any byte: %s', async (version, outcome) => {
  const vendor = await heldHandshake(version);
  const asked: string[] = [];
  let [hasToken, isOver] = [false, false];
  const { write } = connect(vendor.origin, testSetup({ secrets: async () => ({ clientSecret: 's' }) }), {
    signIn: async () => {
      hasToken = true;
      return { token: 't', lifetimeMs: 3_600_000 };
    },
  });
  const ended = () => {
    asked.push(vendor.received());
    return isOver ? 'The lease of this process ended.' : null;
  };
  const sending = write.send(put, plainlyDone, { ended });
  await vendor.greeted;
  expect([hasToken, asked]).toEqual([true, []]);
  // The lease ends while the vendor takes its time.
  isOver = outcome === 'unsent';
  vendor.release();
  expect(await sending).toMatchObject({ outcome });
  await vendor.left;
  expect(asked).toEqual(['']);
  expect(vendor.received().includes('PUT /subscriptions/1')).toBe(outcome === 'done');
  if (outcome === 'unsent') expect(vendor.received()).toBe('');
});
