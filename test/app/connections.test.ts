import { describe, expect, test } from 'vitest';
import { accountFactOf } from '../../src/api/account.ts';
import { vendors } from '../../src/api/registry.ts';
import { vendorIn } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { connectionsOf } from '../../src/app/connections.ts';
import { FaultError, fault } from '../../src/model/fault.ts';
import { usualGuard } from '../../src/model/guard.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import type { Settings } from '../../src/model/settings.ts';

const settings: Settings = {
  freshFor: 300,
  refresh: 'auto',
  readOnly: false,
  offline: false,
  armMinutes: null,
  guard: usualGuard,
  keys: {},
  theme: { contrast: 'normal', marks: 'unicode', spinner: true, mouse: false },
  csv: { separator: null },
  team: null,
  connections: {
    navi: { vendor: 'vmware', values: { orgId: 'o', title: 'Navigator' } },
    lacking: { vendor: 'vmware', values: {} },
  },
};

const accountOf = (settings: Readonly<Record<string, string>>) =>
  accountFactOf(vendorIn(vendors, 'vmware'), settings).account;

function connections(more: Partial<Parameters<typeof connectionsOf>[0]> = {}) {
  let current = settings;
  const made = connectionsOf({
    vendors,
    settings: () => current,
    secretsOf: () => Promise.resolve({ apiToken: 't' }),
    secretsIn: () => 'keychain',
    offline: () => null,
    writesDenied: () => null,
    clock: systemClock,
    listeners: {},
    ...more,
  });
  return { made, change: (next: Settings) => (current = next) };
}

async function kindOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no fault',
    (error: unknown) => (error instanceof FaultError ? error.fault.kind : String(error)),
  );
}

test('lists connections in the order of the settings, with their titles', () => {
  const { rules, suspended, draftOrderDays } = vendorIn(vendors, 'vmware').deadlines;
  // The result of `next` depends on the settings: test/vendors/barred.test.ts.
  const deadlines = { rules, suspended, draftOrderDays, next: expect.any(Function) };
  const charging = { vendor: 'VMware Cloud Partner Navigator', basis: 'unknown', charged: expect.any(Function) };
  const declared = { deadlines, charging, productsBy: [], portal: expect.any(Function) };
  expect(connections().made.list).toEqual([
    { name: 'navi', title: 'Navigator', vendor: 'vmware', account: accountOf({ orgId: 'o' }), view: '', ...declared },
    { name: 'lacking', title: 'lacking', vendor: 'vmware', account: accountOf({}), view: '', ...declared },
  ]);
});

test('opens a vendor once, and again when its settings change', async () => {
  const { made, change } = connections();
  const first = await made.vendor('navi');
  expect(await made.vendor('navi')).toBe(first);
  change({ ...settings, connections: { navi: { vendor: 'vmware', values: { orgId: 'other' } } } });
  expect(await made.vendor('navi')).not.toBe(first);
});

test('tells missing, incomplete and offline connections apart', async () => {
  const { made } = connections();
  expect(await kindOf(made.vendor('nope'))).toBe('missing');
  expect(await kindOf(made.vendor('constructor'))).toBe('missing');
  expect(await kindOf(made.vendor('lacking'))).toBe('usage');
  const offline = connections({ offline: () => fault('denied', 'Offline.', '').fault }).made;
  expect(await kindOf(offline.vendor('navi'))).toBe('denied');
  // Menus are made of what is declared, also offline.
  expect((await offline.declared('navi')).charging.vendor).toBe('VMware Cloud Partner Navigator');
  expect(await kindOf(offline.declared('nope'))).toBe('missing');
});

test('opening a vendor reads no secret', async () => {
  let asked = 0;
  const secretsOf = () => {
    asked += 1;
    return Promise.resolve({});
  };
  await connections({ secretsOf }).made.vendor('navi');
  expect(asked).toBe(0);
});

describe.each([...vendors.values()])('$id', (kind) => {
  test('names its missing levels before its adapter is loaded', async () => {
    for (const { settings: chosen } of kind.variants) {
      const placeholders = Object.fromEntries(
        kind.settings.flatMap((one) => ('default' in one ? [] : [[one.name, 'https://localhost']])),
      );
      const values = withDefaults({ ...placeholders, ...chosen }, kind.settings);
      const vendor = await kind.create({
        name: 'x',
        title: 'x',
        settings: values,
        secrets: () => Promise.resolve({}),
        clock: systemClock,
        secretsIn: 'keychain',
        allowWrites: () => null,
      });
      expect(kind.impliedLevels(values)).toEqual(vendor.impliedLevels);
    }
  });
});
