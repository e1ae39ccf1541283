import { expect, test } from 'vitest';
import { vendorAnswer } from '../../../src/api/http/vendor-error.ts';

test.each([
  ['[{"errorCode":5,"errorName":"InvalidValue","errorMessage":"Too many."}]', 'InvalidValue', 'Too many.'],
  [
    '{"Quantity":["Must be positive.","Must be whole."]}',
    null,
    'quantity: Must be positive.; quantity: Must be whole.',
  ],
  ['{"Type":"Business","Message":"No."}', 'Business', 'No.'],
  ['{"error_code":"X1","error_messages":["a","b"]}', 'X1', 'a; b'],
  ['{"code":"NOT_FOUND","description":"None."}', 'NOT_FOUND', 'None.'],
  [
    '{"type":"Validation","description":"Bad.","errors":[{"propertyName":"PageSize","description":["Too big."]}]}',
    'Validation',
    'Bad.; PageSize: Too big.',
  ],
  ['{"error":"invalid_grant","error_description":"Wrong."}', 'invalid_grant', 'Wrong.'],
  ['plain \u001b[31mtext', null, 'plain ␛[31mtext'],
  ['<html><title>502</title></html>', null, null],
  ['', null, null],
  ['null', null, null],
  ['[]', null, null],
  ['{}', null, null],
])('reads the error %s', (body, code, message) => {
  expect(vendorAnswer(400, {}, body, (text) => text)).toMatchObject({ status: 400, code, message });
});

test('takes the correlation id from a header, else from the body', () => {
  const body = '{"correlationId":"from-body"}';
  expect(vendorAnswer(500, { 'x-correlation-id': 'from-header' }, body, String).correlationId).toBe('from-header');
  expect(vendorAnswer(500, {}, body, String).correlationId).toBe('from-body');
});
