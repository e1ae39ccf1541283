import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { can, type Page, type SyncScope } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { startPageWriter } from '../../src/app/start-page-writer.ts';
import { limits } from '../../src/model/limits.ts';
import { syncConnection } from '../../src/sync/sync-run.ts';
import { writePagesBeside } from '../../src/sync/threaded-page-writer.ts';
import type { WorkerOrder } from '../../src/sync/worker-messages.ts';
import { json, serve } from '../api/fixtures/server.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { noon, openScratch, page, row, scratch } from '../store/rows.ts';
import { vendorThat } from './vendor.ts';

/** A Cloudmore whose list of subscriptions is endless, or has this many rows with this many characters each. */
async function cloudmore({ rows, size }: { readonly rows: number; readonly size: number }) {
  const server = await serve(({ url }, response) => {
    const { pathname } = new URL(url, 'http://x');
    if (pathname.endsWith('/token'))
      return json(response, 200, { access_token: 'bearer-of-a-flood', expires_in: 3600 });
    if (pathname.endsWith('/services')) return json(response, 200, [{ id: 'v', name: 'Service' }]);
    if (!pathname.includes('/subscriptions/')) return json(response, 200, []);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[');
    let sent = 0;
    const more = () => {
      while (sent < rows) {
        const item = {
          id: `s${sent}`,
          name: `Row ${sent}`,
          organizationId: 'o',
          organizationName: 'O',
          serviceId: 'v',
        };
        const text = JSON.stringify({ ...item, serviceName: 'Service', remarks: 'r'.repeat(size) });
        sent += 1;
        if (!response.write(sent === 1 ? text : `,${text}`)) return;
      }
      response.end(']');
    };
    response.on('drain', more);
    more();
  });
  onTestFinished(server.stop);
  const settings = {
    ...{ baseUrl: server.origin, tokenUrl: `${server.origin}/connect/token`, level: 'seller', sellerId: 's' },
    username: 'api@nordic.example',
  };
  return vendorIn(vendors, 'cloudmore').create({
    ...{
      name: 'nordic',
      title: 'Nordic',
      settings,
      clock: fastClock(noon),
      secretsIn: 'keychain',
      allowWrites: () => null,
    },
    secrets: async () => ({ password: 'p', clientSecret: 'c' }),
  });
}

const everything = { scope: [], connections: null, filter: [], search: null };
const endless = { rows: Number.POSITIVE_INFINITY, size: 100 };
const none = {
  rows: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
  milliseconds: Number.POSITIVE_INFINITY,
};

test.each([
  [{ rows: 2_000 }, 'after 2,000 rows'],
  [{ bytes: 1024 ** 2 }, 'after 1 MB'],
  [{ milliseconds: 1 }, ' minutes. '],
])('[fault 126] reads an endless list up to its limit and says so: %j', async (bound, said) => {
  const vendor = await cloudmore(endless);
  const cache = openScratch();
  const end = await syncConnection({ freshSince: 0, vendor, cache, bounds: { ...none, ...bound } });
  expect(end).toMatchObject({ complete: false, fault: { kind: 'partial', connection: 'nordic' } });
  expect(end.fault?.message).toContain(said);
  // Not much beyond the limit: a megabyte is some 4,000 of these rows.
  expect(end.rows).toBeLessThan(6_000);
  expect(cache.totals(everything).subscriptions).toBe(end.rows);
  // An endless list is never resumed: the next sync starts at the beginning.
  expect(cache.freshness('nordic')).toMatchObject({ readAt: null, resumable: false });
});

test('[fault 126] a list that ends within the limits is complete', async () => {
  const vendor = await cloudmore({ rows: 700, size: 100 });
  const end = await syncConnection({ freshSince: 0, vendor, cache: openScratch(), bounds: { ...none, rows: 710 } });
  expect(end).toMatchObject({ complete: true, rows: 700, fault: null });
});

test('[fault 126] long rows arrive in short batches', async () => {
  const { sync } = (await cloudmore({ rows: 60, size: 200_000 })).abilities;
  if (!can(sync)) throw new Error('Cloudmore cannot be synced.');
  const batches: number[] = [];
  for await (const { rows } of sync({})) batches.push(rows.length);
  expect(batches.reduce((sum, rows) => sum + rows, 0)).toBe(60);
  expect(Math.max(...batches) * 200_000).toBeLessThan(limits.transactionBytes + 400_000);
});

const megabyte = 'x'.repeat(1024 ** 2);

/** One page with this many rows of a megabyte each, then nothing. */
const hugePage = (rows: number) =>
  async function* (_: SyncScope): AsyncGenerator<Page> {
    const wide = page(Array.from({ length: rows }, (_, at) => row({ id: `f${at}`, connection: 'flood' })));
    yield { ...wide, rows: wide.rows.map((reading) => ({ ...reading, raw: { megabyte } })) };
  };

const smallPages = (count: number) =>
  async function* (_: SyncScope): AsyncGenerator<Page> {
    for (let at = 0; at < count; at += 1) yield page([row({ id: `d${at}` })], { complete: at === count - 1 });
  };

test('[fault 126] a huge list of one vendor leaves others their turns in the writer thread', async () => {
  const path = join(scratch(), 'cache.db');
  const cache = openScratch(path);
  const kept: string[] = [];
  const largest = { bytes: 0 };
  const pageWriter = writePagesBeside(cache, () => {
    const thread = startPageWriter(path);
    const post = thread.postMessage.bind(thread);
    thread.postMessage = (order: WorkerOrder) => {
      if (order.do === 'keep') {
        kept.push(order.mark.connection);
        largest.bytes = Math.max(
          largest.bytes,
          order.page.raws.reduce((sum, raw) => sum + raw.length, 0),
        );
      }
      post(order);
    };
    return thread;
  });
  onTestFinished(() => pageWriter.close());
  const [wide, narrow] = await Promise.all([
    syncConnection({ freshSince: 0, vendor: vendorThat({ sync: hugePage(40) }, 'flood'), cache, pageWriter }),
    syncConnection({ freshSince: 0, vendor: vendorThat({ sync: smallPages(8) }), cache, pageWriter }),
  ]);
  expect([wide.rows, narrow.rows]).toEqual([40, 8]);
  expect(kept.lastIndexOf('nordic')).toBeLessThan(kept.lastIndexOf('flood'));
  expect(largest.bytes).toBeLessThan(limits.transactionBytes + 1000);
});

test('a page split into parts counts as unread until its last part is stored', async () => {
  const cache = openScratch();
  const stop = new AbortController();
  const sync = async function* (scope: SyncScope): AsyncGenerator<Page> {
    yield page([row({ id: 'first' })], { resume: '1', complete: false });
    for await (const one of hugePage(6)(scope)) yield { ...one, resume: '2', complete: false };
  };
  let rows = 0;
  const onProgress = () => {
    rows += 1;
    if (rows === 3) stop.abort();
  };
  await syncConnection({
    freshSince: 0,
    vendor: vendorThat({ sync }, 'flood'),
    cache,
    signal: stop.signal,
    onProgress,
  });
  const asked: (string | undefined)[] = [];
  const again = async function* (scope: SyncScope): AsyncGenerator<Page> {
    asked.push(scope.resume);
    yield page([]);
  };
  await syncConnection({ freshSince: 0, vendor: vendorThat({ sync: again }, 'flood'), cache });
  expect(asked).toEqual(['1']);
});
