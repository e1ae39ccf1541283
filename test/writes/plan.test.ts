import { expect, test } from 'vitest';
import type { No } from '../../src/api/contract.ts';
import { safeText } from '../../src/api/text.ts';
import { planLines } from '../../src/commands/plan-lines.ts';
import { FaultError } from '../../src/model/fault.ts';
import type { WriteRequest } from '../../src/operations/registry.ts';
import { openWriteFixture } from '../fault-server/write-fixture.ts';

const ref = 'nordic/s1';
const no: No = { no: 'This vendor has no such thing.', because: 'vendor' };

test('a plan shows what would be sent, what changes and what it costs', async () => {
  const { shop, plan } = await openWriteFixture();
  shop.add('s1');
  expect(await plan({ verb: 'set-quantity', ref, quantity: 17 })).toMatchObject({
    verb: 'set-quantity',
    ref,
    connection: 'nordic',
    organization: { id: 'acme' },
    irreversible: false,
    before: { quantity: 25 },
    after: { quantity: 17 },
    money: { from: '1050.00', to: '714.00', change: '-336.00', period: 'month', basis: 'unit', charged: null },
    changedSince: [],
    confirmations: ['s1', 'Backup s1'],
  });
  expect(shop.calls.every((call) => call.startsWith('GET'))).toBe(true);
});

test('[fault 70, 92] lists what changed since the person looked', async () => {
  const { shop, plan, writes } = await openWriteFixture();
  const row = shop.add('s1');
  const { target } = await plan({ verb: 'set-quantity', ref, quantity: 20 });
  row.status = 'Suspended';
  row.quantity = 26;
  const planned = await writes.plan({ verb: 'set-quantity', ref, quantity: 20 }, target);
  expect(planned).toMatchObject({ plan: { changedSince: ['status Active → Suspended', 'seats 25 → 26'] } });
});

test.each([
  [{ verb: 'set-quantity', ref, quantity: 25 }, 'Backup s1 already has 25 seats.'],
  [{ verb: 'reactivate', ref }, 'Backup s1 is already active.'],
  [{ verb: 'update', ref, changes: { name: 'Backup s1', quantity: '25' } }, 'Backup s1 already has these values.'],
  [{ verb: 'addon-cancel', ref, addonId: 'ended' }, 'ended is already set to end.'],
] satisfies [WriteRequest, string][])('%o is already so: nothing to send', async (writeRequest, sentence) => {
  const { shop, writes } = await openWriteFixture();
  shop.add('s1', { addons: [{ id: 'ended', ends: true }] });
  expect(await writes.plan(writeRequest, null)).toEqual({ kind: 'nothing', sentence });
});

test.each([-1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses the quantity %d before any call',
  async (quantity) => {
    const { shop, writes } = await openWriteFixture();
    shop.add('s1');
    const planned = await writes.plan({ verb: 'set-quantity', ref, quantity }, null);
    expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'usage', sent: false } });
    expect(shop.calls).toEqual([]);
  },
);

test.each([
  [{ verb: 'update', ref, changes: {} }, 'usage'],
  [{ verb: 'update', ref, changes: { quantity: '٣' } }, 'usage'],
  [{ verb: 'set-license', ref, licenseKey: ' \n' }, 'usage'],
  [{ verb: 'cancel', ref: 'nordic', mode: 'cancel' }, 'usage'],
  [{ verb: 'cancel', ref: 'nordic/none', mode: 'cancel' }, 'missing'],
  [{ verb: 'addon-cancel', ref, addonId: 'none' }, 'missing'],
  [{ verb: 'cancel', ref, mode: null }, 'usage'],
] satisfies [WriteRequest, string][])('%o is %s', async (writeRequest, kind) => {
  const { shop, writes } = await openWriteFixture();
  shop.add('s1');
  expect(await writes.plan(writeRequest, null)).toMatchObject({ kind: 'fault', fault: { kind, sent: false } });
});

test('where both are possible, a request must say cancel or delete', async () => {
  const both = await openWriteFixture();
  both.shop.add('s1');
  const asked = await both.writes.plan({ verb: 'cancel', ref, mode: null }, null);
  expect(asked).toMatchObject({ kind: 'fault', fault: { kind: 'usage' } });
  expect(both.shop.calls).toEqual([]);

  const one = await openWriteFixture({ more: { delete: no } });
  one.shop.add('s1');
  expect(await one.plan({ verb: 'cancel', ref, mode: null })).toMatchObject({ verb: 'cancel', irreversible: true });
  const deleted = await one.writes.plan({ verb: 'cancel', ref, mode: 'delete' }, null);
  expect(deleted).toMatchObject({ kind: 'fault', fault: { kind: 'denied', message: no.no } });
});

