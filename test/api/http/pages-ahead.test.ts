import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PagedItems, type PagerOptions, pagesByNumber, pagesByResult } from '../../../src/api/http/paging.ts';
import { type Fault, fault } from '../../../src/model/fault.ts';

/** A vendor's list and its paging behaviour. */
const lists = fc.record({
  rows: fc.integer({ min: 0, max: 60 }),
  /** The most rows that the vendor returns per page. */
  cap: fc.integer({ min: 1, max: 12 }),
  tellsTotal: fc.boolean(),
  tellsNext: fc.boolean(),
  /** Refuses a page beyond the end instead of returning an empty one. */
  refuses: fc.boolean(),
  /** From this offset on, pages have one row less than before. */
  shrinksAt: fc.option(fc.integer({ min: 1, max: 60 })),
});
type List = typeof lists extends fc.Arbitrary<infer T> ? T : never;

const size = 10;

/** Answers every call after the number of event loop turns given by `order`. */
function server(list: List, order: readonly number[]) {
  const asked: number[] = [];
  let underWay = 0;
  let most = 0;
  const answer = async <Page>(at: number, page: () => Page): Promise<Page> => {
    const turns = order[asked.length % order.length] ?? 0;
    asked.push(at);
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    underWay -= 1;
    return page();
  };
  const slice = (offset: number, wanted: number) => {
    const isShorter = list.shrinksAt !== null && offset >= list.shrinksAt;
    const count = Math.max(1, Math.min(wanted, list.cap) - (isShorter ? 1 : 0));
    if (list.refuses && offset >= list.rows && offset > 0)
      throw fault('refused', 'There is no such page.', 'Ask for another.', { connection: 'c' });
    const end = Math.min(list.rows, offset + count);
    const items = Array.from({ length: Math.max(0, end - offset) }, (_, index) => `row-${offset + index}`);
    return { items, total: list.tellsTotal ? list.rows : null };
  };
  return {
    asked,
    most: () => most,
    byNumber: (page: number, wanted: number) =>
      answer(page, () => {
        const found = slice((page - 1) * Math.min(wanted, list.cap), wanted);
        const hasNext = list.tellsNext ? page * Math.min(wanted, list.cap) < list.rows : null;
        return { ...found, size: list.tellsNext ? Math.min(wanted, list.cap) : null, hasNext };
      }),
    byResult: (start: number) =>
      answer(start, () => {
        const found = slice(start - 1, size);
        const next = start + found.items.length;
        return { ...found, next: list.tellsNext && next <= list.rows ? next : null };
      }),
  };
}

interface Outcome {
  readonly pages: readonly PagedItems<string>[];
  readonly told: readonly Fault[];
  readonly error: unknown;
}

async function outcomeOf(
  read: (options: PagerOptions<string> & { readonly size: number }) => AsyncIterable<PagedItems<string>>,
  ahead: number,
): Promise<Outcome> {
  const told: Fault[] = [];
  const pages: PagedItems<string>[] = [];
  const options = {
    connection: 'c',
    keyOf: (item: string) => item,
    size,
    ahead: () => ahead,
    onIncomplete: (one: Fault) => told.push(one),
  };
  try {
    for await (const page of read(options)) pages.push(page);
    return { pages, told, error: null };
  } catch (error) {
    return { pages, told, error };
  }
}

const orders = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 });

test.each(['byNumber', 'byResult'] as const)(
  'pages %s read concurrently give the same result as read in sequence',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(lists, orders, fc.integer({ min: 1, max: 8 }), async (list, order, ahead) => {
        const alone = server(list, [0]);
        const beside = server(list, order);
        const reading = (from: ReturnType<typeof server>) => (options: Parameters<typeof pagesByNumber<string>>[1]) =>
          kind === 'byNumber' ? pagesByNumber(from.byNumber, options) : pagesByResult(from.byResult, options);
        const expected = await outcomeOf(reading(alone), 0);
        expect(await outcomeOf(reading(beside), ahead)).toEqual(expected);
        expect(beside.most()).toBeLessThanOrEqual(ahead + 1);
        const inVain = beside.asked.length - alone.asked.length;
        // When pages start at unexpected offsets, those read ahead are discarded.
        const most = kind === 'byResult' && list.shrinksAt !== null ? ahead + 2 : 2;
        expect(inVain).toBeLessThanOrEqual(most);
      }),
      { numRuns: 300 },
    );
  },
);
