import { describe, expect, it } from 'vitest';
import type { Page, SyncScope, Vendor } from '../../src/api/contract.ts';
import { FaultError, fault } from '../../src/model/fault.ts';
import { syncConnection } from '../../src/sync/sync-run.ts';
import { createSyncScheduler } from '../../src/sync/sync-scheduler.ts';
import { fill, ids, openScratch, page, row, standingClock } from '../store/rows.ts';
import { noTraffic } from './traffic.ts';
import { vendorThat } from './vendor.ts';

const clock = standingClock();
const trouble = fault('unreachable', 'No answer.', 'Try again.', { connection: 'nordic' });
const some = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => row({ id: String(from + index).padStart(4, '0') }));

/** Three pages of 250 rows; `resume` is the number of the next one. `broken`: the page that fails, once. */
function threePages(asked: SyncScope[] = [], broken: { page: number } = { page: -1 }) {
  return async function* (scope: SyncScope): AsyncGenerator<Page> {
    asked.push(scope);
    for (let number = Number(scope.resume ?? 0); number < 3; number += 1) {
      if (number === broken.page) {
        broken.page = -1;
        throw trouble;
      }
      const last = number === 2;
      yield page(some(number * 250, number * 250 + 250), {
        resume: last ? null : String(number + 1),
        complete: last,
        progress: { done: number * 250 + 250, total: 750 },
      });
    }
  };
}

describe('syncing a connection', () => {
  it('stores a screenful, then every page, reports progress, and is complete', async () => {
    const cache = openScratch();
    const told: (number | null)[][] = [];
    const end = await syncConnection({
      freshSince: 0,
      vendor: vendorThat({ sync: threePages() }),
      cache,
      onProgress: ({ done, total, rows }) => told.push([done, total, rows]),
    });
    expect(end).toEqual({ connection: 'nordic', rows: 750, complete: true, missing: [], fault: null, notes: [] });
    expect(told).toEqual([
      [250, 750, 50],
      [250, 750, 250],
      [500, 750, 500],
      [750, 750, 750],
    ]);
    expect(cache.freshness('nordic')).toMatchObject({
      rows: 750,
      readAt: '2026-11-21T12:00:00.000Z',
      resumable: false,
    });
  });

  it('stores the first page before it requests more, then reads ahead', async () => {
    let asked = 0;
    const sync = async function* () {
      for (const id of ['1', '2', '3']) {
        asked += 1;
        yield page([row({ id })], { complete: id === '3' });
      }
    };
    const askedAt: number[] = [];
    await syncConnection({
      freshSince: 0,
      vendor: vendorThat({ sync }),
      cache: openScratch(),
      onProgress: () => askedAt.push(asked),
    });
    expect(askedAt).toEqual([1, 3, 3]);
  });

  it('[fault 58] keeps the old rows after a fault, reports it, and resumes the next time', async () => {
    const cache = openScratch();
    fill(cache, [row({ id: 'old' })]);
    const asked: SyncScope[] = [];
    const vendor = vendorThat({ sync: threePages(asked, { page: 1 }), read: async () => null });
    const end = await syncConnection({ freshSince: 0, vendor, cache });
    expect(end).toMatchObject({ complete: false, fault: trouble.fault, rows: 250 });
    expect(cache.freshness('nordic')).toMatchObject({ rows: 251, lastFault: trouble.fault, resumable: true });
    await syncConnection({ freshSince: 0, vendor, cache });
    expect(asked.map(({ resume }) => resume)).toEqual([undefined, '1']);
    expect(ids(cache)).toHaveLength(750);
    expect(ids(cache)).not.toContain('old');
    expect(cache.freshness('nordic').lastFault).toBeNull();
  });

  it('removes nothing if a part is missing', async () => {
    const cache = openScratch();
    fill(cache, [row({ id: 'old' })]);
    const sync = async function* () {
      yield page([row({ id: 'new' })], { missing: [trouble.fault], complete: false });
    };
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({ sync }), cache });
    expect(end).toMatchObject({ complete: false, missing: [trouble.fault], fault: null });
    expect(ids(cache)).toEqual(['new', 'old']);
    expect(cache.freshness('nordic').lastFault).toEqual(trouble.fault);
  });

  it('[fault 58] reads a page again that it was stopped in', async () => {
    const cache = openScratch();
    const stop = new AbortController();
    const asked: SyncScope[] = [];
    const vendor = vendorThat({ sync: threePages(asked) });
    const end = await syncConnection({
      freshSince: 0,
      vendor,
      cache,
      signal: stop.signal,
      onProgress: ({ rows }) => {
        // The next page has 250 rows in three parts; it is stopped after the first.
        if (rows === 250) setImmediate(() => setImmediate(() => stop.abort()));
      },
    });
    expect(end.fault?.kind).toBe('interrupted');
    await syncConnection({ freshSince: 0, vendor, cache });
    expect(asked[1]?.resume).toBe('1');
    expect(ids(cache)).toHaveLength(750);
  });

  it('[fault 58] starts over if it was stopped in its first page', async () => {
    const cache = openScratch();
    const stop = new AbortController();
    const asked: SyncScope[] = [];
    const vendor = vendorThat({ sync: threePages(asked) });
    const end = await syncConnection({
      freshSince: 0,
      vendor,
      cache,
      signal: stop.signal,
      onProgress: ({ rows }) => {
        if (rows === 50) stop.abort();
      },
    });
    expect(end.fault?.kind).toBe('interrupted');
    expect(ids(cache)).toHaveLength(50);
    await syncConnection({ freshSince: 0, vendor, cache });
    expect(asked[1]?.resume).toBeUndefined();
    expect(ids(cache)).toHaveLength(750);
  });

  it('gives the reason if the vendor does not allow it', async () => {
    const cache = openScratch();
    cache.declareConnections([
      { name: 'nordic', title: 'Nordic', vendor: 'cloudmore', impliedLevels: [], account: null },
    ]);
    const end = await syncConnection({ freshSince: 0, vendor: vendorThat({}), cache });
    expect(end.fault).toMatchObject({ kind: 'denied', message: 'Not in this test.' });
    expect(cache.freshness('nordic').lastFault?.kind).toBe('denied');
  });
});

