import { expect, test } from 'vitest';
import type { PollResult } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { fault } from '../../src/model/fault.ts';
import type { FollowerEvent } from '../../src/writes/contract.ts';
import { usualDurations } from '../../src/writes/usual-durations.ts';
import { openWriteFixture, torture } from '../fault-server/write-fixture.ts';

const lower = { verb: 'set-quantity', ref: 'nordic/s1', quantity: 20 } as const;
const hour = 3_600_000;

const look = (state: PollResult['state'], word: string, retryAfterMs: number | null = null): PollResult => {
  return { state, vendorState: safeText(word), reason: null, retryAfterMs };
};

/** A fixture whose vendor answers polls with this function. */
function openWith(follow: (nth: number) => PollResult | Promise<PollResult>) {
  const looks: number[] = [];
  return openWriteFixture({
    requests: true,
    vendor: (vendor) => ({
      ...vendor,
      abilities: { ...vendor.abilities, follow: async () => follow(looks.push(looks.length)) },
    }),
  }).then((fixture) => ({ ...fixture, looks }));
}

test('follows an accepted request until it is done, and refreshes its row', async () => {
  const { shop, send, journal, writes, cache } = await openWriteFixture({ requests: true });
  shop.add('s1');
  const events: FollowerEvent['kind'][] = [];
  writes.follower.subscribe(({ kind }) => events.push(kind));
  writes.follower.start();
  const { outcome, request, journalId } = await send(lower);
  expect(outcome).toBe('accepted');
  expect(request).toMatchObject({ id: journalId, state: 'pending', vendorRequestId: 'rq-1', from: 25, to: 20 });
  const settled = await writes.follower.settled(journalId ?? '');
  expect(settled).toMatchObject({ state: 'done', vendorState: 'Completed' });
  expect(journal.entry(journalId ?? '')?.state).toBe('done');
  expect(cache.kept.get('nordic/s1')?.quantity).toBe(20);
  expect(events.filter((kind) => kind === 'settled')).toHaveLength(1);
});

