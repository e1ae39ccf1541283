import { expect, test } from 'vitest';
import { dateCell, dateWords, exactWords } from '../../src/model/date-words.ts';
import { valueWords } from '../../src/model/value-words.ts';

test('a value is one line without braces or quotes', () => {
  expect(valueWords({ type: 'CHANGE', licenseCount: 4, of: { a: null, b: [1, true] } })).toBe(
    'type CHANGE, licenseCount 4, of a –, b 1, true',
  );
  // A date by its name alone: a number for orders that looks like one is sent as it is.
  expect(valueWords({ applyDate: '2028-08-11', poNumber: '2028-08-11' })).toBe(
    'applyDate Fri 11 Aug 2028, poNumber 2028-08-11',
  );
  expect(['x', 3, null].map((value) => valueWords(value))).toEqual(['x', '3', '–']);
});

test('a date of a vendor is words, and what is no date stays', () => {
  expect(['2028-08-11T17:54:00+02:00', '2028-08-11', 'soon'].map(dateWords)).toEqual([
    'Fri 11 Aug 2028 15:54 UTC',
    'Fri 11 Aug 2028',
    'soon',
  ]);
  const second = '2028-08-11T17:54:07.250+02:00';
  expect([exactWords(second), dateCell(second), dateCell('2028-08-11')]).toEqual([
    'Fri 11 Aug 2028 15:54:07 UTC',
    '11 Aug 2028 15:54',
    '11 Aug 2028',
  ]);
});
