import { describe, expect, test } from 'vitest';
import { type PagerOptions, pagesByCursor, pagesByNumber, pagesByResult } from '../../../src/api/http/paging.ts';
import { type Fault, fault } from '../../../src/model/fault.ts';

function options(
  start?: string,
  size = 3,
): PagerOptions<string> & { readonly size: number; readonly rechecks: Fault[] } {
  const incompletes: Fault[] = [];
  return {
    connection: 'c',
    keyOf: (item) => item,
    size,
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
const said = { size: null, hasNext: null };
const numbered = (total: number | null) => async (page: number, size: number) => ({
  items: list.slice((page - 1) * size, page * size),
  total,
  ...said,
});

test.each([
  [3, 7],
  [3, null],
  [7, 7],
  [7, null],
  [100, null],
])('pages of %i with total %s give every item once', async (size, total) => {
  const asked = options(undefined, size);
  expect(await read(pagesByNumber(numbered(total), asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('a sync resumes after the page it stopped at', async () => {
  expect(await read(pagesByNumber(numbered(7), options('2')))).toBe('defg');
});

test('a vendor without paging is asked twice; its list is marked doubtful', async () => {
  const asked = options();
  let calls = 0;
  const whole = async () => ({ items: list, total: null, ...said, calls: calls++ });
  expect(await read(pagesByNumber(whole, asked))).toBe('abcdefg');
  expect([calls, asked.rechecks.map(({ kind }) => kind)]).toEqual([2, ['partial']]);
});

describe.each([
  ['the size it sends', (page: number) => (page - 1) * 2],
  ['the size requested', (page: number, size: number) => (page - 1) * size],
])('a vendor that sends two rows a page and computes offsets from %s', (_, offset) => {
  test.each([
    ['with a total', 7],
    ['without a total', null],
  ])('%s reads every row', async (_title, total) => {
    const asked = options(undefined, 4);
    const fetch = async (page: number, size: number) => {
      const start = offset(page, size);
      return { items: list.slice(start, start + Math.min(size, 2)), total, ...said };
    };
    expect(await read(pagesByNumber(fetch, asked))).toBe('abcdefg');
    expect(asked.rechecks).toEqual([]);
  });
});

test.each([
  ['nothing', () => ({ items: [], total: null, ...said })],
  ['the last page again', () => ({ items: ['g'], total: null, ...said })],
  [
    'a refusal',
    () => {
      throw fault('refused', 'There is no such page.', '');
    },
  ],
])('a short last page without a total, followed by %s, is the end', async (_, behind) => {
  const asked = options();
  const fetch = async (page: number, size: number) => (page > 3 ? behind() : numbered(null)(page, size));
  expect(await read(pagesByNumber(fetch, asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('[fault 57] a repeated page ends the list and marks it doubtful', async () => {
  const asked = options();
  expect(await read(pagesByNumber(async () => ({ items: ['a', 'b'], total: 100, ...said }), asked))).toBe('ab');
  expect(asked.rechecks.map(({ message }) => message)).toEqual([
    'The vendor sent the same page twice: rows may be missing.',
  ]);
});

test('a page of items without ids that repeats ends the list', async () => {
  const asked = { ...options(), keyOf: () => null };
  let calls = 0;
  const fetch = async () => ({ items: ['?', '?', '?'], total: null, ...said, calls: calls++ });
  await read(pagesByNumber(fetch, asked));
  expect([calls, asked.rechecks.length]).toEqual([2, 1]);
});

test('[fault 55, 56] reports a changing total once and never shows a moved item twice', async () => {
  const asked = options();
  const pages = [['a', 'b'], ['b', 'c'], ['d']];
  const fetch = async (page: number) => ({
    items: pages[page - 1] ?? [],
    total: 4 + page,
    size: null,
    hasNext: page < 3,
  });
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
])('result-number paging ends when next is %s', async (_, last) => {
  const fetch = async (start: number) => ({
    items: list.slice(start - 1, start + 3),
    total: 7,
    next: start === 1 ? 5 : last,
  });
  const asked = options();
  expect(await read(pagesByResult(fetch, asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('result-number paging without next and total ends at an empty page', async () => {
  const asked = options();
  const fetch = async (start: number) => ({ items: list.slice(start - 1, start + 2), total: null, next: null });
  expect(await read(pagesByResult(fetch, asked))).toBe('abcdefg');
  expect(asked.rechecks).toEqual([]);
});

test('result-number paging does not depend on the page size', async () => {
  const fetch = async (start: number) => ({ items: list.slice(start - 1, start), total: 7, next: start + 1 });
  expect(await read(pagesByResult(fetch, options()))).toBe('abcdefg');
});

test('follows cursors to the end, past an empty page', async () => {
  const pages: Record<string, { items: string[]; total: null; cursor: string | null }> = {
    '': { items: ['a'], total: null, cursor: 'x' },
    x: { items: [], total: null, cursor: 'y' },
    y: { items: ['b'], total: null, cursor: null },
  };
  const fetch = async (cursor: string | null) => pages[cursor ?? ''] ?? { items: [], total: null, cursor: null };
  expect(await read(pagesByCursor(fetch, options()))).toBe('ab');
});

test('[fault 57] stops at cursors that form a loop and marks the list doubtful', async () => {
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

describe('[fault 128] a list whose total counts a row that is never sent', () => {
  const sent = [...'abcefg'];
  const lacking = (options: PagerOptions<string> & { readonly rechecks: Fault[] }) => {
    const told: number[] = [];
    return { ...options, told, onShortfall: (rows: number) => void told.push(rows) };
  };

  test.each([3, 6, 100])('ends whether the last rows repeat or not, in pages of %i', async (size) => {
    for (const offset of [0, 1]) {
      const asked = { ...lacking(options(undefined, size)), size };
      // The row that is not sent still has an offset: the rows after it are one further on.
      const page = async (number: number, of: number) => ({
        items: sent.slice((number - 1) * of - (number > 1 ? offset : 0), number * of - offset),
        total: 7,
        ...said,
      });
      expect(new Set(await read(pagesByNumber(page, asked)))).toEqual(new Set(sent));
      expect([asked.told, asked.rechecks]).toEqual([[1], []]);
    }
  });

  test('ends with result-number paging too', async () => {
    for (const offset of [0, 1]) {
      const asked = lacking(options());
      const page = async (start: number) => ({
        items: sent.slice(start - 1 - (start > 1 ? offset : 0)),
        total: 7,
        next: null,
      });
      expect(await read(pagesByResult(page, asked))).toBe('abcefg');
      expect([asked.told, asked.rechecks]).toEqual([[1], []]);
    }
  });

  test('is doubtful without a shortfall handler, and when a page repeats', async () => {
    const usual = options(undefined, 100);
    await read(pagesByNumber(async (page) => ({ items: page === 1 ? sent : [], total: 7, ...said }), usual));
    expect(usual.rechecks.map(({ message }) => message)).toEqual([
      'The vendor reported more rows than it sent: rows may be missing.',
    ]);
    const repeated = lacking(options());
    await read(pagesByNumber(async () => ({ items: [...'abc'], total: 6, ...said }), { ...repeated, size: 3 }));
    expect([repeated.told, repeated.rechecks.length]).toEqual([[], 1]);
  });
});
