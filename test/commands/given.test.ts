import { describe, expect, test } from 'vitest';
import { pairs, wholeNumber } from '../../src/commands/given-values.ts';

test.each(['0', '1', '007', '9007199254740991'])('%s is a quantity', (text) => {
  expect(wholeNumber(text, 'N')).toBe(Number(text));
});

test.each(['-1', '1.5', '9007199254740992', '1e3', '', ' 1', '٣', 'NaN', '0x10', '+1'])(
  '[fault 73] %j is not a quantity',
  (text) => {
    expect(() => wholeNumber(text, 'The quantity')).toThrow('The quantity must be a whole number');
  },
);

describe('name=value', () => {
  test('keeps everything after the first = as the value', () => {
    expect(pairs(['a=1=2', 'b='])).toEqual({ a: '1=2', b: '' });
  });
  test.each([[['a']], [['=1']], [['a=1', 'a=2']]])('refuses %j', (words) => {
    expect(() => pairs(words)).toThrow();
  });
});
