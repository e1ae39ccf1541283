import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syncConnection } from '../../../src/sync/sync-run.ts';
import { ids, openScratch } from '../../store/rows.ts';
import { type FaultServer, json, serve } from '../fixtures/server.ts';
import { type ListPage, MovingList } from './moving-list.ts';
import { standIns } from './stand-ins.ts';

/** A list that does not change, and its paging behaviour. */
const lists = fc.record({
  rows: fc.integer({ min: 0, max: 60 }),
  /** Rows per page, whatever was requested. */
  cap: fc.integer({ min: 1, max: 12 }),
  /** This page is sent in place of the one after it, too. */
  twice: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 3 }),
  /** The second page is sent in place of the third, and the third in place of the second. */
  swapped: fc.boolean(),
  tellsNext: fc.boolean(),
});
type List = typeof lists extends fc.Arbitrary<infer T> ? T : never;

class OddList extends MovingList {
  readonly #list: List;

  constructor(list: List) {
    super({ ...list, moves: [], repeats: null, endless: false });
    this.#list = list;
  }

  override page(offset: number, size: number): ListPage {
    const { rows, cap, twice, swapped } = this.#list;
    const count = Math.min(size, cap);
    const at = Math.floor(offset / count);
    // An empty page in place of one with rows would end the list.
    const isSwapped = swapped && rows > 2 * count && (at === 1 || at === 2);
    const moved = isSwapped ? 3 - at : at;
    const shown = twice !== null && at === twice + 1 ? twice : moved;
    const { ids: inPlace } = super.page(shown * count, size);
    return { ...super.page(offset, size), ids: inPlace };
  }
}

/** How many turns of the event loop each answer is delayed, in the order of the requests. */
const orders = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });

interface Served {
  readonly list: OddList;
  readonly order: readonly number[];
  /** This request is refused; null: none. */
  refused: number | null;
  requests: number;
}

describe.each(Object.entries(standIns))('a whole sync of %s', (_, standIn) => {
  let server: FaultServer;
  /** Each list has its own path: a page read ahead may arrive after its run is over. */
  const all: Served[] = [];
  beforeAll(async () => {
    server = await serve((request, response) => {
      const [, at, url] = /^\/(\d+)(\/.*)$/.exec(request.url) ?? [];
      const served = all[Number(at)];
      if (served === undefined || url === undefined) return json(response, 404, {});
      const number = served.requests;
      served.requests += 1;
      const answer = () =>
        number === served.refused
          ? json(response, 400, {})
          : json(response, 200, standIn.answer({ ...request, url }, served.list));
      const wait = (turns: number): void => void (turns === 0 ? answer() : setImmediate(wait, turns - 1));
      wait(served.order[number % served.order.length] ?? 0);
    });
  });
  afterAll(() => server.stop());

  const vendorOf = (list: List, order: readonly number[], concurrency: number) => {
    const served: Served = { list: new OddList(list), order, refused: null, requests: 0 };
    const at = all.push(served) - 1;
    return { served, vendor: standIn.connect(`${server.origin}/${at}`, String(concurrency)) };
  };

  it('returns the same rows and result for any order of answers', async () => {
    await fc.assert(
      fc.asyncProperty(lists, orders, fc.integer({ min: 2, max: 16 }), async (list, order, concurrency) => {
        const [one, other] = [openScratch(), openScratch()];
        const sequential = await syncConnection({ ...vendorOf(list, [0], 1), cache: one, freshSince: 0 });
        const parallel = await syncConnection({ ...vendorOf(list, order, concurrency), cache: other, freshSince: 0 });
        expect(parallel).toEqual(sequential);
        expect(ids(other)).toEqual(ids(one));
        // Nothing is lost in silence; and a list can be read whole, but for pages of unequal length in each other's place.
        const isOdd = list.twice !== null || (list.swapped && list.rows < 3 * list.cap);
        if (!isOdd || parallel.complete) expect(ids(other)).toHaveLength(list.rows);
      }),
      { numRuns: 8 },
    );
  });

  it('that is refused or cancelled anywhere leaves no gap when it resumes', async () => {
    const calm = lists.map((list) => ({ ...list, twice: null, swapped: false, tellsNext: true }));
    const stops = fc.record({ by: fc.constantFrom('refusal', 'cancel'), after: fc.integer({ min: 1, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(calm, orders, fc.constantFrom(1, 8), stops, async (list, order, concurrency, stop) => {
        const cache = openScratch();
        const { served, vendor } = vendorOf(list, order, concurrency);
        if (stop.by === 'refusal') served.refused = stop.after;
        const abort = new AbortController();
        let pages = 0;
        const onProgress = () => {
          pages += 1;
          if (stop.by === 'cancel' && pages === stop.after) abort.abort();
        };
        await syncConnection({ vendor, cache, freshSince: 0, signal: abort.signal, onProgress });
        served.refused = null;
        let end = await syncConnection({ vendor, cache, freshSince: 0 });
        // A place that was refused is missing until everything is read again.
        if (!end.complete) end = await syncConnection({ vendor, cache, freshSince: 0 });
        expect(end).toMatchObject({ complete: true, missing: [], fault: null });
        expect(ids(cache)).toHaveLength(list.rows);
      }),
      { numRuns: 8 },
    );
  });
});
