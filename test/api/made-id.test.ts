import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parseVendorJson } from '../../src/api/json.ts';
import { madeId } from '../../src/api/made-id.ts';

const schema = madeId('orderId', 'id');

test.each([
  ['4711', '4711'],
  ['"4711"', '4711'],
  ['9007199254740993', '9007199254740993'],
  ['"0f9b2c64-8d1e-4c8e-9a63-3f5f0c4f8b11"', '0f9b2c64-8d1e-4c8e-9a63-3f5f0c4f8b11'],
  ['{"id": 5}', '5'],
  ['{"OrderId": "A-5"}', 'A-5'],
  ['{"orderId": 6, "id": 5}', '6'],
  ['{"data": {"id": 5}}', '5'],
  ['{"data": 5}', '5'],
  ['{"order": {"orderId": "x"}}', 'x'],
])('finds in %s the id %s', (answer, id) => {
  expect(v.parse(schema, parseVendorJson(answer))).toBe(id);
});

test.each([
  'null',
  '"OK"',
  'true',
  '0',
  '-3',
  '1.5',
  '[]',
  '[5]',
  '{}',
  '{"id": null}',
  '{"id": ""}',
  '{"message": "5"}',
])('finds no id in %s', (answer) => {
  expect(v.parse(schema, parseVendorJson(answer))).toBeNull();
});
