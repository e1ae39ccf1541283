import { expect, test } from 'vitest';
import { reportsFailure } from '../../src/api/failure-body.ts';
import { parseVendorJson } from '../../src/api/json.ts';

test.each([
  '{"success":false}',
  '{"Success":"False"}',
  '{"isSuccess":false,"data":{"id":"s1","status":"Active"}}',
  '{"succeeded":false,"errors":[]}',
  '{"ok":false}',
  '{"error":"not allowed"}',
  '{"error":{"code":"X","message":"no"}}',
  '{"errors":["below the committed minimum"]}',
  '{"errors":{"Quantity":["too low"]}}',
  '{"Errors":[{"Code":5}]}',
  '{"id":"s1","errorMessage":"it cannot be cancelled"}',
  '[{"errorCode":5,"errorName":"InvalidValue","errorMessage":"no"}]',
  '{"Type":"InvalidOperation","Message":"The subscription is not active."}',
  '{"code":"BAD_REQUEST","description":"no"}',
  '{"statusCode":400,"type":"Validation","description":"no","errors":[]}',
  '{"type":"about:blank","title":"Conflict","status":409,"detail":"no"}',
  '{"status":"error","message":"no"}',
  '{"status":"fail","data":null}',
  '{"result":{"success":false}}',
  '{"hasErrors":true}',
])('%s reports a failure', (text) => {
  expect(reportsFailure(parseVendorJson(text))).toBe(true);
});

test.each([
  'null',
  '{}',
  '[]',
  'true',
  '"done"',
  '{"success":true}',
  '{"success":true,"error":null,"errors":[],"errorCode":0,"errorMessage":""}',
  '{"error":false,"errors":{}}',
  '{"code":"OK","message":"Done."}',
  '{"code":200,"message":"Done."}',
  '{"id":"s1","name":"Error","status":"Error"}',
  '{"id":"s1","status":{"id":7,"name":"Failed"},"type":"License","description":"Backup"}',
  '{"requestId":"rq-1","status":"Failed","message":"below the minimum"}',
  '{"type":"CHANGE","plan":"ANNUAL","licenseCount":4}',
  '{"type":"CANCEL","applyDate":"2027-01-31","subscriptionId":12345678901234567890}',
  '{"id":4711,"status":"Draft","orderDate":"2026-11-21"}',
])('%s reports no failure', (text) => {
  expect(reportsFailure(parseVendorJson(text))).toBe(false);
});
