import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onWorkingDay, withinOfficeHours } from '../../src/sandbox/office-hours.ts';
import { seatsFor } from '../../src/sandbox/seats.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';

const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2035-01-01') });
const hourOf = (instant: number) => new Date(instant).getUTCHours();
const dayOf = (instant: number) => new Date(instant).getUTCDay();

test('instants of a week become office hours of its working days, in the same order', () => {
  fc.assert(
    fc.property(instants, instants, (one, other) => {
      const [first, second] = [withinOfficeHours(Math.min(one, other)), withinOfficeHours(Math.max(one, other))];
      expect(first).toBeLessThanOrEqual(second);
      expect([1, 2, 3, 4, 5]).toContain(dayOf(first));
      expect(hourOf(first)).toBeGreaterThanOrEqual(7);
      expect(hourOf(first)).toBeLessThan(18);
      expect(Math.abs(withinOfficeHours(one) - one)).toBeLessThan(3 * 86_400_000);
    }),
  );
});

test('what falls on a weekend mostly moves to a later working day, never back', () => {
  const saturday = Date.parse('2026-11-21');
  const moved = Array.from({ length: 1000 }, (_, index) => onWorkingDay(seededRandom(1), index, saturday));
  expect(Math.min(...moved)).toBeGreaterThan(saturday);
  expect(Math.max(...moved)).toBeLessThan(saturday + 7 * 86_400_000);
  expect(moved.filter((instant) => dayOf(instant) === 6).length).toBeLessThan(350);
  expect(moved.filter((instant) => dayOf(instant) === 6).length).toBeGreaterThan(250);
});

test('seats rise with luck, from 1 up; large numbers are round', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999_999, noNaN: true }), (luck) => {
      const seats = seatsFor(luck);
      expect(seats).toBeGreaterThanOrEqual(1);
      expect(seats).toBeLessThanOrEqual(seatsFor(0.999_999));
      if (seats >= 200) expect(seats % 10).toBe(0);
    }),
  );
  expect([0, 0.45, 0.78, 0.95, 0.997].map(seatsFor)).toEqual([1, 6, 25, 120, 500]);
});
