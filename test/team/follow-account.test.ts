import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPageWriter } from '../../src/app/start-page-writer.ts';
import { fault } from '../../src/model/fault.ts';
import { batchPace } from '../../src/postgres/batch-pace.ts';
import { PostgresError } from '../../src/postgres/postgres-error.ts';
import type { TakeOver } from '../../src/store/cache-writer.ts';
import { type PublishedWriter, writePagesHere } from '../../src/sync/page-writer.ts';
import type { PublishedChange } from '../../src/sync/published-batch.ts';
import { idBytes, packedRow } from '../../src/sync/published-row.ts';
import { writePagesBeside } from '../../src/sync/threaded-page-writer.ts';
import { followAccount } from '../../src/team/follow-account.ts';
import type { ScopeState } from '../../src/team/sync-store.ts';
import { type Cache, ids, noon, openScratch, row, scratch } from '../store/rows.ts';

const place = {
  ...{ connection: 'nordic', title: 'Nordic', vendor: 'cloudmore', account: 'a', view: 'v' },
  impliedLevels: [],
} as const;
const base64 = (bytes: Buffer) => bytes.toString('base64');
const idOf = (number: number) => String(number).padStart(4, '0');
const change = (number: number, over: Partial<PublishedChange> = {}): PublishedChange => ({
  ...{
    number,
    kind: 'row',
    id: base64(idBytes(idOf(number))),
    isGone: false,
    isMine: false,
    age: 5000,
    missingAge: null,
  },
  body: base64(packedRow({ subscription: row({ id: idOf(number), name: `Mail ${number}` }), raw: { number } }, place)),
  ...over,
});
const changes = (last: number) => Array.from({ length: last }, (_, nth) => change(nth + 1));
const stateOf = (published: readonly PublishedChange[], over: Partial<ScopeState> = {}): ScopeState => ({
  ...{ id: 7, line: 'server/generation', last: published.at(-1)?.number ?? 0, forgotten: 0, endedAge: 0, readAge: 0 },
  ...{ ended: 'the last run', endedBy: 'another', isComplete: true },
  ...over,
});
const late = new PostgresError(fault('unreachable', 'It was late.', 'Wait.').fault, {
  state: null,
  outcome: 'unknown',
});
const denied = new PostgresError(fault('denied', 'No.', '').fault, { state: '42501', outcome: 'rolled-back' });

function newCache(path = join(scratch(), 'cache.db')): Cache {
  const cache = openScratch(path);
  cache.declareConnections([
    { name: 'nordic', title: 'Nordic', vendor: 'cloudmore', impliedLevels: [], account: 'a' as never },
  ]);
  return cache;
}

/** A store with these changes. `fails`: what a question for so many rows meets. */
function storeOf(
  published: readonly PublishedChange[],
  fails: (of: { readonly after: number; readonly atMost: number; readonly nth: number }) => Error | null = () => null,
) {
  const asked: (readonly [after: number, atMost: number])[] = [];
  const store = {
    rowsAfter: async (_: number, after: number) =>
      published.filter(({ number, body }) => number > after && body !== null).length,
    changes: async (_: number, { after, atMost }: { readonly after: number; readonly atMost: number }) => {
      asked.push([after, atMost]);
      const failure = fails({ after, atMost, nth: asked.length });
      if (failure !== null) throw failure;
      return published.filter(({ number }) => number > after).slice(0, atMost);
    },
  };
  return { store, asked };
}

async function follow(
  cache: Cache,
  { store }: Pick<ReturnType<typeof storeOf>, 'store'>,
  state: ScopeState,
  {
    writer = writePagesHere(cache),
    ...more
  }: Partial<Pick<Parameters<typeof followAccount>[2], 'writer' | 'onProgress'>> = {},
) {
  const clock = { now: () => noon + 1000, monotonic: () => 0 };
  const deps = { store, cache, writer, pace: batchPace(500, clock), clock, stateAt: noon, process: null };
  return followAccount(place, state, { ...deps, ...more });
}

