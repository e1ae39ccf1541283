import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { check } from '../fault-server/history.ts';
import { openWriteFixture, torture } from '../fault-server/write-fixture.ts';
import type { Point, SenderOptions } from './sender.ts';
import { startSender } from './start-sender.ts';

const ref = 'nordic/s1';
const lower: WriteRequest = { verb: 'set-quantity', ref, quantity: 20 };
const raise: WriteRequest = { verb: 'set-quantity', ref, quantity: 30 };
const shopOptions = { requests: true, orders: true };

/** Where the process dies, at which passing of that point, and the state after the next start, before and after a poll. */
const deaths: readonly (readonly [string, Point, number, WriteRequest, string | null, string | null])[] = [
  ['a plain change', 'before intend', 1, { verb: 'cancel', ref, mode: 'cancel' }, null, null],
  ['a plain change', 'after intend', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'refused', null],
  ['a plain change', 'before sending', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'refused', null],
  ['a plain change', 'after sending', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'unknown', 'settled-not-applied'],
  ['a plain change', 'before answered', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'unknown', 'settled-applied'],
  ['a plain change', 'after answered', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'sent', 'done'],
  ['a plain change', 'before close', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'sent', 'done'],
  ['a plain change', 'after close', 1, { verb: 'cancel', ref, mode: 'cancel' }, 'done', null],
  ['a request', 'after sending', 1, lower, 'unknown', 'needs-person'],
  ['a request', 'before answered', 1, lower, 'unknown', 'needs-person'],
  ['a request', 'after answered', 1, lower, 'sent', 'done'],
  ['a request', 'before accepted', 1, lower, 'sent', 'done'],
  ['a request', 'after accepted', 1, lower, 'sent', 'done'],
  ['an order', 'after intend', 1, raise, 'refused', null],
  ['an order', 'after sending', 1, raise, 'unknown', 'settled-not-applied'],
  ['an order', 'after answered', 1, raise, 'settled-not-applied', null],
  ['an order', 'before answered', 2, raise, 'unknown', 'settled-not-applied'],
  ['an order', 'after answered', 2, raise, 'settled-not-applied', null],
  ['an order', 'after sending', 3, raise, 'unknown', 'settled-not-applied'],
  ['an order', 'before answered', 3, raise, 'unknown', 'settled-applied'],
  ['an order', 'after answered', 3, raise, 'sent', 'done'],
  ['an order', 'before close', 1, raise, 'sent', 'done'],
];

for (let round = 0; round < torture; round += 1) {
  test.each(deaths)(
    `[fault 64, 74] round ${round}: %s, its process killed: %s, passing %i`,
    async (_, at, nth, writeRequest, found, settled) => {
      const { shop, path, open, clock } = await openWriteFixture(shopOptions);
      shop.add('s1');
      const { ended } = startSender({
        path,
        origin: shop.origin,
        writeRequest,
        ...shopOptions,
        kill: { at, nth },
        wait: false,
      });
      expect((await ended)[1]).toBe('SIGKILL');
      const sent = shop.calls.filter((call) => !call.startsWith('GET')).length;

      const { journal, writes } = open();
      await writes.recover();
      const [entry] = journal.entries({ ref, state: null, since: null, limit: null });
      expect(entry?.state ?? null).toBe(found);
      check(journal, shop);
      if (settled !== null && entry !== undefined) {
        clock.advance(Date.now() - clock.now() + 10 * 60_000);
        if (journal.request(entry.id) !== null) await writes.follower.settled(entry.id);
        else await writes.settle(entry.id);
        expect(journal.entry(entry.id)?.state).toBe(settled);
        check(journal, shop);
      }
      expect(shop.calls.filter((call) => !call.startsWith('GET'))).toHaveLength(sent);
    },
  );
}

test(
  '[fault 69] of two processes that write to one target at once, only one has an effect',
  async () => {
    const { shop, path, open } = await openWriteFixture({ requests: true });
    for (let race = 0; race < 2 * torture; race += 1) {
      const target = `r${race}`;
      shop.add(target);
      const writeRequest: WriteRequest = { verb: 'set-quantity', ref: `nordic/${target}`, quantity: 20 };
      const options: SenderOptions = {
        path,
        origin: shop.origin,
        writeRequest,
        requests: true,
        orders: false,
        kill: null,
        wait: true,
      };
      const pair = [startSender(options), startSender(options)];
      await Promise.all(pair.map(({ child }) => once(child.stdout, 'data')));
      for (const { child } of pair) child.stdin.end();
      await Promise.all(pair.map(({ ended }) => ended));
      const outcomes = pair.map(({ said }) => JSON.parse(said().replace('ready\n', '')).outcome).sort();
      expect(outcomes).toEqual(['accepted', 'unsent']);
    }
    expect(shop.requests.size).toBe(2 * torture);
    expect(open().journal.recordsIn(['sent'])).toHaveLength(2 * torture);
  },
  30_000 * torture,
);

test('[fault 91] the open write of a live process is never taken over', async () => {
  const { shop, plan, writes, open, journal } = await openWriteFixture();
  shop.add('s1');
  const recoveries: Promise<void>[] = [];
  shop.act = () => {
    recoveries.push(open().writes.recover());
    return 'fair';
  };
  const result = await writes.apply(await plan(lower), { reason: null });
  await Promise.all(recoveries);
  expect(recoveries).not.toHaveLength(0);
  expect(result.outcome).toBe('done');
  expect(journal.verdicts(result.journalId ?? '')).toMatchObject([{ state: 'done', basis: 'answer' }]);
});
