import { expect, test } from 'vitest';
import { type ListedInput, listedInputs, noLists, type VendorLists } from '../../src/api/contract.ts';
import { vendors } from '../../src/api/registry.ts';
import { fieldsOf } from '../../src/commands/keys/effects/input-fields.ts';
import { fault } from '../../src/model/fault.ts';
import { withDefaults } from '../../src/model/setting-check.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import { renewalSet } from '../../src/operations/renewal-set.ts';
import { reservationCreate } from '../../src/operations/reservation-create.ts';
import { update } from '../../src/operations/update.ts';
import { formContent } from '../../src/screens/overlays/choice-content.ts';
import { makeTheme } from '../../src/screens/parts/theme.ts';
import { safe, subscription } from '../state/rows.ts';
import { standingClock } from '../store/rows.ts';

async function vendorOf(id: 'lineworks' | 'cloudcockpit') {
  const kind = vendors.get(id);
  if (kind === undefined) throw new Error(`There is no ${id}.`);
  const values = { scope: 'partner', tenant: 't', role: 'csp', tokenUrl: 'https://l.example/t', clientId: 'c' };
  const none = { secrets: () => Promise.resolve({}), secretsIn: 'keychain' as const, clock: standingClock() };
  const settings = withDefaults(values, kind.settings);
  return kind.create({ name: 'c', title: 'C', settings, ...none, allowWrites: () => null });
}

function line(product: string, plan: string, more: Partial<Subscription> = {}): Subscription {
  return subscription({ id: '5', product: { id: product, name: safe(product) }, billing: safe(plan), ...more });
}

/** What a form offers: the values of each choice; the kind of any other field. */
async function offered(inputs: Parameters<typeof fieldsOf>[0], row: Subscription, vendor: { lists: VendorLists }) {
  const fields = await fieldsOf(inputs, row, vendor);
  return Object.fromEntries(
    fields.map(({ name, kind, choices }) => [
      name,
      kind === 'choice' ? choices.map(({ value }) => value).join(' ') : kind,
    ]),
  );
}

const plans = 'MONTHLY MONTHLY_LICENSE ANNUAL ANNUAL_LICENSE ANNUAL_PREPAY ANNUAL_PREPAY_LICENSE';

test('a LINE WORKS renewal is chosen from the products and plans that fit', async () => {
  const vendor = await vendorOf('lineworks');
  const of = (row: Subscription) => offered(renewalSet.inputs, row, vendor);
  const standard = { type: 'stay change cancel', product: ' STD ADV', plan: ` ${plans}`, quantity: 'number' };
  expect(await of(line('ADV', 'ANNUAL_LICENSE'))).toEqual(standard);
  expect(await of(line('ROG_STD', 'MONTHLY'))).toMatchObject({ product: ' ROG_STD ROG_ADV' });
  expect(await of(line('JP_PPO_STD', 'MONTHLY'))).toMatchObject({ product: ' JP_PPO_LT JP_PPO_STD JP_PPO_ADV' });
  expect(await of(line('NEW_X', 'WEEKLY'))).toMatchObject({ product: ' NEW_X', plan: ` ${plans} WEEKLY` });
});

test('a LINE WORKS reservation offers only what its plan allows', async () => {
  const vendor = await vendorOf('lineworks');
  const of = (row: Subscription) => offered(reservationCreate.inputs, row, vendor);
  const common = { date: 'text', quantity: 'number' };
  expect(await of(line('STD', 'ANNUAL_LICENSE'))).toEqual({ ...common, type: 'ADD_LICENSE CANCEL' });
  expect(await of(line('STD', 'MONTHLY'))).toEqual({ ...common, type: 'CANCEL' });
  expect(await of(line('STD_T', 'TRIAL'))).toEqual({ ...common, type: 'START_PAID_SERVICE', plan: ` ${plans}` });
  const free = { ...common, type: 'START_PAID_SERVICE', plan: ` ${plans}`, product: ' STD ADV' };
  expect(await of(line('FR', 'FREE'))).toEqual(free);
});

test('the billing of CloudCockpit is chosen, and begins with the present one', async () => {
  const vendor = await vendorOf('cloudcockpit');
  const inputs = update.inputs.filter(({ name }) => name === 'billing');
  const [monthly] = await fieldsOf(inputs, subscription({ id: 's', billing: safe('Monthly') }), vendor);
  expect([monthly?.kind, monthly?.choices[monthly.picked ?? -1]?.value]).toEqual(['choice', 'Monthly']);
  const weekly = await offered(inputs, subscription({ id: 's', billing: safe('Weekly') }), vendor);
  expect(weekly).toEqual({ billing: 'Weekly OneTime Monthly Annual Triennial None' });
});

test('a list that cannot be read leaves a text with the reason', async () => {
  const failing = async () => {
    throw fault('unreachable', 'The vendor did not answer.', '');
  };
  const broken = { ...noLists('It has no list.'), renewalProduct: failing };
  const fields = await fieldsOf(renewalSet.inputs, line('STD', 'MONTHLY'), { lists: broken });
  const [product, plan] = ['product', 'plan'].map((name) => fields.find((field) => field.name === name));
  expect([product?.kind, product?.help]).toEqual([
    'text',
    'for type=change only; not given, it stays; the choices could not be read: The vendor did not answer.',
  ]);
  expect([plan?.kind, plan?.help]).toEqual(['text', 'for type=change only; not given, it stays; It has no list.']);
});

test('every list is offered by the form of an operation', () => {
  const used = [renewalSet, reservationCreate, update].flatMap(({ inputs }) =>
    inputs.flatMap((input): readonly (ListedInput | null)[] => (input.kind === 'text' ? [input.list] : [])),
  );
  expect(listedInputs.filter((name) => !used.includes(name))).toEqual([]);
});

test('the form of a renewal fits 24 rows with each of its fields in front', async () => {
  const theme = makeTheme({ contrast: 'normal', marks: 'unicode', spinner: false, colour: false, background: 'dark' });
  const row = line('STD', 'ANNUAL_LICENSE');
  const [first, ...rest] = await fieldsOf(renewalSet.inputs, row, await vendorOf('lineworks'));
  if (first === undefined) throw new Error('There is no field.');
  const fields = [first, ...rest] as const;
  for (const focus of fields.keys()) {
    const form = { action: 'renewal-set', title: 'T', subject: row, fields, focus, reason: null, problem: null };
    expect(formContent(form, 72, theme).lines.length).toBeLessThanOrEqual(20);
  }
});
