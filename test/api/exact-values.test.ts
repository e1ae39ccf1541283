import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ExactValues, exactText } from '../../src/api/exact-values.ts';
import { parseVendorJson } from '../../src/api/json.ts';

test.each([
  ['A\u200dB', 'A\u200dB', 'same'],
  ['A\u200dB', 'AB', 'other'],
  ['A\u200dB', 'A⟨200D⟩B', 'other'],
  ['A\tB', 'A B', 'same-letters'],
  ['Köln', 'Ko\u0308ln', 'same-letters'],
  ['Köln', 'Koln', 'other'],
  ['Backup', ' Backup ', 'same-letters'],
  ['Backup  100', 'Backup 100', 'same-letters'],
  [`a${'\u0301'.repeat(6)}`, `a${'\u0302'.repeat(6)}`, 'other'],
  ['x'.repeat(5000), `${'x'.repeat(4999)}y`, 'other'],
  ['①', '1', 'other'],
  [null, null, 'same'],
  [null, '', 'other'],
  [25, 25, 'same'],
  ['25', 25, 'same'],
  [true, true, 'same'],
  [{ name: 'Annual' }, { name: 'Annual' }, 'same'],
  [{ name: 'Annual', more: 1 }, { name: 'Annual' }, 'same'],
  [{ name: 'An\u00adnual' }, { name: 'Annual' }, 'other'],
  ['Annual', { name: 'Annual' }, 'other'],
  [['Annual'], 'Annual', 'other'],
] as const)('compares %j with %j as %s', (shown, asked, likeness) => {
  expect(new ExactValues(() => ({ name: shown })).compare('name', asked)).toBe(likeness);
});

test('compares all digits of a large number; a missing value counts as null', () => {
  const object = parseVendorJson('{"amount": 9007199254740993}') as Record<string, unknown>;
  const values = new ExactValues(() => object);
  expect(values.compare('amount', '9007199254740993')).toBe('same');
  expect(values.compare('amount', '9007199254740992')).toBe('other');
  expect([values.has('amount'), values.has('name'), values.compare('name', null)]).toEqual([true, false, 'same']);
});

test('exact values reach no log, JSON or message', () => {
  const values = new ExactValues(() => ({ name: 'secret\u001b[31m', toJSON: 'secret' }));
  const shown = [inspect(values, { showHidden: true, depth: 9 }), JSON.stringify({ values }), `${values}`];
  expect(shown.join(' ')).not.toContain('secret');
  expect(Object.keys(values)).toEqual([]);
});

test('finds the name field in the vendor’s own spelling', () => {
  const fields = ['name', 'subscriptionName', 'productName'];
  expect(exactText({ Name: '', SubscriptionName: 'A\tB', productName: 'C' }, fields)).toBe('A\tB');
  expect(exactText({ name: { text: 'A' } }, fields)).toBeUndefined();
  expect(exactText(null, fields)).toBeUndefined();
});
