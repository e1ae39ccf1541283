import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanReads, Vendor } from '../../../src/api/contract.ts';
import { safeText } from '../../../src/api/text.ts';
import type { Named, Subscription } from '../../../src/model/subscription.ts';
import { type SandboxVendors, sandboxVendors, syncAll } from './sandbox-vendors.ts';

/** Every connection of the sandbox that can plan writes. */
const writers = ['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'lineworks', 'cloudcockpit'] as const;

let site: SandboxVendors;
const opened = new Map<string, { readonly vendor: Vendor; readonly row: Subscription }>();
beforeAll(async () => {
  site = await sandboxVendors(300);
  for (const name of writers) {
    const vendor = await site.open(name);
    const { readings } = await syncAll(vendor);
    const row = readings.find(({ subscription: { organization, status, isAddon } }) => {
      return organization !== null && status === 'active' && !isAddon;
    });
    if (row === undefined) throw new Error(`${name} has no row to plan for`);
    opened.set(name, { vendor, row: row.subscription });
  }
}, 120_000);
afterAll(() => site.stop());

const of = (name: string) => {
  const found = opened.get(name);
  if (found === undefined) throw new Error(name);
  return found;
};

function reads({ planReads }: Vendor): PlanReads {
  if (planReads === null) throw new Error('The vendor makes no plans.');
  return planReads;
}

const forged = (named: Named | null): Named | null =>
  named === null ? null : { id: named.id, name: safeText('Test Tenant') };

/** The row as a person could have edited it: every name differs, the ids are unchanged. */
function edited(row: Subscription): Subscription {
  return {
    ...row,
    name: safeText('Test Tenant'),
    seller: forged(row.seller),
    reseller: forged(row.reseller),
    organization: forged(row.organization),
    product: forged(row.product),
    services: row.services.map(({ id }) => ({ id, name: safeText('Test Tenant') })),
    prices: [{ kind: 'list', amount: '0.01', currency: safeText('EUR') }],
    billing: safeText('Test Tenant'),
  };
}

test.each(writers)('%s: takes no name in a plan from the row that it was given', async (name) => {
  const { row } = of(name);
  // A new adapter: nothing is remembered from earlier reads.
  const vendor = await site.open(name);
  const reading = await reads(vendor).subscription({ id: row.id, known: edited(row) });
  expect(JSON.stringify(reading)).not.toContain('Test Tenant');
  const { subscription, unsaid } = reading ?? {};
  const { id, name: called, organization, product, prices } = row;
  expect(subscription).toMatchObject({ id, name: called, organization, product, prices });
  // Under an organization Cloudmore omits the reseller's own name.
  const own = name === 'cloudmore-reseller';
  expect(unsaid).toEqual(own ? [{ field: 'reseller', calledBy: 'title' }] : []);
  expect(subscription?.reseller).toEqual(own ? { ...row.reseller, name: 'Cloudmore, as reseller' } : row.reseller);
});

test.each(writers)('%s: plans with an id alone', async (name) => {
  const { row } = of(name);
  const reading = await reads(await site.open(name)).subscription({ id: row.id, known: null });
  expect(reading?.subscription).toMatchObject({ id: row.id, organization: row.organization, product: row.product });
});

test.each(writers)('%s: a missing subscription has no plan', async (name) => {
  const { row, vendor } = of(name);
  expect(await reads(vendor).subscription({ id: '999999999', known: { ...row, id: '999999999' } })).toBeNull();
});

test.each([
  ['cloudmore-seller', true],
  ['cloudmore-reseller', true],
  ['interworks', true],
  ['lineworks', false],
  ['cloudcockpit', false],
] as const)('%s: an organization has the name the vendor gives, else its id', async (name, carriesName) => {
  const { row, vendor } = of(name);
  const id = row.organization?.id ?? '';
  expect(await reads(vendor).place('organization', id)).toEqual({ named: row.organization, isSaid: true });
  expect(await reads(vendor).place('organization', '987654321')).toMatchObject({
    named: { id: '987654321' },
    isSaid: false,
  });
  await site.served(name);
  await reads(vendor).subscription({ id: row.id, known: row });
  const asked = (await site.served(name)).filter(({ path }) => path.toLowerCase().endsWith(`/${id.toLowerCase()}`));
  expect(asked.length > 0).toBe(!carriesName);
});

test.each([
  ['lineworks', 'lineworks', '/v1.0/partners/customers/'],
  ['cloudcockpit', 'cloudcockpit', '/v1/Customers/'],
] as const)('%s: a forbidden name falls back to the id', async (name, vendorId, folder) => {
  const { row } = of(name);
  const id = row.organization?.id ?? '';
  await site.sandbox.addFaults([{ vendor: vendorId, path: `${folder}${id}`, do: 'status', status: 403 }]);
  const reading = await reads(await site.open(name)).subscription({ id: row.id, known: edited(row) });
  expect(JSON.stringify(reading)).not.toContain('Test Tenant');
  expect(reading?.subscription.organization).toEqual({ id, name: id });
  expect(reading?.unsaid).toEqual([{ field: 'organization', calledBy: 'id' }]);
});

test('VMware is read-only and makes no plans', async () => {
  expect((await site.open('vmware')).planReads).toBeNull();
});
