import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../../src/model/subscription.ts';
import { provisioningDelay } from '../../../src/sandbox/cloudmore/assumptions.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { able, connected, firstRow, sendAll, syncAll } from '../fixtures/adapter.ts';

const isChangeable = ({ status, quantity }: Subscription) => status === 'active' && quantity !== null && quantity > 3;

describe.each(['either', 'action', 'removeAction'])('where the removal parameter is %s', (reading) => {
  test('a cancelled subscription keeps its record; a deleted one is gone', async () => {
    const { vendor } = await connected('cloudmore-seller', { variants: { 'removal-parameter': reading } });
    const { cancel, delete: remove, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    expect(await sendAll(able(cancel)(row, {}))).toMatchObject({ outcome: 'done' });
    expect((await able(read)({ id: row.id, known: row }))?.subscription.status).toBe('cancelled');
    expect(await sendAll(able(remove)(row, {}))).toMatchObject({ outcome: 'done' });
    expect(await able(read)({ id: row.id, known: row })).toBeNull();
  });
});

describe.each(['kept', 'cleared'])('where an omitted name in an update is %s', (reading) => {
  test('setting the quantity keeps the name', async () => {
    const { vendor, served } = await connected('cloudmore-reseller', { variants: { 'omitted-name': reading } });
    const { raiseQuantity, read } = vendor.abilities;
    const row = await firstRow(vendor, isChangeable);
    expect(await sendAll(able(raiseQuantity)(row, { quantity: 9 }))).toMatchObject({ outcome: 'done' });
    const now = await able(read)({ id: row.id, known: row });
    expect(now?.subscription).toMatchObject({ name: row.name, quantity: 9 });
    expect((await served()).find(({ method }) => method === 'PUT')?.body).toEqual({ quantity: 9, name: now?.raw.name });
  });
});

describe.each(['optional', 'required'])('where the currency of a price list is %s', (reading) => {
  test.each([true, false])('reads the price list, of an organization: %s', async (isOfOrganization) => {
    const { vendor } = await connected('cloudmore-reseller', { variants: { 'price-list-currency': reading } });
    const row = await firstRow(vendor, ({ prices }) => prices.length > 0 && prices[0]?.currency !== 'EUR');
    const organization = isOfOrganization ? (row.organization?.id ?? null) : null;
    const where = { organization, service: row.services[0]?.id ?? null, reseller: null };
    const products = await able(vendor.abilities.products)(where);
    expect(products.length).toBeGreaterThan(0);
    if (isOfOrganization) expect(products[0]?.price?.currency).toBe(row.prices[0]?.currency);
  });
});

test.each(['optional', 'required'])('lists all organizations where showActive is %s', async (reading) => {
  const usual = await connected('cloudmore-reseller', { scale: 3000 });
  const { vendor } = await connected('cloudmore-reseller', {
    scale: 3000,
    variants: { 'organizations-show-active': reading },
  });
  const ids = (run: Awaited<ReturnType<typeof syncAll>>) =>
    run.nodes.flatMap(({ level, id }) => (level === 'organization' ? [id] : [])).sort();
  const found = await syncAll(vendor);
  expect(found.complete).toBe(true);
  expect(ids(found)).toEqual(ids(await syncAll(usual.vendor)));
});

describe.each(['either', 'document', 'swagger'])('where the history path is that of %s', (reading) => {
  test('reads the history', async () => {
    const { vendor } = await connected('cloudmore-reseller', { variants: { 'history-path': reading } });
    const row = await firstRow(vendor, isChangeable);
    expect((await able(vendor.abilities.history)(row)).length).toBeGreaterThan(0);
  });

  test('assume.history-path asks only for that path', async () => {
    const settings = { 'assume.history-path': reading };
    const { vendor, served } = await connected(
      'cloudmore-reseller',
      { variants: { 'history-path': reading } },
      settings,
    );
    const row = await firstRow(vendor, isChangeable);
    await able(vendor.abilities.history)(row);
    expect((await served()).filter(({ path }) => /history/i.test(path))).toHaveLength(1);
  });
});

test('tries the other history path after a refusal', async () => {
  const { vendor, order } = await connected('cloudmore-reseller');
  const row = await firstRow(vendor, isChangeable);
  const path = `/api/resellers/*`;
  await order([{ vendor: 'cloudmore', path, nth: 1, do: 'status', status: 400 }]);
  expect((await able(vendor.abilities.history)(row)).length).toBeGreaterThan(0);
});

describe.each([
  ['at-once', 0],
  ['later', provisioningDelay],
])('where a change is provisioned %s', (reading, delay) => {
  test('a success answer is compared with the row', async () => {
    const clock = fastClock();
    const { vendor } = await connected('cloudmore-reseller', { variants: { provisioning: reading } }, {}, clock);
    const row = await firstRow(vendor, isChangeable);
    const { raiseQuantity, read } = vendor.abilities;
    const quantity = (row.quantity ?? 0) + 2;
    const shown = async () => (await able(read)({ id: row.id, known: row }))?.subscription.quantity;
    expect(await sendAll(able(raiseQuantity)(row, { quantity }))).toMatchObject({ outcome: 'done', status: 200 });
    expect(await shown()).toBe(delay === 0 ? quantity : row.quantity);
    clock.advance(delay);
    expect(await shown()).toBe(quantity);
  });

  test('assume.provisioning decides what an unchanged row proves after a lost answer', async () => {
    const { vendor } = await connected('cloudmore-reseller', {}, { 'assume.provisioning': reading });
    const row = await firstRow(vendor, isChangeable);
    expect(able(vendor.abilities.raiseQuantity)(row, { quantity: 99 }).atOnce).toBe(delay === 0);
  });
});
