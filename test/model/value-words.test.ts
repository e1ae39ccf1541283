import { expect, test } from 'vitest';
import { dateWords } from '../../src/model/date-words.ts';
import { valueWords } from '../../src/model/value-words.ts';

test('a value is one line without braces or quotes', () => {
  expect(valueWords({ type: 'CHANGE', licenseCount: 4, of: { a: null, b: [1, true] } })).toBe(
    'type CHANGE, licenseCount 4, of a –, b 1, true',
  );
  expect(['x', 3, null].map(valueWords)).toEqual(['x', '3', '–']);
});

test('a date of a vendor is words, and what is no date stays', () => {
  expect(['2028-08-11T17:54:00+02:00', '2028-08-11', 'soon'].map(dateWords)).toEqual([
    'Fri 11 Aug 2028 15:54 UTC',
    'Fri 11 Aug 2028',
    'soon',
  ]);
});
