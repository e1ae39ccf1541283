import { describe, expect, test } from 'vitest';
import { accountFactOf } from '../../src/api/account.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import type { VendorId } from '../../src/model/vendor.ts';

type Values = Readonly<Record<string, string>>;

const factOf = (vendor: VendorId, settings: Values) => accountFactOf(vendorIn(vendors, vendor), settings);
const accountOf = (vendor: VendorId, settings: Values) => factOf(vendor, settings).account;

test.each<[VendorId, Values, string]>([
  ['cloudmore', { level: 'seller', sellerId: 's-1' }, 'cloudmore https://api.cloudmore.com'],
  ['cloudmore', { level: 'reseller', resellerId: 'r-1' }, 'cloudmore https://api.cloudmore.com'],
  ['interworks', { baseUrl: 'https://bss.nordic.example/api/' }, 'interworks https://bss.nordic.example'],
  ['vmware', { orgId: 'org-1' }, 'vmware https://console.navigator.vmware.com org-1'],
  [
    'lineworks',
    { clientId: 'app', serviceAccount: 'abc.serviceaccount@Partner.Example' },
    'lineworks https://www.worksapis.com partner.example',
  ],
  ['lineworks', { clientId: 'app', serviceAccount: 'odd' }, 'lineworks https://www.worksapis.com app'],
  [
    'cloudcockpit',
    { tenant: ' Portal.Nordic.Example' },
    'cloudcockpit https://api.cloudcockpit.com portal.nordic.example',
  ],
])('the account key at %s with %j is %s', (vendor, settings, key) => {
  expect(accountOf(vendor, settings)).toBe(key);
});

test.each([
  ['HTTPS://API.Cloudmore.com/', 'https://api.cloudmore.com'],
  ['https://api.cloudmore.com:443', 'https://api.cloudmore.com'],
  ['https://api.cloudmore.com./v2', 'https://api.cloudmore.com'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['', 'https://api.cloudmore.com'],
  ['nonsense', 'no-address'],
])('the address %j belongs to the origin %s', (baseUrl, origin) => {
  expect(accountOf('cloudmore', { baseUrl })).toBe(`cloudmore ${origin}`);
});

test('different addresses, tenants or vendors are different accounts', () => {
  const keys = [
    accountOf('vmware', { orgId: 'org-1' }),
    accountOf('vmware', { orgId: 'org-2' }),
    accountOf('vmware', { orgId: 'org-1', baseUrl: 'https://staging.example.com' }),
    accountOf('vmware', { orgId: 'org-1', baseUrl: 'https://staging.example.com:8443' }),
    accountOf('interworks', { baseUrl: 'https://staging.example.com' }),
    accountOf('cloudmore', { baseUrl: 'https://staging.example.com' }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test.each<[VendorId, Values, Values]>([
  ['cloudmore', { level: 'seller', sellerId: 'a' }, { level: 'reseller', resellerId: 'a' }],
  ['cloudmore', { level: 'seller', sellerId: 'a' }, { level: 'seller', sellerId: 'b' }],
  ['interworks', { username: 'a' }, { username: 'b' }],
  ['cloudcockpit', { tenant: 't', role: 'csp' }, { tenant: 't', role: 'reseller' }],
  [
    'cloudcockpit',
    { tenant: 't', role: 'customer', customerId: 'a' },
    { tenant: 't', role: 'customer', customerId: 'b' },
  ],
])('connections to %s with %j and %j are two views of one account', (vendor, one, other) => {
  expect(accountOf(vendor, one)).toBe(accountOf(vendor, other));
  expect(factOf(vendor, one).view).not.toBe(factOf(vendor, other).view);
});

describe.each([...vendors.values()])('$id', (kind) => {
  test('the opened adapter reports the same account key as its settings', async () => {
    for (const { settings: chosen } of kind.variants) {
      const placeholders = Object.fromEntries(
        kind.settings.flatMap((one) => ('default' in one || one.secret ? [] : [[one.name, 'https://localhost']])),
      );
      const values = { ...placeholders, ...chosen };
      const vendor = await kind.create({
        name: 'x',
        title: 'x',
        settings: withDefaults(values, kind.settings),
        secrets: async () => ({}),
        clock: systemClock,
        secretsIn: 'keychain',
        allowWrites: () => null,
      });
      expect({ account: vendor.account, view: vendor.view }).toEqual(accountFactOf(kind, values));
    }
  });
});
