import { expect, test } from 'vitest';
import { elapsed } from '../../src/model/instant.ts';
import { heldTime } from '../fault-server/clocks.ts';

const minute = 60_000;

test('elapsed time includes the time asleep', () => {
  const time = heldTime();
  const began = time.instant();
  expect(elapsed(began, time.instant())).toBe(0);
  time.advance(minute);
  time.sleep(8 * 60 * minute);
  expect(elapsed(began, time.instant())).toBe(481 * minute);
});

test.each([
  ['ahead', 6 * minute],
  ['back', -6 * minute],
])('elapsed time is unknown after the wall clock was set %s', (_, by) => {
  const time = heldTime();
  const began = time.instant();
  time.advance(2000);
  time.setWall(by);
  expect(elapsed(began, time.instant())).toBeNull();
  const anew = time.instant();
  time.advance(minute);
  expect(elapsed(anew, time.instant())).toBe(minute);
});

test('measures nothing across boots or from an unknown moment', () => {
  const time = heldTime();
  const began = time.instant();
  time.advance(minute);
  time.restart();
  time.advance(10 * minute);
  expect(elapsed(began, time.instant())).toBeNull();
  expect(elapsed(null, time.instant())).toBeNull();
});

test('detects a restart where the system has no boot id', () => {
  const boot = (ms: number) => ({ id: 'uptime', ms });
  const began = { wall: 1_000_000_000, boot: boot(50_000) };
  expect(elapsed(began, { wall: 1_000_090_000, boot: boot(60_000) })).toBeNull();
  expect(elapsed(began, { wall: 1_000_040_000, boot: boot(40_000) })).toBeNull();
});

test('a leap second and coarse counters are not a clock jump', () => {
  const began = { wall: 1_000_000_000, boot: { id: 'boot', ms: 50_000 } };
  expect(elapsed(began, { wall: 1_000_301_500, boot: { id: 'boot', ms: 350_000 } })).toBe(300_000);
});
