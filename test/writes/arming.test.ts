import { expect, test } from 'vitest';
import { createArming } from '../../src/writes/arming.ts';
import { type FastClock, fastClock } from '../fault-server/clocks.ts';

const minute = 60_000;

test('without armMinutes every connection is armed', () => {
  const arming = createArming(fastClock(), () => null);
  expect(arming.armedUntil('nordic')).toBe(Number.POSITIVE_INFINITY);
  expect(arming.denied('nordic')).toBeNull();
});

test('a connection disarms itself after its minutes; others stay disarmed', () => {
  const clock = fastClock();
  const arming = createArming(clock, () => 5);
  expect(arming.denied('nordic')).toMatchObject({ kind: 'denied', sent: false, connection: 'nordic' });
  arming.arm('nordic');
  expect(arming.armedUntil('nordic')).toBe(clock.now() + 5 * minute);
  expect(arming.armedUntil('west')).toBeNull();
  clock.advance(5 * minute - 1);
  expect(arming.denied('nordic')).toBeNull();
  clock.advance(1);
  expect(arming.denied('nordic')?.message).toContain('not armed');
});

test('a connection armed for one command stays armed while it runs', () => {
  const clock = fastClock();
  const arming = createArming(clock, () => 0);
  arming.arm('nordic', 'command');
  clock.advance(60 * minute);
  expect(arming.denied('nordic')).toBeNull();
  arming.disarm('nordic');
  expect(arming.armedUntil('nordic')).toBeNull();
});

test.each([
  ['set back', (clock: FastClock) => clock.setWall(-60 * minute)],
  ['set ahead', (clock: FastClock) => clock.setWall(60 * minute)],
  ['asleep', (clock: FastClock) => clock.sleep(6 * minute)],
  ['asleep and set back by as much', (clock: FastClock) => [clock.sleep(6 * minute), clock.setWall(-6 * minute)]],
])('a computer that was %s keeps no connection armed', (_, happens) => {
  const clock = fastClock();
  const arming = createArming(clock, () => 5);
  arming.arm('nordic');
  happens(clock);
  expect(arming.denied('nordic')?.message).toContain('not armed');
  arming.arm('nordic');
  expect(arming.armedUntil('nordic')).toBe(clock.now() + 5 * minute);
});