test('a late batch is asked for with fewer rows, and the copy does not start over', async () => {
  const published = changes(130);
  const link = storeOf(published, ({ atMost }) => (atMost > 10 ? late : null));
  const cache = newCache();
  await follow(cache, link, stateOf(published));
  expect(link.asked.slice(0, 4)).toEqual([
    [0, 100],
    [0, 20],
    [0, 4],
    [4, 8],
  ]);
  expect(ids(cache)).toEqual(published.map(({ number }) => idOf(number)));
  expect(cache.freshness('nordic').readAt).toBe(new Date(noon).toISOString());
});

test('gives up after five tries, and at once where it may not read', async () => {
  const published = changes(3);
  for (const [failure, tries] of [
    [late, 5],
    [denied, 1],
  ] as const) {
    const link = storeOf(published, () => failure);
    await expect(follow(newCache(), link, stateOf(published))).rejects.toBe(failure);
    expect(link.asked).toHaveLength(tries);
  }
});

test('batches grow while they are fast, and shrink before they are late', async () => {
  let [now, took] = [0, 100];
  const pace = batchPace(500, { monotonic: () => now });
  const sizes: number[] = [];
  const next = () =>
    pace.once(async (rows) => {
      sizes.push(rows);
      now += took;
    });
  for (const each of [100, 100, 100, 100, 1_000, 1_000, 1_300, 1_300, 400, 400]) {
    took = each;
    await next();
  }
  expect(sizes).toEqual([100, 200, 400, 500, 500, 500, 500, 250, 125, 250]);
});

test('a single row that is late may take longer each time, up to a minute', async () => {
  let now = 0;
  const pace = batchPace(1, { monotonic: () => now });
  const waits: (number | undefined)[] = [];
  const next = (took: number, failure: Error | null) =>
    pace.once(async (_, { within }) => {
      waits.push(within);
      now += took;
      if (failure !== null) throw failure;
    });
  for (const took of [2_500, 10_000, 40_000, 60_000]) await expect(next(took, late)).rejects.toBe(late);
  // The store is not there, which says nothing of the link.
  await expect(next(1, late)).rejects.toBe(late);
  for (const took of [30_000, 1_000, 100, 100]) await next(took, null);
  await expect(next(1, late)).rejects.toBe(late);
  await next(100, null);
  const minute = 60_000;
  expect(waits).toEqual([
    ...[undefined, 10_000, 40_000, minute, minute, minute, minute, minute],
    ...[undefined, undefined, undefined],
  ]);
});

test('whoever ends a copy does not wait for a row that is on its way', async () => {
  const stop = new AbortController();
  const pace = batchPace(1, { monotonic: () => 0 });
  const copying = pace.run(() => new Promise(() => undefined), stop.signal);
  stop.abort(denied);
  await expect(copying).rejects.toBe(denied);
});

