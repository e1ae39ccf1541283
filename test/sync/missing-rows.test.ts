import { describe, expect, it } from 'vitest';
import type { Page, Reading, SyncScope } from '../../src/api/contract.ts';
import { fault } from '../../src/model/fault.ts';
import { type SyncJob, syncConnection } from '../../src/sync/sync-run.ts';
import { fill, ids, noon, openScratch, page, row, standingClock } from '../store/rows.ts';
import { vendorThat } from './vendor.ts';

const some = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => row({ id: String(from + index).padStart(4, '0') }));
const reading = (id: string, quantity = 1): Reading => ({ subscription: row({ id, quantity }), raw: { id } });
const minutes = 60_000;

/** A vendor whose list and whose reads by id are controlled by the test. */
function listed(rows: () => ReturnType<typeof some>, read: (id: string) => Reading | null = () => null) {
  const asked: string[] = [];
  const sync = async function* (): AsyncGenerator<Page> {
    yield page(rows());
  };
  const vendor = vendorThat({
    sync,
    read: async ({ id }) => {
      asked.push(id);
      return read(id);
    },
  });
  return { vendor, asked };
}

function setUp(rows = some(100)) {
  const clock = standingClock();
  const cache = openScratch(undefined, clock);
  if (rows.length > 0) fill(cache, rows);
  const sync = (vendor: SyncJob['vendor'], more: Partial<SyncJob> = {}) =>
    syncConnection({ vendor, cache, freshSince: clock.now() - 5 * minutes, ...more });
  return { clock, cache, sync };
}

describe('[fault 130] a row missing from a list that changed while it was read', () => {
  it('is read by id and stored, although the total matches', async () => {
    const { cache, sync } = setUp();
    // Row 3 disappeared from a page already read and 200 was appended: 50 moved from the second page to the first.
    const rows = () => [...some(100).filter(({ id }) => id !== '0050'), ...some(1, 200)];
    const { vendor, asked } = listed(rows, (id) => reading(id, 7));
    const end = await sync(vendor);
    expect(end).toMatchObject({ complete: true, missing: [] });
    expect(asked).toEqual(['0050']);
    expect(ids(cache)).toHaveLength(101);
    expect(cache.subscription('nordic', '0050')).toMatchObject({ quantity: 7, missingSince: null });
  });

  it('is removed if the vendor does not know its id', async () => {
    const { cache, sync } = setUp();
    const { vendor } = listed(() => some(99));
    expect(await sync(vendor)).toMatchObject({ complete: true, missing: [] });
    expect(cache.subscription('nordic', '0099')).toBeNull();
    expect(cache.freshness('nordic')).toMatchObject({ rows: 99, missing: null, lastFault: null });
  });

  it('is kept and marked if there is no answer, and unmarked when seen again', async () => {
    const { cache, sync } = setUp();
    const silent = () => {
      throw fault('unreachable', 'No answer.', 'Try again.');
    };
    for (const _ of [1, 2, 3]) {
      const end = await sync(listed(() => some(99), silent).vendor);
      expect(end).toMatchObject({ complete: false, missing: [{ kind: 'partial' }], fault: null });
    }
    expect(cache.subscription('nordic', '0099')?.missingSince).toBe('2026-11-21T12:00:00.000Z');
    expect(cache.changes({ connection: 'nordic', id: '0099' })).toMatchObject([{ field: 'missingSince', from: null }]);
    expect(await sync(listed(() => some(100)).vendor)).toMatchObject({ complete: true, missing: [] });
    expect(cache.subscription('nordic', '0099')?.missingSince).toBeNull();
    expect(cache.freshness('nordic')).toMatchObject({ missing: null, lastFault: null });
  });

  it('is kept once and removed the second time if the vendor cannot read by id', async () => {
    const { cache, sync } = setUp();
    const vendor = vendorThat({
      sync: async function* () {
        yield page(some(99));
      },
    });
    expect((await sync(vendor)).missing).toHaveLength(1);
    expect(ids(cache)).toContain('0099');
    expect(await sync(vendor)).toMatchObject({ complete: true, missing: [] });
    expect(ids(cache)).not.toContain('0099');
  });

  it('is kept if its address is unknown', async () => {
    const { cache, sync } = setUp();
    const { vendor } = listed(
      () => some(99),
      () => {
        throw fault('missing', 'It names no organization.', 'Sync again.');
      },
    );
    expect((await sync(vendor)).missing).toHaveLength(1);
    expect(ids(cache)).toContain('0099');
  });

  it('stays without a fault if it is found by id in every sync', async () => {
    const { cache, sync } = setUp();
    const { vendor, asked } = listed(
      () => some(90),
      (id) => reading(id),
    );
    for (const _ of [1, 2]) expect(await sync(vendor)).toMatchObject({ complete: true, missing: [] });
    expect(asked).toHaveLength(20);
    expect(ids(cache)).toHaveLength(100);
  });

  it('is removed by an incomplete sync only if the vendor denies its id', async () => {
    const { cache, sync } = setUp();
    const lacking = fault('denied', 'A part is closed.', 'Ask for it.').fault;
    const vendor = vendorThat({
      sync: async function* () {
        yield page(some(95), { missing: [lacking], complete: false });
      },
      read: async ({ id }) => (id === '0097' ? null : reading(id)),
    });
    expect(await sync(vendor)).toMatchObject({ complete: false, missing: [lacking] });
    expect(ids(cache)).toHaveLength(99);
    expect(ids(cache)).not.toContain('0097');
  });
});

