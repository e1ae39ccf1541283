import { expect, test } from 'vitest';
import { createRecentCalls } from '../../src/app/recent-calls.ts';
import { heldTime } from '../fault-server/clocks.ts';

test('a wait ends on time whatever the wall clock is set to', () => {
  const time = heldTime();
  const ring = createRecentCalls(time);
  ring.onWait({ connection: 'nordic', milliseconds: 60_000, why: 'throttled' });
  time.setWall(3_600_000);
  expect(ring.vendorHealth('nordic')).toMatchObject({
    waitsUntil: new Date(time.now() + 60_000).toISOString(),
    waitsFor: 'throttled',
  });
  time.setWall(-7_200_000);
  time.advance(60_000);
  expect(ring.vendorHealth('nordic')).toMatchObject({ waitsUntil: null, waitsFor: null });
});
