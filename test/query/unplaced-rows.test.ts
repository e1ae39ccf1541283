import { expect, test } from 'vitest';
import { unplacedFault } from '../../src/commands/unplaced-fault.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import type { SubscriptionQuery } from '../../src/query/cache-reader.ts';
import { unplacedRows } from '../../src/query/unplaced-rows.ts';
import { today } from '../../src/today/today.ts';
import { everything, fill, ids, noon, openScratch, row } from '../store/rows.ts';
import { openToday } from '../today/fixture.ts';

const rows = [
  row({ id: 'plain', endsAt: '2026-12-01', cancellableUntil: '2026-11-25' }),
  row({ id: 'none' }),
  row({ id: 'odd-end', endsAt: '1798675200000', cancellableUntil: '2026-11-25' }),
  row({ id: 'odd-both', endsAt: 'soon', cancellableUntil: 'later' }),
  row({ id: 'odd-late', endsAt: '30.11.2026', cancellableUntil: '2027-11-25' }),
  row({ id: 'gone', endsAt: 'never', status: 'cancelled' }),
];

function asked(filter: string, sort: SubscriptionQuery['sort'] = []): Omit<SubscriptionQuery, 'offset' | 'limit'> {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(parsed.message);
  return { ...everything, filter: parsed.filter, sort };
}

const byEnd = [{ field: 'ends', descending: false }] as const;

test.each([
  ['ends<30d', [], [['filter', 4, ['ends']]]],
  ['-ends<30d', [], [['filter', 4, ['ends']]]],
  ['ends=2026-12-01 -status=cancelled', [], [['filter', 3, ['ends']]]],
  // A date is not reported if another term already decides.
  ['ends<30d cancel<30d', [], [['filter', 2, ['ends', 'cancel']]]],
  ['cancel<30d', [], [['filter', 1, ['cancel']]]],
  ['starts<30d', [], []],
  ['', byEnd, [['sort', 4, ['ends']]]],
  ['status=active', byEnd, [['sort', 3, ['ends']]]],
  ['ends<30d', byEnd, [['filter', 4, ['ends']]]],
  ['plain', byEnd, []],
  ['ends:soon', [], []],
] as const)('finds unreadable dates for the filter %j and the order %j', (filter, sort, told) => {
  const cache = openScratch();
  fill(cache, rows);
  const found = unplacedRows(cache, asked(filter, sort));
  expect(found.map(({ by, total, fields }) => [by, total, fields])).toEqual(told);
});

test('the note of a list names some of them and is partial', () => {
  const cache = openScratch();
  fill(cache, rows);
  const [left, last] = [unplacedRows(cache, asked('ends<30d')), unplacedRows(cache, asked('status=active', byEnd))];
  expect([...left, ...last].map(unplacedFault)).toMatchObject([
    {
      kind: 'partial',
      message: expect.stringMatching(
        /^4 subscriptions have a date \(end date\) that cannot be read, so the filter leaves out: .*, .*, .*, 1 more\.$/,
      ),
    },
    { kind: 'partial', message: expect.stringContaining('so the order puts last: ') },
  ]);
});

test('the row reports it, and an unreadable date never matches', () => {
  expect(rows.map(({ surprises }) => surprises)).toEqual([
    [],
    [],
    ['The end date "1798675200000" cannot be read as a date.'],
    ['The end date "soon" cannot be read as a date.', 'The cancellation deadline "later" cannot be read as a date.'],
    ['The end date "30.11.2026" cannot be read as a date.'],
    ['The end date "never" cannot be read as a date.'],
  ]);
  const cache = openScratch();
  fill(cache, rows);
  expect(ids(cache, asked('ends>1970'))).toEqual(['plain']);
});

test('a date that becomes readable counts from then on', () => {
  const cache = openScratch();
  fill(cache, rows);
  fill(
    cache,
    rows.map((each) => row({ id: each.id, endsAt: '2026-12-01' })),
  );
  expect(unplacedRows(cache, asked('ends<30d'))).toEqual([]);
});

test('Today names the active subscriptions whose end date is unreadable', () => {
  const fixture = openToday();
  fill(fixture.cache, rows);
  const { missing } = today(fixture, { now: noon, zone: 'UTC', limit: 5 });
  expect(missing).toEqual([
    expect.objectContaining({ message: 'The end date of 3 subscriptions of nordic cannot be read.', isGap: true }),
    expect.objectContaining({
      message: 'The cancellation deadline of 1 subscription of nordic cannot be read.',
      next: 'subdeck subscription show nordic/odd-both',
    }),
  ]);
});