describe('[fault 127] a sync that would remove most of a connection', () => {
  it('keeps all rows, says how to accept it, and reads none by id', async () => {
    const { cache, sync } = setUp();
    const { vendor, asked } = listed(() => some(40));
    const end = await sync(vendor);
    expect(end).toMatchObject({ complete: false, fault: null });
    expect(end.missing[0]?.message).toContain('60 of 100 subscriptions of nordic');
    expect(end.missing[0]?.next).toContain('subdeck sync nordic --accept-removals');
    expect(asked).toEqual([]);
    expect(ids(cache)).toHaveLength(100);
    expect(cache.subscription('nordic', '0050')?.missingSince).toBe('2026-11-21T12:00:00.000Z');
    expect(cache.freshness('nordic')).toMatchObject({
      missing: { rows: 60, of: 100, since: '2026-11-21T12:00:00.000Z' },
      lastFault: end.missing[0],
      readAt: '2026-11-21T12:00:00.000Z',
    });
  });

  it('removes them the second time', async () => {
    const { cache, sync } = setUp();
    const { vendor } = listed(() => some(40));
    await sync(vendor);
    expect(await sync(vendor)).toMatchObject({ complete: true, missing: [] });
    expect(ids(cache)).toHaveLength(40);
    expect(cache.freshness('nordic')).toMatchObject({ missing: null, lastFault: null });
  });

  it('removes them at once if a person accepts it, beyond the limit of reads too', async () => {
    const { cache, sync } = setUp(some(400));
    const { vendor, asked } = listed(() => some(40));
    expect(await sync(vendor, { acceptRemovals: true })).toMatchObject({ complete: true, missing: [] });
    expect(ids(cache)).toHaveLength(40);
    expect(asked).toHaveLength(100);
  });

  it('counts the rows that existed before it, not those it added', async () => {
    const { cache, sync } = setUp();
    await sync(listed(() => some(100, 500)).vendor);
    expect(ids(cache)).toHaveLength(200);
    expect(cache.freshness('nordic').missing?.rows).toBe(100);
  });

  it('is accepted for a small connection', async () => {
    const { cache, sync } = setUp(some(19));
    await sync(listed(() => []).vendor);
    expect(ids(cache)).toEqual([]);
  });
});