test('a stopped copy goes on where it was, and removes what no part of it named', async () => {
  const published = changes(320);
  const path = join(scratch(), 'cache.db');
  const cache = newCache(path);
  cache.keep('nordic', 'not there any more', { subscription: row({ id: 'not there any more' }), raw: {} });
  const cut = storeOf(published, ({ after }) => (after >= 300 ? denied : null));
  await expect(follow(cache, cut, stateOf(published))).rejects.toBe(denied);
  expect(cache.freshness('nordic')).toMatchObject({ resumable: true, readAt: null });
  // Another start of the program. Row 2 changed meanwhile, and row 3 is gone.
  const again = newCache(path);
  const since = [
    ...published,
    { ...change(2), number: 321 },
    change(322, { id: change(3).id, body: null, isGone: true, age: 0 }),
  ];
  const link = storeOf(since.filter(({ number }) => number !== 2 && number !== 3));
  link.asked.length = 0;
  const told: unknown[] = [];
  await follow(again, link, stateOf(since), { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([{ rows: 21, total: 21 }]);
  expect(link.asked[0]?.[0]).toBe(300);
  expect(ids(again)).toEqual(published.map(({ number }) => idOf(number)).filter((id) => id !== idOf(3)));
  expect(again.freshness('nordic').resumable).toBe(false);
  await follow(again, link, stateOf(since));
  expect(link.asked).toHaveLength(1);
});

test('a stopped copy begins anew where its position says nothing any more', async () => {
  const published = changes(320);
  for (const over of [{ line: 'another server' }, { forgotten: 301 }]) {
    const cache = newCache();
    const cut = storeOf(published, ({ after }) => (after >= 300 ? denied : null));
    await expect(follow(cache, cut, stateOf(published))).rejects.toBe(denied);
    const link = storeOf(published.slice(10));
    await follow(cache, link, stateOf(published, over));
    expect(link.asked[0]?.[0]).toBe(0);
    expect(ids(cache)).toHaveLength(310);
  }
});

/** As an opened cache, with a main thread that may not write rows. */
function withoutWriting(cache: Cache): Cache {
  const takeOver = (connection: string): TakeOver => {
    const into = cache.takeOver(connection);
    const { upTo, copied, file, refuse } = into;
    return { upTo, copied, file, refuse, take: () => expect.fail('This thread handles keys.') };
  };
  return { ...cache, takeOver };
}

test('rows are written by the thread of the page writer alone', async () => {
  const path = join(scratch(), 'cache.db');
  const cache = newCache(path);
  const beside = writePagesBeside(cache, () => startPageWriter(path));
  onTestFinished(() => beside.close());
  const published = [...changes(320), change(321, { body: base64(Buffer.from('no row')) })];
  const end = await follow(withoutWriting(cache), storeOf(published), stateOf(published), { writer: beside });
  expect(end).toMatchObject({ rows: 320, hasChanged: true });
  expect(end.note).toMatch(/^1 row that another member published has another shape/);
  const here = newCache();
  await follow(here, storeOf(published), stateOf(published));
  for (const search of [null, 'mail 31']) expect(ids(cache, { search })).toEqual(ids(here, { search }));
  expect(cache.raw('nordic', idOf(7))).toEqual({ number: 7 });
  expect(cache.freshness('nordic')).toEqual(here.freshness('nordic'));
  const removed = [...published, change(322, { id: change(5).id, body: null, isGone: true, age: 0 })];
  await follow(withoutWriting(cache), storeOf(removed), stateOf(removed), { writer: beside });
  expect(ids(cache)).not.toContain(idOf(5));
  // The connection is removed in another window.
  cache.forget('nordic');
  expect(await follow(cache, storeOf(removed), stateOf(removed), { writer: beside })).toMatchObject({ rows: 0 });
});

test('where the thread ends, this one goes on with the copy; after close nobody does', async () => {
  const path = join(scratch(), 'cache.db');
  const cache = newCache(path);
  const published = changes(320);
  const ending = writePagesBeside(cache, () => {
    const thread = startPageWriter(path);
    thread.once('message', () => void thread.terminate());
    return thread;
  });
  onTestFinished(() => ending.close());
  await follow(cache, storeOf(published), stateOf(published), { writer: ending });
  expect(ids(cache)).toHaveLength(320);
  const more = [...published, change(321)];
  ending.close();
  await expect(follow(cache, storeOf(more), stateOf(more), { writer: ending })).rejects.toThrow('No more');
  expect(cache.takeOver('nordic').upTo?.number).toBe(320);
});

test('a damaged file is replaced, and everything is copied into the new one', async () => {
  const path = join(scratch(), 'cache.db');
  const cache = newCache(path);
  const beside = writePagesBeside(cache, () => startPageWriter(path));
  onTestFinished(() => beside.close());
  const published = changes(3);
  const writer: PublishedWriter = { takeOver: async (into) => into.refuse({ damaged: true }) };
  await expect(follow(cache, storeOf(published), stateOf(published), { writer })).rejects.toThrow(/is being replaced/);
  await follow(cache, storeOf(published), stateOf(published), { writer: beside });
  expect(ids(cache)).toHaveLength(3);
});
