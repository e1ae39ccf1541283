import { afterAll, beforeAll, expect, test } from 'vitest';
import { can, type Vendor } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import type { VendorId } from '../../src/model/vendor.ts';
import { createVendor } from '../api/fixtures/adapter.ts';
import { type FaultServer, serve } from '../api/fixtures/server.ts';
import {
  type Answers,
  cloudcockpitAnswers,
  cloudmoreResellerAnswers,
  cloudmoreSellerAnswers,
  interworksAnswers,
  lineworksAnswers,
  vmwareAnswers,
} from './full-objects.ts';

const cases: readonly (readonly [string, VendorId, Readonly<Record<string, string>>, Answers])[] = [
  ['Cloudmore, as seller', 'cloudmore', { level: 'seller', sellerId: 'cm-seller' }, cloudmoreSellerAnswers],
  [
    'Cloudmore, as reseller',
    'cloudmore',
    { level: 'reseller', resellerId: 'cm-reseller-id' },
    cloudmoreResellerAnswers,
  ],
  ['interworks', 'interworks', { edition: 'free' }, interworksAnswers],
  ['VMware', 'vmware', { orgId: 'vm-distributor' }, vmwareAnswers],
  ['LINE WORKS', 'lineworks', {}, lineworksAnswers],
  ['CloudCockpit', 'cloudcockpit', { tenant: 'cc-tenant', role: 'csp' }, cloudcockpitAnswers],
];

let answers: Answers = {};
let server: FaultServer;
beforeAll(async () => {
  server = await serve(({ url }, response) => {
    const found = answers[new URL(url, 'http://x').pathname];
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(found === undefined ? '{}' : written(found));
  });
});
afterAll(() => server.stop());

test('covers the fields of every registered vendor', () => {
  expect([...new Set(cases.map(([, id]) => id))]).toEqual([...vendors.keys()]);
});

test.each(cases)(
  '%s: every field is in the row, among its other ids or in its details',
  async (_, id, settings, all) => {
    answers = all;
    const vendor = await createVendor(id, { ...settings, baseUrl: server.origin, tokenUrl: `${server.origin}/t` });
    const shown = await everythingShown(vendor);
    const lost = leaves(all).filter(([, value]) => !shown.has(value));
    expect(lost).toEqual([]);
  },
);

/** Texts of the only row, of its add-ons and of its details. */
async function everythingShown({ abilities }: Vendor): Promise<ReadonlySet<string>> {
  const { sync, details, read, addons } = abilities;
  if (!can(sync) || !can(details) || !can(read)) throw new Error('The vendor lacks sync, details or read.');
  const rows = [];
  for await (const page of sync({})) rows.push(...page.rows.map(({ subscription }) => subscription));
  const [listed] = rows;
  if (!listed || rows.length > 1) throw new Error('Expected exactly one row.');
  const fresh = await read({ id: listed.id, known: listed });
  const sections = await details(listed);
  const fields = sections.flatMap((section) => section.fields);
  const held = can(addons) ? await addons(listed) : [];
  const texts = [listed, fresh?.subscription, ...held].flatMap((row) => leaves(row ?? {}));
  // One text may combine several vendor values: a term is a number and a unit, a label is the name of a property.
  const words = [...texts.map(([, text]) => text), ...fields.flatMap(({ label, value }) => [label, value ?? ''])];
  return new Set(words.flatMap((text) => [text, ...text.split(' '), ...text.split(/ \(|\)/)]));
}

/** Every value that is neither null nor a flag, as text, with its path. */
function leaves(value: unknown, place = ''): readonly (readonly [string, string])[] {
  if (value === null || value === undefined || typeof value === 'boolean') return [];
  if (typeof value === 'string' && value.startsWith('{')) return leaves(JSON.parse(value), place);
  if (typeof value !== 'object') return [[place, String(value)]];
  return Object.entries(value)
    .filter(([key]) => !paging.has(key) && !isOfDefinition(key, value))
    .flatMap(([key, inner]) => leaves(inner, `${place}/${key}`));
}

/** Describes the list, not a subscription. */
const paging = new Set(['totalCount', 'current', 'totalResultsCount']);

/** Ids and codes in the definition of a property or characteristic, which is shown by its name. */
function isOfDefinition(key: string, { name, value }: { readonly name?: unknown; readonly value?: unknown }): boolean {
  return name !== undefined && value !== undefined && ['id', 'code', 'propertyId'].includes(key);
}

/** JSON with integers beyond 2^53 as the vendors write them. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? JSON.rawJSON(String(inner)) : inner));
}
