import { expect, test } from 'vitest';
import type { StoreNews } from '../../src/journal/postgres/store-calls.ts';
import { storeClockOf } from '../../src/journal/postgres/team-store.ts';
import { elapsed } from '../../src/model/instant.ts';
import { fastClock } from '../fault-server/clocks.ts';

const news: StoreNews = { epoch: 'a', open: 'a', now: 0, last: 0, token: null, lines: [], looks: [] };
const hour = 3_600_000;

test('[rule 6] waiting times are by one server’s clock, and start over with another server', () => {
  const here = fastClock();
  const clock = storeClockOf(here);
  clock.heard({ ...news, now: 5 * hour });
  const from = clock.instant();
  expect(from).toEqual({ wall: 5 * hour, boot: { id: 'a', ms: 5 * hour } });
  // This machine's clock is set, and it sleeps.
  here.setWall(-hour);
  here.sleep(60_000);
  expect(elapsed(from, clock.instant())).toBe(60_000);
  // Another member's machine, whose own clocks say something else.
  const there = fastClock(7 * hour);
  const other = storeClockOf(there);
  other.heard({ ...news, now: 5 * hour + 90_000 });
  expect(elapsed(from, other.instant())).toBe(90_000);
  // After a failover, and on a standby, no time has passed for what began before.
  for (const epoch of ['b', null]) {
    clock.heard({ ...news, now: 9 * hour, epoch });
    expect(elapsed(from, clock.instant())).toBeNull();
  }
});
