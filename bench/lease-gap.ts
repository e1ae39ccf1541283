/**
 * `npm run bench:gap`: how long after the last check of a lease the first byte of a write is out. Measured to its arrival at the other end
 * of a loopback connection, in another thread: an upper bound. GAP_WRITES (2,000) for each row; under load twice as many threads as
 * there are processors count to no end. Prints JSON.
 */
import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { openConnection } from '../src/api/http/clients.ts';
import { plainlyDone } from '../src/api/http/write-client.ts';
import { listOf } from '../src/api/identity.ts';
import { systemClock as clock } from '../src/app/clock.ts';
import { leaseOf } from '../src/journal/postgres/lease.ts';
import { authority, leafKey, leaves } from '../test/api/fixtures/authority.ts';
import { quantile } from './terminal.ts';

const writes = Number(process.env.GAP_WRITES ?? 2000);
setDefaultCACertificates([...getCACertificates('default'), authority]);

/** Notes when the first byte of each connection arrived, then answers. */
const vendor = `
  const { parentPort, workerData: { arrived, secure, key, cert } } = require('node:worker_threads');
  const server = secure ? require('node:tls').createServer({ key, cert }) : require('node:net').createServer();
  server.on(secure ? 'secureConnection' : 'connection', (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      arrived[0] = process.hrtime.bigint();
      socket.end('HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\n{}');
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
const counting = 'for (let n = 0; ; n += 1) if (n < 0) break;';

const lease = leaseOf(
  async () => ({ id: 'p', beat: async () => ({ leaseMs: 30_000 }), end: async () => undefined }),
  clock,
);

async function gaps(secure: boolean): Promise<readonly number[]> {
  const arrived = new BigInt64Array(new SharedArrayBuffer(8));
  const server = new Worker(vendor, { eval: true, workerData: { arrived, secure, key: leafKey, cert: leaves.good } });
  const [port] = await once(server, 'message');
  const { write } = openConnection(
    {
      ...{ name: 'nordic', title: 'Nordic', settings: {}, clock, secretsIn: 'keychain' },
      secrets: async () => ({ accessToken: 'token-of-the-bench' }),
      allowWrites: () => null,
    },
    {
      limits: { kind: 'unknown', source: 'a bench' },
      baseUrl: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`,
      signIn: async () => ({ token: 't', lifetimeMs: null }),
    },
  );
  const found: number[] = [];
  for (let nth = 0; nth < writes; nth += 1) {
    await lease.ready();
    const permit = lease.permit();
    let checked = 0n;
    const ended = () => {
      const why = permit.ended();
      checked = process.hrtime.bigint();
      return why;
    };
    const call = { method: 'PUT', path: '/subscriptions/1', asked: listOf({}), json: { quantity: 5 } } as const;
    const { outcome } = await write.send(call, plainlyDone, { ended });
    if (outcome !== 'done') throw new Error(`The write was ${outcome}.`);
    found.push(Number((arrived[0] ?? 0n) - checked) / 1e6);
  }
  await server.terminate();
  return found;
}

const rows: unknown[] = [];
for (const busy of [0, availableParallelism() * 2]) {
  const load = Array.from({ length: busy }, () => new Worker(counting, { eval: true }));
  for (const secure of [false, true]) {
    const all = await gaps(secure);
    const [p50, p99, max] = [quantile(all, 0.5), quantile(all, 0.99), Math.max(...all)].map((ms) =>
      Number(ms.toFixed(3)),
    );
    rows.push({ over: secure ? 'https' : 'http', countingThreads: busy, writes, p50, p99, max, loadavg: loadavg()[0] });
  }
  for (const one of load) await one.terminate();
}
lease.stop();
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
