import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLines } from '../../src/commands/csv.ts';
import { subscriptionColumns, subscriptionRow } from '../../src/commands/subscription-row.ts';
import { matches } from '../../src/model/filter-match.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { deadlineOf } from '../../src/today/deadline.ts';
import { today } from '../../src/today/today.ts';
import { everything, fill, noon, row } from '../store/rows.ts';
import { openToday } from './fixture.ts';

const minute = 60_000;
const day = 86_400_000;

/** A date in one of the vendors' formats, and the millisecond at which it is over. */
const someDate = fc
  .record({
    at: fc.integer({ min: -3 * 1440, max: 100 * 1440 }).map((minutes) => noon + minutes * minute),
    form: fc.constantFrom('day', 'slashes', 'utc', 'blank', 'ahead', 'rfc'),
  })
  .map(({ at, form }) => {
    const iso = new Date(at).toISOString();
    const midnight = Math.floor(at / day) * day;
    switch (form) {
      case 'day':
        return { written: iso.slice(0, 10), over: midnight + day };
      case 'slashes':
        return { written: iso.slice(0, 10).replaceAll('-', '/'), over: midnight + day };
      case 'blank':
        return { written: iso.slice(0, 19).replace('T', ' '), over: at + 1000 };
      case 'ahead':
        return { written: `${new Date(at + 2 * 60 * minute).toISOString().slice(0, 19)}+02`, over: at + 1000 };
      case 'rfc':
        return { written: new Date(at).toUTCString(), over: at + 1000 };
      default:
        return { written: iso, over: at + 1000 };
    }
  });

const zones = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin'] as const;
const clocks = fc.oneof(
  fc.integer({ min: -day, max: day }),
  // Around midnight in UTC, when days end.
  fc.integer({ min: -1500, max: 1500 }).map((ms) => day / 2 + ms),
);

const filterOf = (text: string) => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.filter;
};
const idsOf = (rows: readonly Pick<Subscription, 'id'>[]) => rows.map(({ id }) => id).toSorted();

test('filter, sort, Today, deadline, CSV and JSON agree at any time and zone', () => {
  const fixture = openToday();
  const { cache, clock } = fixture;
  fc.assert(
    fc.property(fc.array(someDate, { maxLength: 12 }), clocks, fc.constantFrom(...zones), (dates, ahead, zone) => {
      clock.set(noon + ahead);
      const reader = { now: clock.now(), zone };
      const rows = dates.map(({ written }, index) => row({ id: `s${index}`, endsAt: written }));
      cache.purge();
      fill(cache, rows);
      const over = new Map(dates.map((date, index) => [`s${index}`, date.over]));
      const isToCome = ({ id }: Subscription) => (over.get(id) ?? 0) > reader.now;
      const toCome = idsOf(rows.filter(isToCome));

      const soon = filterOf('ends<200d');
      expect(idsOf(cache.subscriptionWindow({ ...everything, filter: soon }).rows)).toEqual(toCome);
      expect(idsOf(rows.filter((each) => matches(soon, each, reader.now)))).toEqual(toCome);
      const gone = cache.subscriptionWindow({ ...everything, filter: filterOf('ends<0d') }).rows;
      expect(idsOf(gone)).toEqual(idsOf(rows.filter((each) => !isToCome(each))));

      const { items } = today(fixture, { ...reader, limit: 100 });
      const near = filterOf('ends<90d');
      const renewing = items.filter(({ kind }) => kind === 'renewal');
      expect(idsOf(renewing.map(({ ref }) => ({ id: ref?.split('/')[1] ?? '' })))).toEqual(
        idsOf(rows.filter((each) => matches(near, each, reader.now))),
      );

      const sorted = cache.subscriptionWindow({ ...everything, sort: [{ field: 'ends', descending: false }] }).rows;
      const ends = sorted.map(({ id }) => over.get(id) ?? 0);
      expect(ends).toEqual(ends.toSorted((one, other) => one - other));

      for (const each of rows) {
        const deadline = deadlineOf(each.endsAt, reader);
        expect([each.endsAt, deadline?.remaining.startsWith('passed')]).toEqual([each.endsAt, !isToCome(each)]);
        const { json, cells } = subscriptionRow({ ...each, sameAs: [], missingSince: null });
        const at = subscriptionColumns.findIndex(({ id }) => id === 'endsAt');
        expect([json, cells[at]]).toEqual([expect.objectContaining({ endsAt: each.endsAt }), each.endsAt]);
        expect([...csvLines({ columns: subscriptionColumns, rows: [{ json, cells }] })].join('')).toContain(
          each.endsAt ?? '',
        );
      }
    }),
    { numRuns: 100 },
  );
});
