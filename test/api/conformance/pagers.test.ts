import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, type Page, type Vendor } from '../../../src/api/contract.ts';
import { type FaultServer, json, serve } from '../fixtures/server.ts';
import { MovingList, type Story, stories } from './moving-list.ts';
import { standIns } from './stand-ins.ts';

/** One row is removed and another added: the total is the same unless it is checked between the two. */
const balanced: Story = {
  ...{ rows: 3, cap: 1, repeats: 1, endless: false, tellsNext: false },
  moves: [
    { before: 2, kind: 'out', at: 0 },
    { before: 3, kind: 'in', at: 0.5 },
  ],
};

const readers = Object.entries(standIns).flatMap(([name, standIn]) =>
  ['1', '8'].map((concurrency) => ({ name, standIn, concurrency })),
);

describe.each(readers)('the list of $name, read $concurrency pages at a time', ({ name, standIn, concurrency }) => {
  let server: FaultServer;
  /** Each list has its own address: a page read ahead may arrive after its test case is over. */
  const lists: MovingList[] = [];
  beforeAll(async () => {
    server = await serve((request, response) => {
      const [, at, url] = /^\/(\d+)(\/.*)$/.exec(request.url) ?? [];
      const list = lists[Number(at)];
      if (list === undefined || url === undefined) json(response, 404, {});
      else if (/token/.test(url)) json(response, 200, { access_token: 'token', expires_in: 3600 });
      else json(response, 200, standIn.answer({ ...request, url }, list));
    });
  });
  afterAll(() => server.stop());

  const readAll = async (story: Story, resume?: string) => {
    const list = new MovingList(story);
    const at = lists.push(list) - 1;
    const pages = await pagesOf(standIn.connect(`${server.origin}/${at}`, concurrency), resume);
    return { list, ids: pages.flatMap(({ rows }) => rows.map(({ subscription }) => subscription.id)), pages };
  };

  it('[fault 55, 56] ends, repeats no row, and is complete only when no row can be missing', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const { list, ids, pages } = await readAll(story);
        expect(new Set(ids).size).toBe(ids.length);
        expect(list.requests).toBeLessThan(200);
        // A list that counts more than it sent is complete only when it does so again (test/sync/missing-rows.test.ts).
        const lacking = pages.reduce((sum, { shortfall }) => sum + shortfall, 0);
        const isComplete = (pages[pages.length - 1]?.complete ?? false) && lacking === 0;
        const lost = list.constant().filter((id) => !ids.includes(id));
        expect({ isComplete, lost }).toEqual({ isComplete, lost: isComplete ? [] : lost });
        expect(pages.slice(0, -1).some(({ complete }) => complete)).toBe(false);
      }),
      { numRuns: 30, examples: [[balanced]] },
    );
  });

  it('is complete when nothing changes, whatever the page size', async () => {
    const calm = stories.map((story) => ({ ...story, moves: [], repeats: null, endless: false, tellsNext: true }));
    await fc.assert(
      fc.asyncProperty(calm, async (story) => {
        const { list, ids, pages } = await readAll(story);
        expect([...ids].sort()).toEqual([...list.constant()].sort());
        expect(pages[pages.length - 1]?.complete).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('resumes after any page and is complete', async () => {
    const calm = stories.map((story) => ({ ...story, moves: [], repeats: null, endless: false, tellsNext: true }));
    await fc.assert(
      fc.asyncProperty(calm, fc.integer({ min: 0, max: 10 }), async (story, stop) => {
        const { list, pages } = await readAll(story);
        const cut = Math.min(stop, pages.length - 1);
        const { resume = null } = pages[cut] ?? {};
        if (resume === null) return;
        const before = pages.slice(0, cut + 1);
        const { pages: after } = await readAll(story, resume);
        const ids = [...before, ...after].flatMap(({ rows }) => rows.map(({ subscription }) => subscription.id));
        expect([...new Set(ids)].sort()).toEqual([...list.constant()].sort());
        expect(after[after.length - 1]?.complete).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('is not complete when resumed after the list changed', async () => {
    const story = { rows: 12, cap: 3, moves: [], repeats: null, endless: false, tellsNext: true };
    const { pages } = await readAll(story);
    const resume = pages.find((page) => page.resume !== null && page.rows.length > 0)?.resume ?? null;
    if (resume === null) throw new Error('No page can be resumed.');
    const { pages: after } = await readAll({ ...story, rows: 11 }, resume);
    // A cursor names a row, not an offset: the rows after it are read whatever happened before it.
    expect(after[after.length - 1]?.complete).toBe(name === 'lineworks');
  });
});

async function pagesOf({ abilities }: Vendor, resume?: string): Promise<readonly Page[]> {
  if (!can(abilities.sync)) throw new Error('The vendor cannot sync.');
  const pages: Page[] = [];
  for await (const page of abilities.sync(resume === undefined ? {} : { resume })) pages.push(page);
  return pages;
}
