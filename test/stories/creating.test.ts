import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import type { StoryFixture } from './fixture.ts';
import { type Frontends, listed, openFrontends, type Row, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['cloudmore-reseller'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

const connection = 'cloudmore-reseller';
const pick = async (): Promise<Row> => {
  const rows = await launchModes.find(connection, 'status:active qty>3 -is:addon -is:trial');
  const row = rows.find(({ organization }) => /^[\p{Script=Latin} .&]+$/u.test(organization.name));
  if (row === undefined) throw new Error('No organization has a simple name.');
  return row;
};
const made = (fixture: StoryFixture) =>
  listed<Row>(fixture, 'subscription', 'list', '--connection', connection, '--filter', 'name="Made by a story"');

test('creates a subscription from the price list', async () => {
  const { organization, services } = await pick();
  const place = ['--connection', connection, '--organization', organization.id, '--service', services[0].id];
  const products = await listed<{ readonly id: string; readonly name: string }>(
    launchModes.words,
    'product',
    'list',
    ...place,
  );
  const product = products[1] ?? products[0];
  if (product === undefined) throw new Error('The price list is empty.');

  const { journal, sent } = await launchModes.play({
    refs: [],
    async byKeys(person) {
      await person.goTo('organizations');
      await person.filter(organization.name);
      person.press('n');
      await person.see(`New subscription for ${organization.name}: which service?`);
      await person.standOn(services[0].name);
      person.press('enter');
      await person.see('which product?');
      await person.standOn(product.name);
      person.press('enter');
      await person.see('Quantity');
      person.type('3');
      person.press('tab');
      person.type('Made by a story');
      person.press('enter');
      expect(await person.agree()).toContain(`Create 3 × ${product.name}`);
      await person.ends('done');
    },
    async byWords(fixture) {
      const words = [`product=${product.id}`, 'quantity=3', 'name=Made by a story', '--yes'];
      await succeeded(fixture.words('subscription', 'create', ...place, ...words));
    },
  });

  const [byKeys, byWords] = await Promise.all([made(launchModes.keys), made(launchModes.words)]);
  expect(byWords).toMatchObject([{ quantity: 3, product: { id: product.id }, organization: { id: organization.id } }]);
  expect(byKeys.map((row) => ({ ...row, readAt: null }))).toEqual(byWords.map((row) => ({ ...row, readAt: null })));
  expect(journal).toMatchObject([{ verb: 'create', state: 'done', after: { quantity: 3, productId: product.id } }]);
  expect(sent).toMatchObject([
    {
      method: 'POST',
      path: expect.stringMatching(`/organizations/${organization.id}/services/${services[0].id}/subscriptions$`),
    },
  ]);
});

test('changes its name and its quantity', async () => {
  const row = await pick();

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act(/^Change (other fields|the name)$/);
      await person.see('Tab next field');
      person.press(...Array.from(row.name, () => 'backspace'));
      person.type('Renamed');
      person.press('enter');
      await person.agree();
      await person.ends('done');
      await person.act('Change the quantity');
      await person.fill(row.quantity + 2);
      expect(await person.agree()).toContain(`${row.quantity} → ${row.quantity + 2}`);
      await person.ends('done');
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'update', row.ref, 'name=Renamed', '--yes'));
      await succeeded(fixture.words('subscription', 'set-quantity', row.ref, String(row.quantity + 2), '--yes'));
    },
  });

  expect(rows).toMatchObject([{ name: 'Renamed', quantity: row.quantity + 2 }]);
  expect(journal).toMatchObject([
    { verb: 'update', state: 'done', before: { name: row.name }, after: { name: 'Renamed' } },
    { verb: 'set-quantity', state: 'done', before: { quantity: row.quantity }, after: { quantity: row.quantity + 2 } },
  ]);
  expect(sent.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
});

test('cancels it under its organization', async () => {
  const row = await pick();

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act(/^Cancel( or delete)?$/);
      await person.typeOut(row.name);
      await person.ends('done');
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'cancel', row.ref, '--yes', '--confirm', row.id));
    },
  });

  expect(rows).toMatchObject([{ status: 'cancelled' }]);
  expect(journal).toMatchObject([{ verb: 'cancel', state: 'done' }]);
  const { organization, services } = row;
  const path = `/organizations/${organization.id}/services/${services[0].id}/subscriptions/${row.id}`;
  expect(sent).toMatchObject([{ method: 'DELETE', path: expect.stringMatching(`${path}$`), query: {}, body: null }]);
});
