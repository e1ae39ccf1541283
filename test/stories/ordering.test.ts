import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, listed, type Named, openFrontends, type Row, succeeded } from './story.ts';

const orders = mkdtempSync(join(tmpdir(), 'faults-'));
let launchModes: Frontends;
beforeAll(async () => {
  // The checkout of the first order is refused; those of the others pass.
  const faults = [{ vendor: 'interworks', method: 'POST', path: '/api/orders/*', nth: 2, do: 'status', status: 409 }];
  const file = join(orders, 'faults.json');
  writeFileSync(file, JSON.stringify(faults));
  launchModes = await openFrontends({ connections: ['interworks'], sandbox: [`--faults=${file}`] });
});
afterEach(closeTerminals);
afterAll(async () => {
  await launchModes.close();
  rmSync(orders, { recursive: true });
});

const raisable = async (at: number): Promise<Row> => {
  const row = (await launchModes.find('interworks', 'status:active qty>5 -is:trial'))[at];
  if (row === undefined) throw new Error(`There is no number ${at} to raise.`);
  return row;
};

test('an order refused at checkout leaves a draft that is listed', async () => {
  const row = await raisable(0);

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Change the quantity');
      await person.fill(row.quantity + 3);
      await person.agree();
      expect(await person.ends('refused')).toContain('already done and still in place: draft order, add item');
      await person.goTo('order list');
      await person.see(/Draft +21 Nov 2026 [\d:]+ +28 Nov 2026/);
    },
    async byWords(fixture) {
      const raise = await fixture.words('subscription', 'set-quantity', row.ref, String(row.quantity + 3), '--yes');
      expect(raise.code).toBe(6);
      expect(raise.stderr).toContain('already done and still in place: draft order, add item');
    },
  });

  expect(rows).toMatchObject([{ quantity: row.quantity }]);
  expect(journal).toMatchObject([{ state: 'refused', status: 409 }]);
  expect(sent).toHaveLength(3);
  const [byKeys, byWords] = await Promise.all(
    [launchModes.keys, launchModes.words].map((fixture) => listed(fixture, 'order', 'list')),
  );
  expect(byKeys).toEqual(byWords);
  expect(byWords).toMatchObject([
    {
      status: 'Draft',
      organization: { id: row.organization.id },
      expiresAt: expect.stringContaining('2026-11-28'),
      items: [{ quantity: 3, subscriptionId: row.id }],
    },
  ]);
});

test('raises a quantity by an order in three steps, then compares the row', async () => {
  const row = await raisable(1);
  const more = row.quantity + 3;

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Change the quantity');
      await person.fill(more);
      expect(await person.agree()).toContain('3 steps: draft order, add item, checkout');
      await person.ends('done');
      await person.see(new RegExp(`Seats +${more}\\b`));
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'set-quantity', row.ref, String(more), '--yes'));
    },
  });

  expect(rows).toMatchObject([{ quantity: more }]);
  expect(journal).toMatchObject([{ state: 'done', before: { quantity: row.quantity }, after: { quantity: more } }]);
  expect(sent.map(({ method, path }) => `${method} ${path.replace(/\d+/, 'N')}`)).toEqual([
    'POST /api/orders',
    'POST /api/orders/N/items',
    'POST /api/orders/N/checkout',
  ]);
  expect(sent[1]?.body).toMatchObject({ quantity: 3, subscriptionId: row.id });
});

interface Addon extends Named {
  readonly cancelAtPeriodEnd: boolean;
}

/** The first subscription with an active add-on; the sandbox has some with mail. */
async function withAddon(): Promise<{ readonly row: Row; readonly addon: Addon }> {
  for (const row of await launchModes.find('interworks', 'status:active service:mail')) {
    const addons = await listed<Addon>(launchModes.words, 'addon', 'list', row.ref);
    const addon = addons.find(({ cancelAtPeriodEnd }) => !cancelAtPeriodEnd);
    if (addon !== undefined) return { row, addon };
  }
  throw new Error('No subscription has an add-on.');
}

test('cancels an add-on at the end of its period', async () => {
  const { row, addon } = await withAddon();

  const { journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Cancel an add-on');
      await person.see('Cancel which add-on?');
      await person.standOn(addon.name);
      person.press('enter');
      await person.typeOut(addon.id);
      await person.ends('done');
    },
    async byWords(fixture) {
      await succeeded(fixture.words('addon', 'cancel', row.ref, addon.id, '--yes', '--confirm', addon.id));
    },
  });

  expect(journal).toMatchObject([{ verb: 'addon-cancel', state: 'done', after: { cancelAtPeriodEnd: true } }]);
  const path = `/api/subscriptions/${row.id}/addons/${addon.id}/cancelendofbillingperiod`;
  expect(sent).toEqual([{ method: 'POST', path, query: {}, body: null }]);
  const after = await listed<Addon>(launchModes.keys, 'addon', 'list', row.ref);
  expect(after.find(({ id }) => id === addon.id)).toMatchObject({ cancelAtPeriodEnd: true });
});
