import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAhead } from '../../src/api/read-ahead.ts';

/** Reads that end when the test says. */
function readings() {
  const begun: number[] = [];
  const ends = new Map<number, PromiseWithResolvers<string>>();
  const endOf = (place: number) => {
    const found = ends.get(place) ?? Promise.withResolvers<string>();
    ends.set(place, found);
    return found;
  };
  return {
    begun,
    end: (place: number) => endOf(place).resolve(`row ${place}`),
    fail: (place: number) => endOf(place).reject(new Error(`no ${place}`)),
    read: (place: number) => {
      begun.push(place);
      return endOf(place).promise;
    },
  };
}

test('reads up to the limit at once and returns results in order', async () => {
  const { begun, end, read } = readings();
  const ahead = readAhead([1, 2, 3, 4], () => 2, read);
  const first = ahead.next();
  await turnOfLoop();
  expect(begun).toEqual([1, 2]);
  end(2);
  end(1);
  expect((await first).value).toBe('row 1');
  const second = ahead.next();
  await turnOfLoop();
  expect(begun).toEqual([1, 2, 3]);
  expect((await second).value).toBe('row 2');
  end(3);
  end(4);
  expect([(await ahead.next()).value, (await ahead.next()).value, (await ahead.next()).done]).toEqual([
    'row 3',
    'row 4',
    true,
  ]);
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('a failure surfaces in its turn, and no further read starts', async () => {
  const { begun, end, fail, read } = readings();
  const ahead = readAhead([1, 2, 3, 4], () => 2, read);
  fail(2);
  end(1);
  expect((await ahead.next()).value).toBe('row 1');
  await expect(ahead.next()).rejects.toThrow('no 2');
  expect((await ahead.next()).done).toBe(true);
  expect(begun).toEqual([1, 2, 3]);
});

test('an empty list reads nothing', async () => {
  expect(
    (
      await readAhead(
        [],
        () => 3,
        () => Promise.reject(new Error('never')),
      ).next()
    ).done,
  ).toBe(true);
});

test('reads ahead over places that arrive over time', async () => {
  const { begun, end, read } = readings();
  const arrival = Promise.withResolvers<void>();
  async function* places() {
    yield 1;
    await arrival.promise;
    yield 2;
    throw new Error('no more places');
  }
  const ahead = readAhead(places(), () => 3, read);
  end(1);
  expect((await ahead.next()).value).toBe('row 1');
  const second = ahead.next();
  await turnOfLoop();
  expect(begun).toEqual([1]);
  arrival.resolve();
  end(2);
  expect((await second).value).toBe('row 2');
  await expect(ahead.next()).rejects.toThrow('no more places');
  expect((await ahead.next()).done).toBe(true);
});
