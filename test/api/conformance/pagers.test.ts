import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { can, type Page, type Vendor } from '../../../src/api/vendor.ts';
import { type FaultServer, json, serve } from '../fixtures/server.ts';
import { MovingBook, type Story, stories } from './moving-book.ts';
import { standIns } from './stand-ins.ts';

describe.each(Object.entries(standIns))('the list of %s', (_name, standIn) => {
  let server: FaultServer;
  let book: MovingBook;
  beforeAll(async () => {
    server = await serve((request, response) => {
      if (/token/.test(request.url)) json(response, 200, { access_token: 'token', expires_in: 3600 });
      else json(response, 200, standIn.answer(request, book));
    });
  });
  afterAll(() => server.stop());

  const readAll = async (story: Story) => {
    book = new MovingBook(story);
    const pages = await pagesOf(standIn.connect(server.origin));
    return { ids: pages.flatMap(({ rows }) => rows.map(({ subscription }) => subscription.id)), pages };
  };

  it('ends, brings no row twice, and is only called complete when no row can be missing', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const { ids, pages } = await readAll(story);
        expect(new Set(ids).size).toBe(ids.length);
        expect(book.requests).toBeLessThan(200);
        const isComplete = pages[pages.length - 1]?.complete ?? false;
        const lost = book.constant().filter((id) => !ids.includes(id));
        expect({ isComplete, lost }).toEqual({ isComplete, lost: isComplete ? [] : lost });
        expect(pages.slice(0, -1).some(({ complete }) => complete)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is complete when nothing moves, however short the pages are', async () => {
    const calm = stories.map((story) => ({ ...story, moves: [], repeats: null, endless: false, tellsNext: true }));
    await fc.assert(
      fc.asyncProperty(calm, async (story) => {
        const { ids, pages } = await readAll(story);
        expect([...ids].sort()).toEqual([...book.constant()].sort());
        expect(pages[pages.length - 1]?.complete).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

async function pagesOf({ abilities }: Vendor): Promise<readonly Page[]> {
  if (!can(abilities.sync)) throw new Error('every vendor can sync');
  const pages: Page[] = [];
  for await (const page of abilities.sync({})) pages.push(page);
  return pages;
}
