import { expect, test } from 'vitest';
import { deadlineOf, deadlineText, localAndUtcText } from '../../src/today/deadline.ts';

/** In Berlin it is Saturday, ten to midnight; in Tokyo it is already Sunday. */
const now = Date.parse('2026-11-21T22:50:00Z');

test.each([
  ['2026-11-24T12:00:00Z', 'Europe/Berlin', '2 d 13 h, until Tue 24 Nov 2026 13:00 local / 12:00 UTC'],
  ['2026-11-24T23:30:00Z', 'Europe/Berlin', '3 d 0 h, until Wed 25 Nov 2026 00:30 local / Tue 24 Nov 2026 23:30 UTC'],
  ['2026-11-24T12:00:00Z', 'UTC', '2 d 13 h, until Tue 24 Nov 2026 12:00 UTC'],
  ['2026-12-24T23:30:00+02:00', 'Europe/Berlin', '32 d 22 h, until Thu 24 Dec 2026 22:30 local / 21:30 UTC'],
  ['2026-11-21T23:10:00Z', 'UTC', '20 min, until Sat 21 Nov 2026 23:10 UTC'],
  ['2026-11-22T02:30:00', 'UTC', '3 h 40 min, until Sun 22 Nov 2026 02:30 UTC'],
  ['2026-11-21T22:50:30Z', 'UTC', 'under 1 min, until Sat 21 Nov 2026 22:50 UTC'],
  ['2026-11-21T20:30:00Z', 'UTC', 'passed 2 h 20 min ago, Sat 21 Nov 2026 20:30 UTC'],
])('shows an instant, %s in %s: %s', (written, zone, text) => {
  const deadline = deadlineOf(written, { now, zone });
  expect(deadline && deadlineText(deadline, { now, zone })).toBe(text);
});

test.each([
  ['2026-11-24', 'Europe/Berlin', '3 d, until Tue 24 Nov 2026 UTC'],
  ['2026-11-24', 'Asia/Tokyo', '3 d, until Tue 24 Nov 2026 UTC'],
  ['2026-11-21', 'Europe/Berlin', 'today, until Sat 21 Nov 2026 UTC'],
  ['2026-11-21', 'Asia/Tokyo', 'today, until Sat 21 Nov 2026 UTC'],
  ['2026-11-22', 'America/Los_Angeles', '1 d, until Sun 22 Nov 2026 UTC'],
  ['2026-11-20', 'America/Los_Angeles', 'passed 1 d ago, Fri 20 Nov 2026 UTC'],
])('a day is the same in every zone and ends in UTC, %s in %s: %s', (written, zone, text) => {
  const deadline = deadlineOf(written, { now, zone });
  expect(deadline && deadlineText(deadline, { now, zone })).toBe(text);
  expect(deadline).toMatchObject({ at: written, utc: null });
});

test.each([[null], ['soon'], ['2026-02-30'], ['']])('%j is not a deadline', (written) => {
  expect(deadlineOf(written, { now })).toBeNull();
});

test.each([
  ['2026-11-24T12:00:00Z', 'Europe/Berlin', '24 Nov 13:00 / 12:00 UTC'],
  ['2026-12-24T23:30:00Z', 'Europe/Berlin', '25 Dec 00:30 / 24 Dec 23:30 UTC'],
  ['2026-11-24T12:00:00Z', 'UTC', '24 Nov 12:00 UTC'],
  ['2026-12-24', 'Europe/Berlin', '24 Dec UTC'],
])('shortens for a column %s in %s: %s', (written, zone, text) => {
  const deadline = deadlineOf(written, { now, zone });
  expect(deadline && localAndUtcText(deadline, { now, zone })).toBe(text);
});

test('a deadline keeps the vendor’s text and shows it in both zones', () => {
  expect(deadlineOf('2026-11-24T23:30:00+00:00', { now, zone: 'Asia/Tokyo' })).toEqual({
    at: '2026-11-24T23:30:00+00:00',
    end: Date.UTC(2026, 10, 24, 23, 30),
    local: 'Wed 25 Nov 2026 08:30',
    utc: 'Tue 24 Nov 2026 23:30',
    remaining: '3 d 0 h',
  });
});
