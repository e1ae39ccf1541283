import { expect, test } from 'vitest';
import { type PagerOptions, pagesByCursor, pagesByNumber, pagesByResult } from '../../../src/api/http/paging.ts';
import type { Fault } from '../../../src/model/fault.ts';

function options(start?: string): PagerOptions<string> & { rechecks: Fault[] } {
  const incompletes: Fault[] = [];
  return {
    connection: 'c',
    keyOf: (item) => item,
    start,
    onIncomplete: (fault) => incompletes.push(fault),
    rechecks: incompletes,
  };
}

async function read(pages: AsyncIterable<{ items: readonly string[]; next: string | null }>) {
  const items: string[] = [];
  let next: string | null = null;
  for await (const page of pages) {
    items.push(...page.items);
    next = page.next;
  }
  expect(next).toBeNull();
  return items.join('');
}

const list = [...'abcdefg'];
const numbered = (size: number, total: number | null) => async (page: number) => ({
  items: list.slice((page - 1) * size, page * size),
  total,
  size,
});

test.each([
  [3, 7],
  [3, null],
  [7, 7],
  [7, null],
  [100, null],
])('pages of %i with total %s give every item once', async (size, total) => {
  const asked = options();
  expect(await read(pagesByNumber(numbered(size, total), asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('a sync run goes on behind the page it stopped at', async () => {
  expect(await read(pagesByNumber(numbered(3, 7), options('2')))).toBe('defg');
});

test('a vendor that takes no paging sends its whole list at once', async () => {
  const asked = options();
  expect(await read(pagesByNumber(async () => ({ items: list, total: null, size: 3 }), asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('[fault 57] a page that repeats ends the list and is doubted', async () => {
  const asked = options();
  expect(await read(pagesByNumber(async () => ({ items: ['a', 'b'], total: 100, size: 2 }), asked))).toBe('ab');
  expect(asked.rechecks.map(({ message }) => message)).toEqual([
    'The vendor sent the same page twice: rows may be missing.',
  ]);
});

test('[fault 55, 56] a total that moves between pages is told once, and an item that moved is not shown twice', async () => {
  const asked = options();
  const pages = [['a', 'b'], ['b', 'c'], ['d']];
  const fetch = async (page: number) => ({ items: pages[page - 1] ?? [], total: 4 + page, size: 2, hasNext: page < 3 });
  expect(await read(pagesByNumber(fetch, asked))).toBe('abcd');
  expect(asked.rechecks).toHaveLength(1);
  expect(asked.rechecks[0]).toMatchObject({ kind: 'partial', connection: 'c' });
});

test.each([
  ['missing', null],
  ['zero', 0],
  ['the same again', 5],
  ['backwards', 1],
  ['beyond the total', 8],
])('result-number paging ends where next is %s', async (_, last) => {
  const fetch = async (start: number) => ({
    items: list.slice(start - 1, start + 3),
    total: 7,
    next: start === 1 ? 5 : last,
  });
  const asked = options();
  expect(await read(pagesByResult(fetch, asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('result-number paging never relies on the size of a page', async () => {
  const fetch = async (start: number) => ({ items: list.slice(start - 1, start), total: 7, next: start + 1 });
  expect(await read(pagesByResult(fetch, options()))).toBe('abcdefg');
});

test('cursors are followed to the end, an empty page in between included', async () => {
  const pages: Record<string, { items: string[]; total: null; cursor: string | null }> = {
    '': { items: ['a'], total: null, cursor: 'x' },
    x: { items: [], total: null, cursor: 'y' },
    y: { items: ['b'], total: null, cursor: null },
  };
  const fetch = async (cursor: string | null) => pages[cursor ?? ''] ?? { items: [], total: null, cursor: null };
  expect(await read(pagesByCursor(fetch, options()))).toBe('ab');
});

test('[fault 57] cursors that run in circles are stopped and doubted', async () => {
  const asked = options();
  let calls = 0;
  const fetch = async (cursor: string | null) => ({
    items: [String(calls++)],
    total: null,
    cursor: cursor === 'x' ? 'y' : 'x',
  });
  await read(pagesByCursor(fetch, asked));
  expect(calls).toBeLessThan(5);
  expect(asked.rechecks).toHaveLength(1);
});