describe('[fault 128] a total that counts rows that are never sent', () => {
  const counting = (shortfall: () => number) =>
    vendorThat({
      sync: async function* () {
        yield page(some(10), { shortfall: shortfall() });
      },
    });

  it('is partial once; the same shortfall again is complete, with a note', async () => {
    const { cache, sync } = setUp([]);
    const vendor = counting(() => 3);
    const first = await sync(vendor);
    expect(first).toMatchObject({ complete: false, missing: [{ kind: 'partial' }], notes: [] });
    expect(cache.freshness('nordic').readAt).toBeNull();
    expect(await sync(vendor)).toMatchObject({
      complete: true,
      missing: [],
      notes: ['The vendor reports 3 more rows of nordic than it sends.'],
    });
    expect(cache.freshness('nordic')).toMatchObject({ readAt: '2026-11-21T12:00:00.000Z', shortfall: 3 });
  });

  it('is doubtful again if the shortfall changes', async () => {
    const { sync } = setUp([]);
    let lacking = 3;
    const vendor = counting(() => lacking);
    await sync(vendor);
    await sync(vendor);
    lacking = 4;
    expect((await sync(vendor)).complete).toBe(false);
    expect((await sync(vendor)).complete).toBe(true);
  });
});

describe('[fault 129] a sync that resumes another one', () => {
  /** Parts 0 and 1; the second fails as often as `failures` says, by a fault or by a stop. */
  function parts(failures: { left: number; how: 'missing' | 'stop' }) {
    const asked: number[] = [];
    const trouble = fault('denied', 'Part 1 is closed.', 'Open it.');
    const sync = async function* ({ resume }: SyncScope): AsyncGenerator<Page> {
      if (resume === undefined) {
        asked.push(0);
        yield page(some(10), { resume: 'behind 0', complete: false });
      }
      asked.push(1);
      failures.left -= 1;
      if (failures.left >= 0 && failures.how === 'stop') throw trouble;
      const missing = failures.left >= 0 ? [trouble.fault] : [];
      const lacks = missing.length > 0;
      yield page(lacks ? [] : some(10, 100), { resume: lacks ? 'behind 0' : null, complete: !lacks, missing });
    };
    return { vendor: vendorThat({ sync, read: async () => null }), asked };
  }

  it('rereads a part that failed, and is as old as the rest', async () => {
    const { clock, cache, sync } = setUp([]);
    const { vendor, asked } = parts({ left: 1, how: 'missing' });
    expect((await sync(vendor)).complete).toBe(false);
    clock.set(noon + 2 * minutes);
    expect((await sync(vendor)).complete).toBe(true);
    expect(asked).toEqual([0, 1, 1]);
    expect(cache.freshness('nordic').readAt).toBe('2026-11-21T12:00:00.000Z');
  });

  it('reads everything again after a failed part once the rest is old', async () => {
    const { clock, cache, sync } = setUp([]);
    const { vendor, asked } = parts({ left: 1, how: 'missing' });
    await sync(vendor);
    clock.set(noon + 120 * minutes);
    expect((await sync(vendor)).complete).toBe(true);
    expect(asked).toEqual([0, 1, 0, 1]);
    expect(cache.freshness('nordic').readAt).toBe('2026-11-21T14:00:00.000Z');
  });

  it('is incomplete hours after an interruption; the next one reads everything', async () => {
    const { clock, cache, sync } = setUp([]);
    const { vendor, asked } = parts({ left: 1, how: 'stop' });
    expect((await sync(vendor)).fault?.kind).toBe('denied');
    clock.set(noon + 120 * minutes);
    const end = await sync(vendor);
    expect(end).toMatchObject({ complete: false, fault: null, missing: [{ kind: 'partial' }] });
    expect(end.missing[0]?.message).toContain('read earlier, Sat 21 Nov 2026 12:00 UTC');
    expect(cache.freshness('nordic').readAt).toBe('2026-11-21T12:00:00.000Z');
    expect((await sync(vendor)).complete).toBe(true);
    expect(asked).toEqual([0, 1, 1, 0, 1]);
    expect(cache.freshness('nordic').readAt).toBe('2026-11-21T14:00:00.000Z');
  });
});
