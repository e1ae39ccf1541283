import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Digits, plainDecimal } from '../../src/api/digits.ts';
import { idToken, parseVendorJson, safeJson } from '../../src/api/json.ts';
import {
  amountField,
  countField,
  dateField,
  flagField,
  idField,
  namedField,
  textField,
} from '../../src/api/wire-fields.ts';
import { readRow } from '../../src/api/wire-row.ts';

test('[fault 54] ids and money keep the digits that the vendor wrote', () => {
  const parsed = parseVendorJson(
    '{"id": 9007199254740993, "small": 7, "price": 42.00, "list":[0.10,1e2], "text": "1.50"}',
  );
  const schema = v.object({ id: idField, small: idField, price: amountField, text: amountField });
  expect(v.parse(schema, parsed)).toEqual({ id: '9007199254740993', small: '7', price: '42.00', text: '1.50' });
});

test.each([
  ['1.5e3', '1500'],
  ['12E-3', '0.012'],
  ['1.20e1', '12.0'],
  ['-0.5e1', '-5'],
  ['42.00', '42.00'],
])('expands %s to %s', (source, plain) => {
  expect(plainDecimal(source)).toBe(plain);
});

test('writes an id back as the token type it was read as', () => {
  expect(JSON.stringify({ a: idToken('9007199254740993'), b: idToken('007'), c: idToken('x-1') })).toBe(
    '{"a":9007199254740993,"b":"007","c":"x-1"}',
  );
});

test('[fault 53] sanitises a value at every depth, keys too', () => {
  const parsed = parseVendorJson('{"a\\u001b":["b\\u202e"],"n":42.00,"big":12345678901234567890,"__proto__":{"x":1}}');
  const safe = safeJson(parsed);
  expect(safe).toEqual({ 'a␛': ['b⟨202E⟩'], n: 42, big: '12345678901234567890', '⟨__proto__⟩': { x: 1 } });
  expect(Object.getPrototypeOf(Object.assign({}, safe))).toBe(Object.prototype);
});

test('[fault 53] truncates a deeply nested value without crashing', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
  expect(JSON.stringify(safeJson(deep))).toContain('…');
});

test.each([
  ['{"licenseKey":"KEY-123456"}', { licenseKey: 'set' }],
  ['{"LicenceKey":null}', { LicenceKey: null }],
  [
    '{"customProperties":[{"name":"License key","value":"KEY-123456"}]}',
    { customProperties: [{ name: 'License key', value: 'set' }] },
  ],
  [
    '{"property":"licenseKey","oldValue":null,"newValue":"KEY-123456"}',
    { property: 'licenseKey', oldValue: null, newValue: 'set' },
  ],
  ['{"licenseKey":"KEY-123456","note":"use KEY-123456!"}', { licenseKey: 'set', note: 'use •••!' }],
])('masks a licence key in %s', (text, masked) => {
  expect(safeJson(parseVendorJson(text))).toEqual(masked);
});

const row = v.object({
  id: idField,
  name: textField,
  quantity: countField,
  start: dateField,
  trial: flagField,
  account: namedField,
});

test('a malformed field loses that field, never the row', () => {
  expect(readRow(row, { id: 1, name: { no: 'text' }, quantity: 'many', start: '2026-01-01', extra: true })).toEqual({
    row: { id: '1', name: null, quantity: null, start: '2026-01-01', trial: null, account: null },
    surprises: [
      'The field name has an unexpected form and is not shown.',
      'The field quantity has an unexpected form and is not shown.',
    ],
  });
});

test('reads either spelling, and numbers as text', () => {
  expect(readRow(row, { Id: 'a', Quantity: '25', Trial: 'True', account: 'Acme' })?.row).toMatchObject({
    id: 'a',
    quantity: 25,
    trial: true,
    account: { id: null, name: 'Acme' },
  });
});

test.each([null, 7, 'row', [], [{}]])('%j is not a row', (value) => {
  expect(readRow(row, value)).toBeNull();
});

test.each([1.5, '', ' ', new Digits('2.5'), -0.1])('%s is not a whole number', (quantity) => {
  expect(readRow(row, { id: '1', quantity })?.row.quantity).toBeNull();
});