describe('refreshes', () => {
  it('of one connection are one sync, however many callers', async () => {
    const cache = openScratch();
    const asked: SyncScope[] = [];
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache,
      clock,
      vendorOf: async () => vendorThat({ sync: threePages(asked) }),
    });
    const seen: number[] = [];
    syncs.subscribe(() => seen.push(syncs.running().length));
    const within = { level: 'organization', connection: 'nordic', id: 'o1' } as const;
    const ends = await Promise.all([syncs.run('nordic', {}), syncs.run('nordic', {}), syncs.run('nordic', { within })]);
    expect(asked).toHaveLength(1);
    expect(ends.map(({ rows }) => rows)).toEqual([750, 750, 750]);
    expect([seen[0], seen.at(-1)]).toEqual([1, 0]);
  });

  it('of a branch do not count as the whole', async () => {
    const asked: SyncScope[] = [];
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache: openScratch(),
      clock,
      vendorOf: async () => vendorThat({ sync: threePages(asked) }),
    });
    const within = { level: 'organization', connection: 'nordic', id: 'o1' } as const;
    await Promise.all([syncs.run('nordic', { within }), syncs.run('nordic', {})]);
    expect(asked.map((scope) => scope.within)).toEqual([within, undefined]);
  });

  it('stop when the last caller has gone', async () => {
    const cache = openScratch();
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache,
      clock,
      vendorOf: async () => vendorThat({ sync: threePages() }),
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const ends = [syncs.run('nordic', { signal: first.signal }), syncs.run('nordic', { signal: second.signal })];
    first.abort();
    expect((await ends[0])?.fault?.kind).toBe('interrupted');
    expect(syncs.running()).toHaveLength(1);
    second.abort();
    expect((await ends[1])?.fault?.kind).toBe('interrupted');
    expect(cache.freshness('nordic').rows).toBeLessThan(750);
    expect(syncs.running()).toHaveLength(0);
  });

  it('of a connection without secrets store the reason in its freshness', async () => {
    const cache = openScratch();
    fill(cache, [row({ id: '1' })]);
    const signedOut = fault('signed-out', 'No secrets.', 'Set them.', { connection: 'nordic' });
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache,
      clock,
      vendorOf: () => Promise.reject(signedOut),
    });
    expect((await syncs.run('nordic', {})).fault).toEqual(signedOut.fault);
    expect(cache.freshness('nordic')).toMatchObject({ rows: 1, lastFault: signedOut.fault });
  });

  it('of one subscription store it, or mark it as gone', async () => {
    const cache = openScratch();
    fill(cache, [row({ id: 'a/1' }), row({ id: '2' })]);
    const read = async ({ id }: { readonly id: string }) =>
      id === '2' ? null : { subscription: row({ id, quantity: 9 }), raw: {} };
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache,
      clock,
      vendorOf: async () => vendorThat({ read }),
    });
    await syncs.refreshOne('nordic/a/1');
    await syncs.refreshOne('nordic/2');
    expect(cache.subscription('nordic', 'a/1')?.quantity).toBe(9);
    expect(ids(cache)).toEqual(['a/1']);
    await expect(syncs.refreshOne('nonsense')).rejects.toBeInstanceOf(FaultError);
  });

  it('have the urgency of an automatic refresh, of a sync, or of a person', async () => {
    const cache = openScratch();
    const reads: string[] = [];
    const readBy = (who: string) => ({
      read: async ({ id }: { readonly id: string }) => {
        reads.push(who);
        return { subscription: row({ id }), raw: {} };
      },
    });
    const sync = async function* () {
      yield page([]);
    };
    const usual = vendorThat({ sync, ...readBy('person') });
    const inBackground = { ...usual.inBackground, ...readBy('sync') };
    const vendor = { ...usual, inBackground, toRefresh: readBy('refresh') };
    const vendorOf = async () => vendor;
    const syncs = createSyncScheduler({ freshFor: 300, totals: () => noTraffic, cache, clock, vendorOf });
    fill(cache, [row({ id: '1' })]);
    await syncs.refreshOne('nordic/1');
    await syncs.refreshOne('nordic/1', { isRefresh: true });
    // The list leaves the row out, so it is read by id.
    await syncs.run('nordic', {});
    await syncs.run('nordic', { isRefresh: true });
    expect(reads).toEqual(['person', 'refresh', 'sync', 'refresh']);
  });
});

