import { expect, test } from 'vitest';
import { news, unknownWrites } from '../../src/writes/news.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const minute = 60_000;
const lower = (id: string) => ({ verb: 'set-quantity', ref: `nordic/${id}`, quantity: 20 }) as const;

async function away() {
  const fixture = await openWriteFixture({ requests: true });
  for (const id of ['a', 'b', 'c']) {
    fixture.shop.add(id);
    fixture.shop.words = id === 'c' ? ['Failed'] : ['Completed'];
    await fixture.send(lower(id));
  }
  fixture.clock.advance(minute);
  return fixture;
}

test('reports once what settled in the background, with rejections', async () => {
  const { journal, open } = await away();
  expect((await news(journal)).sentence).toBeNull();
  const start = open().writes;
  const told = await start.pollOpenRequests();
  expect(told.sentence).toBe('2 settled while you were away, 1 refused or not sent');
  expect(told.settled.map(({ ref }) => ref)).toEqual(['nordic/a', 'nordic/b']);
  expect(told.rejected.map(({ ref }) => ref)).toEqual(['nordic/c']);
  expect((await start.pollOpenRequests()).sentence).toBeNull();
  expect((await news(open().journal)).sentence).toBeNull();
});

test('an outcome already shown is not news', async () => {
  const { writes, journal, open } = await away();
  const told: string[] = [];
  writes.follower.subscribe((event) => void (event.kind === 'settled' && told.push(event.request.ref)));
  for (const { id } of journal.requests({ open: true })) await writes.follower.settled(id);
  expect(told.sort()).toEqual(['nordic/a', 'nordic/b', 'nordic/c']);
  expect((await news(open().journal)).sentence).toBeNull();
});

test('names an unknown write until it is settled; its outcome is news', async () => {
  const { shop, send, journal, open, clock } = await openWriteFixture();
  shop.add('a');
  shop.act = () => 'apply-then-reset';
  const { journalId } = await send(lower('a'));
  expect(unknownWrites(journal)).toMatchObject([{ id: journalId, state: 'unknown' }]);
  shop.act = () => 'fair';
  clock.advance(minute);
  expect((await open().writes.pollOpenRequests()).sentence).toBe('1 settled while you were away');
  expect(unknownWrites(journal)).toEqual([]);
});

test('an outcome settled by a person is not news', async () => {
  const { shop, send, writes, journal } = await openWriteFixture();
  shop.act = () => 'apply-then-reset';
  for (const id of ['a', 'b']) shop.add(id);
  const ids = [await send(lower('a')), await send(lower('b'))].map(({ journalId }) => journalId ?? '');
  shop.act = () => 'fair';
  await writes.settle(ids[0] ?? '');
  await writes.settleByPerson(ids[1] ?? '', 'applied');
  expect((await news(journal)).sentence).toBeNull();
});

test('an unreachable vendor leaves its requests open and is not news', async () => {
  const { shop, writes, journal } = await away();
  await shop.stop();
  expect((await writes.pollOpenRequests()).sentence).toBeNull();
  expect(journal.requests({ open: true })).toHaveLength(3);
});
