import { expect, test } from 'vitest';
import type { Subscription } from '../../../src/model/subscription.ts';
import { able, connected, firstRow, sendAll } from '../fixtures/adapter.ts';

const isChangeable = ({ status, quantity }: Subscription) => status === 'active' && quantity !== null && quantity > 3;

async function opened(name: string, is = isChangeable) {
  const { vendor, served } = await connected(name);
  const row = await firstRow(vendor, is);
  const again = async () => (await able(vendor.abilities.read)({ id: row.id, known: row }))?.subscription;
  const writes = async () => (await served()).filter(({ method }) => method !== 'GET' && method !== 'POST');
  return { vendor, abilities: vendor.abilities, row, again, writes, served };
}

test('a seller cancels with the action in the address, and the record stays', async () => {
  const { abilities, row, again, writes } = await opened('cloudmore-seller');
  const draft = able(abilities.cancel)(row, {});
  expect(draft).toMatchObject({ irreversible: true, before: { status: 'active' }, after: { status: 'cancelled' } });
  expect(draft.steps[0].path).toMatch(/\?action=Cancel&removeAction=Cancel$/);
  expect(await sendAll(draft)).toMatchObject({ outcome: 'done', status: 204 });
  expect(await writes()).toMatchObject([{ method: 'DELETE', query: { action: 'Cancel', removeAction: 'Cancel' } }]);
  expect((await again())?.status).toBe('cancelled');
});

test('a seller deletes, and the record is gone', async () => {
  const { abilities, row, again } = await opened('cloudmore-seller');
  const draft = able(abilities.delete)(row, {});
  expect(draft.steps[0].path).toMatch(/\?action=Delete&removeAction=Delete$/);
  expect(await sendAll(draft)).toMatchObject({ outcome: 'done' });
  expect(await again()).toBeUndefined();
});

test('a seller sets a licence key, which no draft and no answer contains', async () => {
  const { abilities, row, again } = await opened('cloudmore-seller', (one) => isChangeable(one) && one.hasLicenseKey);
  const draft = able(abilities.setLicense)(row, { licenseKey: 'NEW-KEY-9999' });
  const answer = await sendAll(draft);
  expect(answer).toMatchObject({ outcome: 'done' });
  expect(JSON.stringify([draft, answer, await again()])).not.toContain('NEW-KEY-9999');
});

test('a reseller changes quantity and name, and cancels, each under the organization', async () => {
  const { abilities, row, again, writes } = await opened('cloudmore-reseller');
  const raised = (row.quantity ?? 0) + 2;
  const raise = able(abilities.raiseQuantity)(row, { quantity: raised });
  expect(raise).toMatchObject({
    before: { quantity: row.quantity },
    after: { quantity: raised },
    atOnce: false,
    irreversible: false,
  });
  expect(await sendAll(raise)).toMatchObject({ outcome: 'done', status: 200 });
  expect((await again())?.quantity).toBe(raised);
  expect(await sendAll(able(abilities.lowerQuantity)(row, { quantity: 1 }))).toMatchObject({ outcome: 'done' });
  // A rename also sends the quantity of the plan, so it is not sent if the row has changed since.
  const stale = able(abilities.update)(row, { changes: { name: 'Neu' } });
  expect(stale.steps[0].body).toBeUndefined();
  expect(await sendAll(stale)).toMatchObject({
    outcome: 'unsent',
    fault: { kind: 'refused', sent: false, message: expect.stringContaining(`quantity ${row.quantity} → 1`) },
  });
  const present = (await again()) ?? row;
  expect(await sendAll(able(abilities.update)(present, { changes: { name: 'Neu' } }))).toMatchObject({
    outcome: 'done',
  });
  expect(await again()).toMatchObject({ name: 'Neu', quantity: 1 });
  expect(await sendAll(able(abilities.cancel)(row, {}))).toMatchObject({ outcome: 'done', status: 204 });
  expect((await again())?.status).toBe('cancelled');
  expect((await writes()).map(({ path }) => path.includes(`/organizations/${row.organization?.id}/`))).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('a reseller creates from the price list and gets the new id', async () => {
  const { abilities, row } = await opened('cloudmore-reseller');
  const service = row.services[0];
  if (!service || !row.organization) throw new Error('The row has no organization or service.');
  const where = { organization: row.organization.id, service: service.id, reseller: null };
  const [product] = await able(abilities.products)(where);
  if (!product) throw new Error('The price list is empty.');
  const draft = able(abilities.create)({
    reseller: null,
    organization: row.organization,
    service,
    product,
    quantity: 4,
    name: 'Brand new',
  });
  const answer = await sendAll(draft);
  expect(answer).toMatchObject({ outcome: 'done', status: 201, notes: { subscriptionId: expect.any(String) } });
  const id = answer.outcome === 'done' ? String(answer.notes.subscriptionId) : '';
  const created = await able(abilities.read)({ id, known: { ...row, id } });
  expect(created?.subscription).toMatchObject({ id, name: 'Brand new', quantity: 4, status: 'active' });
});

test('a refusal keeps the vendor’s own words', async () => {
  const { abilities, row } = await opened('cloudmore-seller', ({ status }) => status === 'cancelled');
  const answer = await sendAll(able(abilities.cancel)(row, {}));
  expect(answer).toMatchObject({ outcome: 'refused', fault: { kind: 'refused', sent: true, vendor: { status: 400 } } });
});

test.each([
  [{ billing: 'monthly' }, 'has no field billing'],
  [{ quantity: '-1' }, 'is not a valid quantity'],
  [{ quantity: '1.5' }, 'is not a valid quantity'],
  [{ quantity: '٣' }, 'is not a valid quantity'],
  [{ name: '' }, 'is empty'],
])('refuses the update %j before sending anything', async (changes, sentence) => {
  const { abilities, row } = await opened('cloudmore-reseller');
  expect(() => able(abilities.update)(row, { changes: changes as Record<string, string> })).toThrow(sentence);
});

test('a metered subscription refuses a quantity', async () => {
  const { abilities, row } = await opened(
    'cloudmore-reseller',
    ({ status, quantity }) => status === 'active' && quantity === null,
  );
  expect(() => able(abilities.raiseQuantity)(row, { quantity: 3 })).toThrow('metered');
});
