import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginOf, endOf, periodOf, readDate } from '../../src/model/date-text.ts';

const iso = (text: string) => {
  const read = readDate(text);
  return read === null ? null : `${new Date(read.from).toISOString()}${read.isDay ? ' (a day)' : ''}`;
};

describe('the date formats of vendors', () => {
  test.each([
    ['2026-11-30', '2026-11-30T00:00:00.000Z (a day)'],
    ['2026/11/30', '2026-11-30T00:00:00.000Z (a day)'],
    ['2026/1/5', '2026-01-05T00:00:00.000Z (a day)'],
    [' 2026-11-30 ', '2026-11-30T00:00:00.000Z (a day)'],
    ['2026-11-30T23:59:59Z', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30T23:59:59', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30 23:59:59', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30T23:59', '2026-11-30T23:59:00.000Z'],
    ['2026/11/30 23:59:59', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30T23:59:59+02', '2026-11-30T21:59:59.000Z'],
    ['2026-11-30T23:59:59+0200', '2026-11-30T21:59:59.000Z'],
    ['2026-11-30T23:59:59+02:00', '2026-11-30T21:59:59.000Z'],
    ['2026-11-30 23:59:59 +02:00', '2026-11-30T21:59:59.000Z'],
    ['2026-11-30 23:59:59 UTC', '2026-11-30T23:59:59.000Z'],
    ['2026-11-30T23:59:59,5Z', '2026-11-30T23:59:59.500Z'],
    ['2026-11-30T23:59:59.9999999Z', '2026-11-30T23:59:59.999Z'],
    ['2026-11-30T24:00:00Z', '2026-12-01T00:00:00.000Z'],
    ['Mon, 30 Nov 2026 23:59:59 GMT', '2026-11-30T23:59:59.000Z'],
    ['30 Nov 2026 23:59:59 +0200', '2026-11-30T21:59:59.000Z'],
    ['Mon, 30 Nov 2026', '2026-11-30T00:00:00.000Z (a day)'],
  ])('%s', (written, read) => {
    expect(iso(written)).toBe(read);
  });

  test.each([
    ...['', ' ', 'soon', '2026', '2026-11', '2026-02-30', '2026/13/01', '2026-11-30T25:00:00Z', '2026-11-30T24:00:01Z'],
    ...['2026-11-30T23:60:00Z', '2026-11-30T12:00:00+99:00', '2026-11-30Z', '2026-11/30', '30.11.2026', '11/30/2026'],
    ...['30 Foo 2026', '1798675200000', '2026-11-30T23:59:59Z trailing', `2026-11-30${' '.repeat(60)}`],
  ])('%j is not a date', (written) => {
    expect([readDate(written), beginOf(written), endOf(written)]).toEqual([null, null, null]);
  });

  test('a filter also accepts a year or a month', () => {
    const days = (text: string) => {
      const { from, to } = periodOf(text) ?? { from: Number.NaN, to: Number.NaN };
      return (to - from) / 86_400_000;
    };
    expect(['2026', '2026-02', '2026-12', '2026-11-30', '2026/11/30'].map(days)).toEqual([365, 28, 31, 1, 1]);
  });
});

test('a day lasts to its last second; an instant is exact', () => {
  expect(endOf('2026-11-30')).toBe(Date.parse('2026-11-30T23:59:59Z'));
  expect(beginOf('2026-11-30')).toBe(Date.parse('2026-11-30T00:00:00Z'));
  expect([beginOf, endOf].map((of) => of('2026-11-30T12:00:00Z'))).toEqual(
    Array(2).fill(Date.parse('2026-11-30T12:00:00Z')),
  );
});

test('any text is one instant or none; an overlong text is none', () => {
  const parts = fc.constantFrom(
    '2026',
    '-',
    '11',
    '/',
    '30',
    'T',
    ' ',
    ':',
    '00',
    '+',
    '02',
    'Z',
    ',',
    '.',
    'Nov',
    'é',
  );
  const texts = fc.oneof(
    fc.string({ maxLength: 100 }),
    fc.array(parts, { maxLength: 24 }).map((some) => some.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = readDate(text);
      if (read !== null) expect(Number.isSafeInteger(read.from)).toBe(true);
      expect(readDate(`2026-11-30${text}`.padEnd(65))).toBeNull();
    }),
    { numRuns: 300 },
  );
});
