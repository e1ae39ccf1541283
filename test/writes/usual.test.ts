import { expect, test } from 'vitest';
import type { Request } from '../../src/model/request.ts';
import { againstUsual, usualOf } from '../../src/writes/usual-durations.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const start = '2026-11-21T12:00:00Z';
const request: Request = {
  ...{ id: 'r', ref: 'nordic/a', state: 'running', vendorState: null, vendorRequestId: null, from: 25, to: 20 },
  ...{ startedAt: start, checkedAt: null, nextCheckAt: null, answeredDone: false },
};
const span = { from: 40_000, median: 60_000, to: 90_000 };
const after = (seconds: number) => Date.parse(start) + seconds * 1000;

test.each([
  [30, false, 'usually settles in 40–90 s'],
  [100, false, 'usually settles in 40–90 s'],
  [360, true, 'usually settles in 40–90 s; this one has taken 6 min, which is unusual'],
  [3 * 86_400, true, 'usually settles in 40–90 s; this one has taken 3 d, which is unusual'],
])('compares with the usual duration after %i s', (seconds, isUnusual, sentence) => {
  expect(againstUsual(request, span, after(seconds))).toMatchObject({ isUnusual, sentence });
});

test('without data nothing is usual; a finished request is never late', () => {
  expect(againstUsual(request, null, after(9999))).toBeNull();
  expect(againstUsual({ ...request, state: 'done' }, span, after(9999))).toBeNull();
});

test('a request that was not polled does not count for usual durations', async () => {
  const { shop, send, writes, journal, clock, open } = await openWriteFixture({ requests: true });
  for (const id of ['a', 'b', 'c', 'd']) {
    shop.add(id);
    shop.words = ['Completed'];
    const { journalId } = await send({ verb: 'set-quantity', ref: `nordic/${id}`, quantity: 20 });
    if (id === 'd') {
      clock.advance(24 * 3_600_000);
      await open().writes.pollOpenRequests();
    } else await writes.follower.settled(journalId ?? '');
  }
  shop.add('e');
  const { journalId } = await send({ verb: 'set-quantity', ref: 'nordic/e', quantity: 20 });
  const open_ = journal.request(journalId ?? '');
  const usual = open_ === null ? null : usualOf(journal, open_, clock.now());
  expect(usual?.span.to).toBeLessThan(60_000);
});
