import { expect, test } from 'vitest';
import { openClient } from '../../../src/api/cloudmore/client.ts';
import { historyOf } from '../../../src/api/cloudmore/map.ts';
import { parseVendorJson } from '../../../src/api/json.ts';
import { testSetup } from '../fixtures/setup.ts';

const shared = { baseUrl: 'https://api.cloudmore.com', tokenUrl: 'https://api.cloudmore.com/connect/token' };
const seller = openClient(testSetup({ settings: { ...shared, level: 'seller', sellerId: 's-1' } }));
const reseller = openClient(testSetup({ settings: { ...shared, level: 'reseller', resellerId: 'r-1' } }));

const sample = `{"id":"sub-1","name":"Backup 100","status":"Active","productId":"p-1","productName":"Backup","serviceId":"v-1",
  "serviceName":"Backup service","sellerId":"s-1","resellerId":"r-1","resellerName":"Nordic IT","organizationId":"o-1",
  "organizationName":"Acme","quantity":25,"price":42.00,"currency":"EUR","licenseKey":"KEY-123456","startDate":"2026-01-01",
  "endDate":"2026-12-31T23:59:59Z","cancelledDate":null,"addons":[],"customProperties":[],"billingEngineId":9007199254740993}`;

test('maps the example in the documentation to a common row', () => {
  const reading = seller.reading(parseVendorJson(sample));
  expect(reading?.subscription).toEqual({
    ref: 'nordic/sub-1',
    connection: 'nordic',
    vendor: 'cloudmore',
    id: 'sub-1',
    name: 'Backup 100',
    status: 'active',
    vendorStatus: 'Active',
    seller: { id: 's-1', name: 'Nordic' },
    reseller: { id: 'r-1', name: 'Nordic IT' },
    organization: { id: 'o-1', name: 'Acme' },
    services: [{ id: 'v-1', name: 'Backup service' }],
    product: { id: 'p-1', name: 'Backup' },
    parentId: null,
    isAddon: false,
    isTrial: false,
    quantity: 25,
    segment: null,
    billing: null,
    term: null,
    startsAt: '2026-01-01',
    endsAt: '2026-12-31T23:59:59Z',
    cancellableUntil: null,
    renewal: null,
    prices: [{ kind: 'unit', amount: '42.00', currency: 'EUR' }],
    hasLicenseKey: true,
    externalIds: { billingEngineId: '9007199254740993' },
    readAt: '2026-11-21T12:00:00.000Z',
    surprises: [],
  });
  expect(JSON.stringify(reading)).not.toContain('KEY-123456');
  expect(reading?.raw.licenseKey).toBe('set');
});

test('an id alone makes a row; missing levels come from the connection', () => {
  expect(reseller.reading({ id: 7 })?.subscription).toMatchObject({
    id: '7',
    name: '7',
    status: 'unknown',
    seller: { id: 'nordic', name: 'Nordic' },
    reseller: { id: 'r-1', name: 'Nordic' },
    organization: null,
    services: [],
    quantity: null,
    prices: [],
    hasLicenseKey: false,
  });
});

test.each([
  ['Active', 'active'],
  [{ id: 4, name: 'Cancelled' }, 'cancelled'],
  ['SUSPENDED', 'suspended'],
  ['Pending', 'pending'],
  ['Deleted', 'cancelled'],
  ['Hibernating', 'unknown'],
  [null, 'unknown'],
])('maps the status %j to %s', (status, common) => {
  const row = seller.reading({ id: 'x', status })?.subscription;
  expect(row?.status).toBe(common);
  expect(row?.vendorStatus).toBe(typeof status === 'object' ? (status?.name ?? null) : status);
});

test('a row with malformed fields keeps the rest and lists what was malformed', () => {
  const row = seller.reading({ id: 'x', name: ['no'], quantity: 'ten', price: 'free', productId: 'p' })?.subscription;
  expect(row).toMatchObject({ id: 'x', quantity: null, prices: [], product: { id: 'p' } });
  expect(row?.surprises).toHaveLength(3);
});

test.each([null, 'row', [], {}, { id: null }, { id: '' }])('%j is not a subscription', (object) => {
  expect(seller.reading(object)).toBeNull();
});

test('history masks a licence key and keeps the other changes', () => {
  expect(
    historyOf([
      { date: '2026-01-02', action: 'Updated', user: 'anna', property: 'Quantity', oldValue: 5, newValue: '7' },
      {
        date: '2026-01-01',
        action: 'LicenseKeySet',
        user: 'ben',
        property: 'licenseKey',
        oldValue: null,
        newValue: 'KEY-1',
      },
      {
        date: '2025-12-31',
        action: 'Sent SECRET-KEY-1',
        user: 'ben',
        property: 'Note',
        newValue: 'it is SECRET-KEY-1',
      },
      { date: '2025-12-30', action: 'LicenseKeySet', user: 'ben', property: 'licenseKey', newValue: 'SECRET-KEY-1' },
      'nonsense',
    ]),
  ).toEqual([
    { at: '2026-01-02', action: 'Updated', by: 'anna', field: 'Quantity', from: '5', to: '7' },
    { at: '2026-01-01', action: 'LicenseKeySet', by: 'ben', field: 'licenseKey', from: null, to: 'set' },
    { at: '2025-12-31', action: 'Sent •••', by: 'ben', field: 'Note', from: null, to: 'it is •••' },
    { at: '2025-12-30', action: 'LicenseKeySet', by: 'ben', field: 'licenseKey', from: null, to: 'set' },
  ]);
});