test('a vendor without cancel names its alternatives', async () => {
  const draft = () => {
    throw new Error('never drafted');
  };
  const { writes, shop } = await openWriteFixture({
    more: { cancel: no, delete: no, setRenewal: draft, createReservation: draft },
  });
  const planned = await writes.plan({ verb: 'cancel', ref, mode: null }, null);
  expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'denied', message: no.no } });
  expect(JSON.stringify(planned)).toContain('renewal set REF type=cancel or subdeck reservation create');
  expect(shop.calls).toEqual([]);
});

test.each([
  [20, { lowerQuantity: no }],
  [30, { raiseQuantity: no }],
  [20, { lowerQuantity: no, raiseQuantity: no }],
])('a quantity of %i that the vendor cannot set is denied with its reason', async (quantity, more) => {
  const { shop, writes } = await openWriteFixture({ more });
  shop.add('s1');
  const planned = await writes.plan({ verb: 'set-quantity', ref, quantity }, null);
  expect(planned).toMatchObject({ kind: 'fault', fault: { kind: 'denied', message: no.no } });
});

test('read-only plans for a dry run; offline does not, since it cannot read', async () => {
  const { shop, writes, mode, plan } = await openWriteFixture();
  shop.add('s1');
  mode.readOnly = true;
  expect((await plan({ verb: 'cancel', ref, mode: 'cancel' })).verb).toBe('cancel');
  expect(writes.denied()).toMatchObject({ kind: 'denied' });
  mode.offline = true;
  expect(await writes.plan({ verb: 'cancel', ref, mode: 'cancel' }, null)).toMatchObject({ fault: { kind: 'denied' } });
});

test('a fault while reading is the result of planning, not an exception', async () => {
  const { shop, writes } = await openWriteFixture({
    more: {
      cancel: () => {
        throw new FaultError({ kind: 'usage', message: 'x', next: '', connection: null, sent: false, vendor: null });
      },
    },
  });
  shop.add('s1');
  expect(await writes.plan({ verb: 'cancel', ref, mode: 'cancel' }, null)).toMatchObject({ fault: { kind: 'usage' } });
  await shop.stop();
  expect(await writes.plan({ verb: 'suspend', ref }, null)).toMatchObject({ fault: { kind: 'unreachable' } });
});

test('an irreversible operation stays so, whatever the vendor’s draft says', async () => {
  const { shop, plan } = await openWriteFixture();
  shop.add('s1', { addons: [{ id: 'a1', ends: false }] });
  for (const writeRequest of [
    { verb: 'cancel', ref, mode: 'delete' },
    { verb: 'set-license', ref, licenseKey: 'K' },
    { verb: 'addon-cancel', ref, addonId: 'a1' },
  ] satisfies WriteRequest[]) {
    expect((await plan(writeRequest)).irreversible).toBe(true);
  }
  expect((await plan({ verb: 'addon-cancel', ref, addonId: 'a1' })).confirmations).toEqual(['a1', safeText('a1')]);
});

test('a name that the vendor does not give is shown as the id and the cached name', async () => {
  const named = (name: string) => ({ id: 'acme', name: safeText(name) });
  const { shop, cache, plan } = await openWriteFixture({
    vendor: (real) => ({
      ...real,
      planReads: real.planReads && {
        ...real.planReads,
        subscription: async (target, signal) => {
          const reading = (await real.planReads?.subscription(target, signal)) ?? null;
          const subscription = reading && { ...reading.subscription, organization: named('acme') };
          return subscription && { ...reading, subscription, unsaid: [{ field: 'organization', calledBy: 'id' }] };
        },
      },
    }),
  });
  shop.add('s1');
  const first = await plan({ verb: 'set-quantity', ref, quantity: 17 });
  const { target } = first;
  if (target === null) throw new Error('The plan has no target.');
  expect(first.remembered).toEqual([]);
  cache.keep('nordic', 's1', { subscription: { ...target, organization: named('Acme Oy') }, raw: {} });
  const cached = cache.subscription('nordic', 's1');
  const planned = await plan({ verb: 'set-quantity', ref, quantity: 17 }, cached);
  expect(planned.organization).toEqual(named('acme'));
  expect(planned.changedSince).toEqual([]);
  expect(planned.remembered).toEqual([{ what: 'organization', id: 'acme', name: 'Acme Oy', readAt: cached?.readAt }]);
  // The cache keeps a name that the vendor omits this time.
  expect(cache.subscription('nordic', 's1')?.organization).toEqual(named('Acme Oy'));
  expect(planLines(planned).join('\n')).toMatch(
    /organization acme: the vendor does not give its name; in the cache, read at .* it is Acme Oy/,
  );
});