test('[fault 78] an endless request stays pending for days, polled about once a minute', async () => {
  const hours = torture > 1 ? 72 : 3;
  const { shop, send, writes, clock, looks, journal } = await openWith(() => look('running', 'InProgress'));
  shop.add('s1');
  const { journalId } = await send(lower);
  const until = clock.now() + hours * hour;
  const waiting = new AbortController();
  writes.follower.subscribe(() => {
    if (clock.now() >= until) waiting.abort();
  });
  const last = await writes.follower.settled(journalId ?? '', waiting.signal);
  expect(last.state).toBe('running');
  expect(journal.entry(journalId ?? '')?.state).toBe('sent');
  expect(looks.length).toBeGreaterThan(50 * hours);
  // At most 4,500 in 72 hours, with the more frequent polls of the first minutes.
  expect(looks.length).toBeLessThanOrEqual(62 * hours + 15);
  expect(shop.calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
}, 120_000);

test('[fault 79] a restart follows what an earlier run left and sends nothing again', async () => {
  const { shop, send, writes, open, journal } = await openWriteFixture({ requests: true });
  shop.add('s1');
  const { journalId } = await send(lower);
  writes.follower.stop();
  journal.dispose();
  const next = open();
  expect(next.writes.follower.open()).toMatchObject([{ id: journalId }]);
  expect((await next.writes.follower.settled(journalId ?? '')).state).toBe('done');
  expect(shop.calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
});

test('a failed request refuses the entry with the vendor’s own reason', async () => {
  const reason = safeText('below the committed minimum');
  const { shop, send, writes, journal } = await openWith(() => ({ ...look('failed', 'Failed'), reason }));
  shop.add('s1');
  const { journalId } = await send(lower);
  expect((await writes.follower.settled(journalId ?? '')).state).toBe('failed');
  expect(journal.entry(journalId ?? '')).toMatchObject({ state: 'refused', reason });
});

test('[fault 81] new or backward states and vanished requests never count as failed', async () => {
  const words: readonly PollResult[] = [
    look('running', 'InProgress'),
    look('pending', 'Pending'),
    look('unknown', 'Baking'),
    { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null },
    look('running', 'InProgress'),
    look('done', 'Completed'),
  ];
  const fixture = await openWith((nth) => {
    const row = fixture.shop.rows.get('s1');
    if (nth >= words.length && row !== undefined) row.quantity = 20;
    return words[Math.min(nth, words.length) - 1] ?? look('running', '');
  });
  fixture.shop.add('s1');
  const seen: string[] = [];
  fixture.writes.follower.subscribe(({ kind, ...event }) => {
    if ('request' in event) seen.push(`${kind} ${event.request.state} ${event.request.vendorState}`);
  });
  const { journalId } = await fixture.send(lower);
  await fixture.writes.follower.settled(journalId ?? '');
  expect(seen.filter((line, index) => line !== seen[index - 1])).toEqual([
    'changed pending null',
    'changed running InProgress',
    'changed pending Pending',
    'changed unknown Baking',
    'changed unknown null',
    'changed running InProgress',
    'changed running Completed',
    'settled done Completed',
  ]);
});

test('[fault 80] a request the vendor forgot is applied once the row shows it', async () => {
  const fixture = await openWith((nth) => {
    const row = fixture.shop.rows.get('s1');
    if (nth === 3 && row !== undefined) row.quantity = 20;
    return { state: 'unknown', vendorState: null, reason: null, retryAfterMs: null };
  });
  fixture.shop.add('s1');
  const { journalId } = await fixture.send(lower);
  await fixture.writes.follower.settled(journalId ?? '');
  expect(fixture.journal.entry(journalId ?? '')?.state).toBe('settled-applied');
});

test('[fault 81] a request that ends with another quantity is unknown', async () => {
  const fixture = await openWith(() => {
    const row = fixture.shop.rows.get('s1');
    if (row !== undefined) row.quantity = 22;
    return look('done', 'Completed');
  });
  fixture.shop.add('s1');
  const { journalId } = await fixture.send(lower);
  await fixture.writes.follower.settled(journalId ?? '');
  const entry = fixture.journal.entry(journalId ?? '');
  expect(entry?.state).toBe('unknown');
  expect(entry?.reason).toContain('The vendor shows quantity 22, but quantity 20 was requested.');
  expect(fixture.journal.request(journalId ?? '')?.state).toBe('unknown');
  fixture.clock.advance(5 * 60_000);
  expect((await fixture.writes.settle(journalId ?? '')).state).toBe('needs-person');
});

test('polls no sooner than the vendor asked', async () => {
  const times: number[] = [];
  const fixture = await openWith((nth) => {
    times.push(fixture.clock.now());
    return nth === 1 ? look('running', 'InProgress', 5 * 60_000) : look('failed', 'Failed');
  });
  fixture.shop.add('s1');
  const { journalId } = await fixture.send(lower);
  await fixture.writes.follower.settled(journalId ?? '');
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(5 * 60_000);
});

test('an unreachable vendor only delays the request', async () => {
  const fixture = await openWith((nth) => {
    if (nth <= 5) throw fault('unreachable', 'no answer', 'wait');
    const row = fixture.shop.rows.get('s1');
    if (row !== undefined) row.quantity = 20;
    return look('done', 'Completed');
  });
  fixture.shop.add('s1');
  const { journalId } = await fixture.send(lower);
  expect((await fixture.writes.follower.settled(journalId ?? '')).state).toBe('done');
  expect(fixture.journal.entry(journalId ?? '')?.state).toBe('done');
  expect(fixture.looks).toHaveLength(6);
});

test('an aborted poll gives no verdict: the request stays open', async () => {
  const { shop, send, writes, journal } = await openWriteFixture({ requests: true });
  shop.add('s1');
  shop.words = ['Completed'];
  const { journalId } = await send(lower);
  const off = AbortSignal.abort();
  await expect(writes.follower.pollNow(journalId ?? '', off)).rejects.toThrow();
  expect(journal.entry(journalId ?? '')?.state).toBe('sent');
});

test('[fault 82] eight consoles together poll about as often as one', async () => {
  const { shop, send, open, looks, clock, writes } = await openWith(() => look('running', 'InProgress'));
  shop.add('s1');
  const { journalId } = await send(lower);
  const others = Array.from({ length: 7 }, () => open().writes);
  const until = clock.now() + hour / 3;
  for (const one of others) one.follower.start();
  const waiting = new AbortController();
  writes.follower.subscribe(() => {
    if (clock.now() >= until) waiting.abort();
  });
  await writes.follower.settled(journalId ?? '', waiting.signal);
  for (const one of others) one.follower.stop();
  expect(looks.length).toBeLessThanOrEqual(1.2 * 30);
});

test('polls nothing offline; polling on request gives the reason', async () => {
  const { shop, send, writes, mode, looks } = await openWith(() => look('running', 'InProgress'));
  shop.add('s1');
  const { journalId } = await send(lower);
  mode.offline = true;
  await expect(writes.follower.pollNow(journalId ?? '')).rejects.toMatchObject({ fault: { kind: 'denied' } });
  mode.offline = false;
  expect((await writes.follower.pollNow(journalId ?? '')).state).toBe('running');
  expect(looks).toHaveLength(1);
});

test('usual durations come from the journal, once there are three', async () => {
  const { shop, send, writes, journal } = await openWriteFixture({ requests: true });
  for (const id of ['a', 'b', 'c']) {
    expect(usualDurations(journal)('cloudmore', 'set-quantity')).toBeNull();
    shop.add(id);
    const { journalId } = await send({ ...lower, ref: `nordic/${id}` });
    await writes.follower.settled(journalId ?? '');
  }
  expect(usualDurations(journal)('cloudmore', 'set-quantity')).toBeGreaterThan(1000);
  expect(usualDurations(journal)('interworks', 'set-quantity')).toBeNull();
});