describe('the progress of a refresh', () => {
  it('has a rate, and the time left once it is known', async () => {
    let now = 0;
    const paced = { ...clock, monotonic: () => now };
    const sync = async function* () {
      for (const done of [100, 200, 400]) {
        yield page(some(done - 40, done), { progress: { done, total: 1000 }, complete: false });
      }
    };
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache: openScratch(),
      clock: paced,
      vendorOf: async () => vendorThat({ sync }),
    });
    const told: (readonly [number, number | null])[] = [];
    syncs.subscribe(() => {
      const reading = syncs.running().filter(({ done }) => done > 0);
      told.push(...reading.map(({ done, left }) => [done, left] as const));
      now += reading.length * 2_000;
    });
    await syncs.run('nordic', {});
    // Counting starts at the first page; then 800 rows are left at 100 in two seconds, and 600 at 300 in four.
    expect(told).toEqual([
      [100, null],
      [200, 16_000],
      [400, 8_000],
    ]);
  });

  it('an aborted refresh calls no vendor', async () => {
    let made = 0;
    const vendorOf = () => {
      made += 1;
      return Promise.resolve(vendorThat({ sync: threePages() }));
    };
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache: openScratch(),
      vendorOf,
      clock,
    });
    const stop = new AbortController();
    const end = syncs.run('nordic', { signal: stop.signal });
    stop.abort();
    expect((await end).fault?.kind).toBe('interrupted');
    expect(made).toBe(0);
  });
});

