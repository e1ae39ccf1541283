import { expect, test } from 'vitest';
import { createRecentCalls } from '../../src/app/recent-calls.ts';
import type { SafeText } from '../../src/model/text.ts';
import { heldTime } from '../fault-server/clocks.ts';

test('a wait ends on time whatever the wall clock is set to', () => {
  const time = heldTime();
  const ring = createRecentCalls(time);
  ring.onWait({ connection: 'nordic', milliseconds: 60_000, why: 'throttled', limit: null });
  time.setWall(3_600_000);
  expect(ring.vendorHealth('nordic')).toMatchObject({
    waitsUntil: new Date(time.now() + 60_000).toISOString(),
    waitsFor: 'throttled',
  });
  time.setWall(-7_200_000);
  time.advance(60_000);
  expect(ring.vendorHealth('nordic')).toMatchObject({ waitsUntil: null, waitsFor: null });
});

test('counts calls and elapsed waits per connection, overlapping waits once', () => {
  const time = heldTime();
  const ring = createRecentCalls(time);
  const limit = { calls: 240, seconds: 60 };
  const call = { connection: 'nordic', method: 'GET', path: 'p' as SafeText, status: 200, milliseconds: 1 };
  ring.onCall({ ...call, correlationId: null, limitLeft: null, at: '2026-11-21T12:00:00Z' });
  ring.onWait({ connection: 'nordic', milliseconds: 30_000, why: 'limit', limit });
  ring.onWait({ connection: 'nordic', milliseconds: 30_000, why: 'throttled', limit: null });
  time.advance(10_000);
  const wait = { until: time.now() + 20_000, why: 'limit', limit };
  const waited = { limit: 10_000, throttled: 0, 'no-answer': 0 };
  expect(ring.totals('nordic')).toEqual({ calls: 1, waited, wait });
  expect(ring.vendorHealth('nordic')).toMatchObject({ waitsFor: 'limit', waitsLimit: limit });
  ring.onWait({ connection: 'nordic', milliseconds: 25_000, why: 'throttled', limit: null });
  time.advance(60_000);
  expect(ring.totals('nordic').waited).toEqual({ limit: 30_000, throttled: 5_000, 'no-answer': 0 });
  expect(ring.totals('other')).toEqual({ calls: 0, waited: { limit: 0, throttled: 0, 'no-answer': 0 }, wait: null });
});

test('the latest call decides whether a connection answers', () => {
  const ring = createRecentCalls(heldTime());
  expect(ring.answers('nordic')).toBeNull();
  ring.onContact({ connection: 'nordic', isAnswered: false });
  ring.onContact({ connection: 'line', isAnswered: true });
  expect(['nordic', 'line'].map(ring.answers)).toEqual([false, true]);
  ring.onContact({ connection: 'nordic', isAnswered: true });
  expect(ring.answers('nordic')).toBe(true);
});