test('an ambiguous name does not confirm an irreversible write; the id does', async () => {
  const { shop, plan } = await openWriteFixture();
  shop.add('s1', { name: 'Microsoft 365' });
  shop.add('s2', { name: 'Microsoft 365' });
  const cancel = (id: string) => plan({ verb: 'cancel', ref: `nordic/${id}`, mode: 'cancel' });
  expect((await cancel('s1')).confirmations).toEqual(['s1', 'Microsoft 365']);
  // From now on the cache contains both.
  await plan({ verb: 'set-quantity', ref: 'nordic/s2', quantity: 3 });
  expect((await cancel('s1')).confirmations).toEqual(['s1']);
  expect((await cancel('s2')).confirmations).toEqual(['s2']);
});

test('an add-on is found by its id, or by a name that no other has, in any case', async () => {
  const addon = (id: string, name: string) =>
    ({ id, name: safeText(name), quantity: 1, status: 'active', cancelAtPeriodEnd: false, endsAt: null }) as const;
  const all = [
    addon('a1', 'Storage'),
    addon('a2', 'STORAGE'),
    addon('a3', 'Größe'),
    addon('Storage+', 'a1'),
    addon('a5', 'a3'),
  ];
  const { shop, writes } = await openWriteFixture({ more: { addons: async () => all } });
  shop.add('s1');
  const end = async (addonId: string) => {
    const planned = await writes.plan({ verb: 'addon-cancel', ref, addonId }, null);
    if (planned.kind === 'plan') return planned.plan.writeRequest;
    return planned.kind === 'fault' ? [planned.fault.kind, planned.fault.message] : planned.kind;
  };
  const found = (addonId: string) => ({ verb: 'addon-cancel', ref, addonId });
  expect(await end('a3')).toEqual(found('a3'));
  expect(await end('GRÖSSE')).toEqual(found('a3'));
  expect(await end('a1')).toEqual(found('a1'));
  expect(await end('Grosse')).toEqual(['missing', 'Backup s1 has no add-on Grosse.']);
  expect(await end('storage')).toEqual(['usage', 'Backup s1 has several add-ons called storage: a1, a2.']);
});

test('an add-on is confirmed by its id if two have the same name', async () => {
  const addon = (id: string, name: string) =>
    ({ id, name: safeText(name), quantity: 1, status: 'active', cancelAtPeriodEnd: false, endsAt: null }) as const;
  const { shop, plan } = await openWriteFixture({
    more: { addons: async () => [addon('a1', 'Storage'), addon('a2', 'Storage'), addon('a3', 'Backup')] },
  });
  shop.add('s1');
  const end = async (addonId: string) => (await plan({ verb: 'addon-cancel', ref, addonId })).confirmations;
  expect([await end('a1'), await end('a3')]).toEqual([['a1'], ['a3', 'Backup']]);
});

test('a product that cannot be ordered says what can be', async () => {
  const product = (at: number) => ({ id: `p-${at}`, name: safeText(`Mail ${at}`), code: null, price: null });
  const next = async (count: number) => {
    const list = Array.from({ length: count }, (_, at) => product(at + 1));
    const never = () => expect.unreachable();
    const { writes } = await openWriteFixture({ more: { create: never, products: async () => list } });
    const place = { connection: 'nordic', organizationId: 'acme', serviceId: 'mail' };
    const planned = await writes.plan({ verb: 'create', ...place, productId: 'px', quantity: 1, name: null }, null);
    return planned.kind === 'fault' ? [planned.fault.kind, planned.fault.message, planned.fault.next] : planned.kind;
  };
  const none = ['missing', 'There is no product px on nordic.'];
  expect(await next(2)).toEqual([...none, 'There are: p-1 (Mail 1), p-2 (Mail 2).']);
  expect(await next(12)).toEqual([
    ...none,
    expect.stringMatching(
      /^There are: p-1 .* p-10 \(Mail 10\), and 2 more: subdeck product list --connection nordic --organization acme --service mail$/,
    ),
  ]);
  expect(await next(0)).toEqual([...none, 'The price list there is empty.']);
});
