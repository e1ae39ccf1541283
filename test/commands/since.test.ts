import { expect, test } from 'vitest';
import { sinceOf, sinceWords } from '../../src/commands/since.ts';

/** A Saturday at noon in the local time zone. */
const now = new Date(2026, 10, 21, 12, 0).getTime();
const here = (...date: readonly [number, number, number]) => new Date(date[0], date[1] - 1, date[2]).getTime();

test.each([
  ['today', here(2026, 11, 21)],
  ['yesterday', here(2026, 11, 20)],
  ['monday', here(2026, 11, 16)],
  ['Saturday', here(2026, 11, 21)],
  ['sunday', here(2026, 11, 15)],
  ['week', here(2026, 11, 16)],
  ['month', here(2026, 11, 1)],
  ['year', here(2026, 1, 1)],
  ['2026-11-20', Date.UTC(2026, 10, 20)],
  ['2026-10', Date.UTC(2026, 9, 1)],
  ['7d', now - 7 * 86_400_000],
  ['12h', now - 12 * 3_600_000],
  ['2026-11-20T08:00:00Z', Date.parse('2026-11-20T08:00:00Z')],
])('%s', (text, since) => {
  expect(sinceOf(text, now)).toBe(since);
});

test.each(['soon', '', '7w', '2026-02-30', '-1d'])('refuses %j', (text) => {
  expect(() => sinceOf(text, now)).toThrow('is not a date');
});

test.each([
  ['7d', 'in the last 7 days'],
  ['1d', 'in the last day'],
  ['12h', 'in the last 12 hours'],
  ['today', 'today'],
  ['yesterday', 'since yesterday'],
  ['monday', 'since Monday'],
  ['month', 'this month'],
  ['2026-11-20', 'since 20 Nov 2026'],
  ['2026-11-20T08:00Z', 'since 20 Nov 2026 08:00 UTC'],
  ['2026-10', 'since 2026-10'],
])('%s reads %s', (text, words) => {
  expect(sinceWords(text)).toBe(words);
});