describe('a node opened while its connection is read', () => {
  const organization = { level: 'organization', connection: 'nordic', id: 'o1' } as const;
  const service = { level: 'service', connection: 'nordic', id: 'v1' } as const;

  /** The whole list pauses in the middle until `goOn`; a branch has one page. */
  function opened(narrowLevels: Vendor['narrowLevels'], branch: readonly Page[] = [page([row({ id: 'in it' })])]) {
    const cache = openScratch();
    const asked: SyncScope[] = [];
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const sync = async function* (scope: SyncScope): AsyncGenerator<Page> {
      asked.push(scope);
      if (scope.within !== undefined) return yield* branch;
      begun.resolve();
      yield page(some(0, 10), { complete: false, resume: '1' });
      await held.promise;
      yield page([...some(10, 20), row({ id: 'in it' })], { complete: true });
    };
    const vendor = { ...vendorThat({ sync }), narrowLevels };
    const syncs = createSyncScheduler({
      freshFor: 300,
      totals: () => noTraffic,
      cache,
      clock,
      vendorOf: async () => vendor,
    });
    return { cache, asked, syncs, begun: begun.promise, goOn: held.resolve };
  }

  it('is read in parallel, once, and shown before the rest', async () => {
    const { cache, asked, syncs, begun, goOn } = opened(['organization']);
    const whole = syncs.run('nordic', {});
    await begun;
    const ends = await Promise.all([1, 2].map(() => syncs.readPlace('nordic', [organization, service], {})));
    expect(ends[0]).toMatchObject({ rows: 1, complete: true, fault: null });
    expect(asked).toMatchObject([{}, { within: organization, onlyNarrow: true }]);
    expect(asked).toHaveLength(2);
    expect(ids(cache)).toContain('in it');
    expect(ids(cache)).not.toContain('0019');
    expect(cache.freshness('nordic').readAt).toBeNull();
    expect(syncs.lastReads()).toMatchObject([{ within: organization, fault: null, readAt: expect.any(String) }]);
    goOn();
    expect(await whole).toMatchObject({ complete: true, fault: null });
    expect(ids(cache)).toHaveLength(21);
  });

  it('is read beside the whole sync as an automatic refresh', async () => {
    const { asked, syncs, begun, goOn } = opened(['organization']);
    const whole = syncs.run('nordic', {});
    await begun;
    await syncs.readPlace('nordic', [organization], { isRefresh: true });
    expect(asked).toMatchObject([{}, { within: organization, onlyNarrow: true, isRefresh: true }]);
    goOn();
    await whole;
  });

  it('waits for the whole sync if the vendor cannot list it alone', async () => {
    const { asked, syncs, goOn } = opened(['organization']);
    const whole = syncs.run('nordic', {});
    const place = syncs.readPlace('nordic', [service], {});
    goOn();
    expect(await place).toEqual(await whole);
    expect(asked).toHaveLength(1);
  });

  it('removes nothing and leaves faults to the whole sync', async () => {
    const { cache, syncs, goOn } = opened(['organization'], []);
    fill(cache, [row({ id: 'in it' })]);
    cache.noteFault('nordic', trouble.fault);
    const whole = syncs.run('nordic', {});
    expect(await syncs.readPlace('nordic', [organization], {})).toMatchObject({ rows: 0, complete: false });
    expect(ids(cache)).toContain('in it');
    expect(cache.freshness('nordic').lastFault).toEqual(trouble.fault);
    goOn();
    await whole;
    expect(cache.freshness('nordic').lastFault).toBeNull();
  });

  it('is an ordinary sync of that branch if nothing else is read', async () => {
    const { asked, syncs } = opened(['organization']);
    await syncs.readPlace('nordic', [organization, service], {});
    await syncs.readPlace('nordic', [organization], { isRefresh: true });
    expect(asked).toEqual([
      { within: organization, signal: expect.anything() },
      { within: organization, isRefresh: true, signal: expect.anything() },
    ]);
  });

  it('without an id syncs the whole connection', async () => {
    const { asked, syncs, goOn } = opened(['organization']);
    goOn();
    await syncs.readPlace('nordic', [{ ...organization, id: null }], {});
    expect(asked.map(({ within }) => within)).toEqual([undefined]);
  });
});

it('remembers the result and duration of the last sync by place', async () => {
  let now = 0;
  const sync = threePages([], { page: 1 });
  const vendorOf = async () => vendorThat({ sync });
  const paced = { ...clock, monotonic: () => now++ };
  const syncs = createSyncScheduler({
    freshFor: 300,
    totals: () => noTraffic,
    cache: openScratch(),
    clock: paced,
    vendorOf,
  });
  await syncs.run('nordic', {});
  expect(syncs.lastReads()).toMatchObject([{ connection: 'nordic', within: null, fault: 'unreachable', readAt: null }]);
  await syncs.run('nordic', {});
  const [last, ...others] = syncs.lastReads();
  expect(others).toEqual([]);
  expect(last).toMatchObject({ fault: null, readAt: new Date(clock.now()).toISOString() });
  expect(last?.took).toBeGreaterThan(0);
  expect(last?.endedAt).toBeGreaterThan(last?.took ?? 0);
});
