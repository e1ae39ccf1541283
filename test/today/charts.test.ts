import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { finished } from '../../src/query/steps.ts';
import { barLines, productShares } from '../../src/today/charts/bars.ts';
import { measuresOf } from '../../src/today/charts/measure.ts';
import { renewalCalendarLines, renewalWeeks } from '../../src/today/charts/renewal-calendar.ts';
import { timelineLines, timelineOf } from '../../src/today/charts/timeline.ts';
import { everything, fill, named, noon, openScratch, row } from '../store/rows.ts';

const seats = { kind: 'seats' } as const;
const bases = { nordic: 'unit' } as const;
const widths = [1, 7, 20, 53, 54, 80, 200];
const price = (amount: string) => [{ kind: 'list', amount, currency: safeText('EUR') } as const];

function reader() {
  const cache = openScratch();
  fill(cache, [
    row({ id: '1', product: named('p', '安全メール席'), quantity: 80, endsAt: '2026-11-22', prices: price('1.50') }),
    row({ id: '2', product: named('q', 'Backup'), quantity: 40, endsAt: '2026-12-07T10:00:00Z' }),
    row({ id: '3', product: named('r', 'Voice'), quantity: 1, endsAt: '2027-11-20' }),
    row({ id: '4', product: named('s', 'Gone'), quantity: 900, endsAt: '2026-12-07', status: 'cancelled' }),
  ]);
  return cache;
}

test('the calendar has one bar a week, from this Monday, of active rows only', () => {
  const weeks = finished(renewalWeeks(reader(), everything, bases, noon));
  expect(weeks).toHaveLength(53);
  expect(new Date(weeks[0]?.from ?? 0).toISOString()).toBe('2026-11-16T00:00:00.000Z');
  expect(weeks.flatMap((week, index) => (week.seats > 0 ? [[index, week.seats]] : []))).toEqual([
    [0, 80],
    [3, 40],
    [52, 1],
  ]);
  const lines = renewalCalendarLines(weeks, { width: 60, height: 4, marks: 'ascii', measure: seats });
  expect(lines).toEqual([
    '80 #',
    '   #',
    '   #  #',
    ` 0 #  #${' '.repeat(48)}.`,
    '      Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov',
    '121 seats in 12 months; a bar is a week',
    'most in the week of Mon 16 Nov 2026: 80 seats',
  ]);
});

test('bars name each product, scale to the longest, and sum what is left out', () => {
  const shares = finished(productShares(reader(), { ...everything, filter: [] }, bases));
  const draw = (height: number) => barLines(shares, { width: 30, height, marks: 'ascii', measure: seats });
  // One outlier does not flatten the others: its bar is cut, its number stays.
  expect(draw(9)).toEqual([
    'Gone        ##########//#  900',
    '安全メー.   #########       80',
    'Backup      ####            40',
    'Voice       #                1',
  ]);
  expect(draw(2)[1]).toBe('3 more                     121');
});

test('money is a separate measure for each kind and currency', () => {
  const shares = finished(productShares(reader(), everything, bases));
  const [, , money] = measuresOf(shares);
  const about = { kind: 'list', currency: 'EUR', period: null, covers: 'all' };
  expect(money).toEqual({ kind: 'money', about });
  if (money === undefined) return;
  expect(barLines(shares, { width: 40, height: 1, marks: 'unicode', measure: money })).toHaveLength(1);
  expect(barLines(shares, { width: 40, height: 9, marks: 'unicode', measure: money })[0]).toMatch(
    /^安全メール席 +█+ +120\.00$/,
  );
});

const life = timelineOf(
  row({ id: '1', startsAt: '2026-01-05', endsAt: '2027-01-04', cancellableUntil: '2026-11-23T10:00:00Z' }),
  ['2026-03-01T10:00:00Z', '2026-06-01T10:00:00Z'].map((seenAt, index) => ({
    ...{ ref: 'nordic/1', connection: 'nordic', id: '1', name: '席', field: 'name', from: '席 1', to: '席 2', seenAt },
    ...{ by: index === 0 ? 'maria' : null, journalId: null },
  })),
  [],
  noon,
);

test('a life is a timeline with its events below', () => {
  expect(timelineLines(life, { width: 50, height: 20, marks: 'unicode' }, { now: noon, zone: 'UTC' })).toEqual([
    '●━━━━━━◆━━━━━━━━━━━━◆━━━━━━━━━━━━━━━━━━━━━━┃─────○',
    'Mon 5 Jan 2026                      Mon 4 Jan 2027',
    '● Mon 5 Jan 2026         starts',
    '◆ Sun 1 Mar 2026  10:00  name 席 1 → 席 2, by mar…',
    '◆ Mon 1 Jun 2026  10:00  name 席 1 → 席 2',
    '┃ Sat 21 Nov 2026 12:00  now',
    '◇ Mon 23 Nov 2026 10:00  the cancellation period …',
    '○ Mon 4 Jan 2027         ends',
  ]);
  const low = timelineLines(life, { width: 50, height: 7, marks: 'ascii' }, { now: noon, zone: 'UTC' });
  expect(low).toHaveLength(7);
  expect(low[2]).toBe('  2 older events are not shown');
});

test.each(widths)('in %i cells no line is wider, and ASCII mode draws no Unicode', (width) => {
  const cache = reader();
  const weeks = finished(renewalWeeks(cache, everything, bases, noon));
  const shares = finished(productShares(cache, everything, bases)).filter(({ name }) => name === 'Backup');
  for (const marks of ['unicode', 'ascii'] as const) {
    const lines = [
      ...renewalCalendarLines(weeks, { width, height: 3, marks, measure: seats }),
      ...barLines(shares, { width, height: 3, marks, measure: seats }),
      ...timelineLines(
        life.filter(({ kind }) => kind !== 'change'),
        { width, height: 9, marks },
        { now: noon, zone: 'UTC' },
      ),
    ];
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    if (marks === 'ascii') expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
  }
});
