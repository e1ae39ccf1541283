import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oneAhead } from '../../src/api/one-ahead.ts';

test('requests the next page while one is read; a failure surfaces in its turn', async () => {
  const asked: number[] = [];
  async function* pages() {
    for (const page of [1, 2, 3]) {
      asked.push(page);
      if (page === 3) throw new Error('no third page');
      yield page;
    }
  }
  const ahead = oneAhead(pages());
  expect((await ahead.next()).value).toBe(1);
  await turnOfLoop();
  expect(asked).toEqual([1, 2]);
  expect((await ahead.next()).value).toBe(2);
  await turnOfLoop();
  expect(asked).toEqual([1, 2, 3]);
  await expect(ahead.next()).rejects.toThrow('no third page');
});

test('a reader that stops ends the source without waiting for it', async () => {
  const held = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  async function* pages() {
    try {
      yield 1;
      await held.promise;
      yield 2;
    } finally {
      ended.resolve();
    }
  }
  for await (const page of oneAhead(pages())) {
    expect(page).toBe(1);
    break;
  }
  held.resolve();
  await ended.promise;
});
