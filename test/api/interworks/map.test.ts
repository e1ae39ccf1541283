import { expect, test } from 'vitest';
import { openClient } from '../../../src/api/interworks/client.ts';
import { addonsOf, namedValuesOf } from '../../../src/api/interworks/map.ts';
import { filterText, orderText } from '../../../src/api/interworks/search.ts';
import { parseVendorJson } from '../../../src/api/json.ts';
import type { Term } from '../../../src/model/filter.ts';
import { testSetup } from '../fixtures/setup.ts';

const settings = { baseUrl: 'https://bss.example', tokenUrl: 'https://bss.example/oauth/token', edition: 'standard' };
const api = openClient(testSetup({ settings }));

const sample = `{"id":"0f1e","name":"Office 25","externalId":"EXT-9","quantity":25,"startDate":"2026-01-01T00:00:00+02:00",
  "endDate":"2026-12-31T23:59:59+02:00","status":"Active","account":{"id":9007199254740993,"name":"Acme"},
  "product":{"id":77,"name":"Office"},"productId":77,"productName":"Office","addonId":"00000000-0000-0000-0000-000000000000",
  "addons":[],"orderId":12}`;

test('maps the example in the documentation to a common row', () => {
  expect(api.reading(parseVendorJson(sample))?.subscription).toEqual({
    ref: 'nordic/0f1e',
    connection: 'nordic',
    vendor: 'interworks',
    id: '0f1e',
    name: 'Office 25',
    status: 'active',
    vendorStatus: 'Active',
    seller: { id: 'nordic', name: 'Nordic' },
    reseller: { id: 'nordic', name: 'Nordic' },
    organization: { id: '9007199254740993', name: 'Acme' },
    services: [{ id: '77', name: 'Office' }],
    product: { id: '77', name: 'Office' },
    parentId: null,
    isAddon: false,
    isTrial: false,
    quantity: 25,
    segment: null,
    billing: null,
    term: null,
    startsAt: '2026-01-01T00:00:00+02:00',
    endsAt: '2026-12-31T23:59:59+02:00',
    cancellableUntil: null,
    renewal: null,
    prices: [],
    hasLicenseKey: false,
    externalIds: { externalId: 'EXT-9', orderId: '12' },
    readAt: '2026-11-21T12:00:00.000Z',
    surprises: [],
  });
});

test('reads the other spelling too', () => {
  const row = api.reading({
    Id: 'x',
    Name: 'N',
    Status: { name: 'Suspended' },
    accountId: 5,
    accountName: 'A',
    ProductId: 6,
  });
  expect(row?.subscription).toMatchObject({
    id: 'x',
    name: 'N',
    status: 'suspended',
    organization: { id: '5', name: 'A' },
    product: { id: '6', name: '6' },
  });
});

test('add-ons show whether an end is set', () => {
  expect(
    addonsOf([{ id: 1, name: 'Extra', quantity: 2, status: 'Active', endDate: null, cancelAtPeriodEnd: true }, 'no']),
  ).toEqual([{ id: '1', name: 'Extra', quantity: 2, status: 'active', cancelAtPeriodEnd: true, endsAt: null }]);
});

test('characteristics keep their digits; a licence key shows only as set', () => {
  const items = parseVendorJson(
    '[{"name":"Size","value":1.50},{"code":"X","value":true},{"name":"License Key","value":"KEY-1"},{"name":"None","value":null}]',
  );
  expect(namedValuesOf(items as unknown[])).toEqual([
    { label: 'Size', value: '1.50' },
    { label: 'X', value: 'yes' },
    { label: 'License Key', value: 'set' },
    { label: 'None', value: null },
  ]);
});

test.each<[Term, string | null]>([
  [{ kind: 'contains', field: 'name', text: "o'ffice", negated: false }, null],
  [{ kind: 'contains', field: 'name', text: 'office', negated: false }, "contains(name,'office')"],
  [{ kind: 'contains', field: 'name', text: 'office', negated: true }, null],
  [{ kind: 'equals', field: 'id', text: "a'b", negated: false }, "id eq 'a''b'"],
  [{ kind: 'number', field: 'qty', comparison: '>', value: '10', negated: false }, 'quantity gt 10'],
  [{ kind: 'number', field: 'qty', comparison: '>=', value: '10', negated: false }, 'quantity gt 9'],
  [{ kind: 'number', field: 'qty', comparison: '<', value: '10', negated: false }, null],
  [{ kind: 'is', what: 'trial', negated: false }, null],
])('translates the term %j to %s', (term, text) => {
  expect(filterText([], [term], Date.parse('2026-11-21T12:00:00Z'))).toBe(text);
});

test('translates a sort order that the platform supports', () => {
  expect(orderText({ field: 'qty', descending: true })).toBe('quantity desc');
  expect(orderText({ field: 'price', descending: true })).toBeNull();
  expect(orderText(null)).toBeNull();
});
