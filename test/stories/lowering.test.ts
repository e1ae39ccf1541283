import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, listed, openFrontends, type Row, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['interworks'], sandbox: ['--speed=5'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

/** Subscriptions with some seats, under parents whose names can be typed. */
async function lowerable(at: number): Promise<Row> {
  const rows = await launchModes.find('interworks', 'status:active qty>5');
  const row = rows.filter(({ organization, services }) =>
    [organization.name, services[0].name].every((name) => /^[\p{Script=Latin}\d .&-]+$/u.test(name)),
  )[at];
  if (row === undefined) throw new Error(`There is no number ${at} to lower.`);
  return row;
}

test('finds a quantity, lowers it and follows the request to its end', async () => {
  const row = await lowerable(0);
  const less = row.quantity - 1;

  const { rows, journal, sent, polled } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.open(row.seller.name);
      await person.see('Organizations');
      await person.open(row.organization.name);
      await person.see('Services');
      await person.open(row.services[0].name);
      await person.see('Subscriptions');
      await person.openById(row.id);
      await person.act('Change the quantity');
      await person.fill(less);
      expect(await person.agree()).toContain(`${row.quantity} → ${less}`);
      await person.ends('accepted');
      await person.see(new RegExp(`${row.quantity} ?→ ?${less} +⟳ running`));
      await person.see(`${row.quantity} → ${less} done`);
      await person.see(new RegExp(`Seats +${less}\\b(?!→)`));
      person.press('J');
      await person.see('what was sent');
      person.press('enter');
      await person.see(`POST /api/subscriptions/${row.id}/quantity`);
    },
    async byWords(fixture) {
      const said = await succeeded(
        fixture.words('subscription', 'set-quantity', row.ref, String(less), '--yes', '--wait=60', '--json'),
      );
      expect(said.json()).toMatchObject({ outcome: 'done', request: { from: row.quantity, to: less } });
    },
  });

  expect(rows).toMatchObject([{ quantity: less, status: 'active' }]);
  expect(journal).toMatchObject([
    {
      verb: 'set-quantity',
      ref: row.ref,
      state: 'done',
      before: { quantity: row.quantity },
      after: { quantity: less },
    },
  ]);
  const path = `/api/subscriptions/${row.id}/quantity`;
  expect(sent).toEqual([{ method: 'POST', path, query: {}, body: { quantity: less } }]);
  expect(polled).toEqual([expect.stringContaining(`/api/subscriptions/${row.id}/quantityrequest/`)]);
});

test('a request that settles off screen is announced, and its row is refreshed', async () => {
  const row = await lowerable(1);
  const less = row.quantity - 1;

  const { rows, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Change the quantity');
      await person.fill(less);
      await person.agree();
      await person.ends('accepted');
      await person.goTo('organizations');
      await person.see('1 request running');
      expect(person.bells()).toBe(0);
      await person.see(`${row.name}: ${row.quantity} → ${less} done`);
      await person.goTo('subscriptions');
      await person.filter(row.name, `id="${row.id}"`);
      await person.see(new RegExp(`▌.* ${less} `));
      expect(person.bells()).toBe(1);
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'set-quantity', row.ref, String(less), '--yes', '--wait=60'));
    },
  });

  expect(rows).toMatchObject([{ quantity: less }]);
  expect(sent).toHaveLength(1);
});

test('[fault 79, 83] follows a request that an earlier run left open', async () => {
  const row = await lowerable(2);
  const less = row.quantity - 1;

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person, so) {
      await person.openSubscription(row.id);
      await person.act('Change the quantity');
      await person.fill(less);
      await person.agree();
      await person.ends('accepted');
      await person.leave();
      expect(person.terminal.output()).toContain('1 request goes on at the vendor');
      const later = await so.anotherConsole();
      // If it settled before this console opened, a message says so instead.
      await later.see(new RegExp(`${row.quantity} → ${less} done|1 settled`));
      await later.leave();
    },
    async byWords(fixture) {
      await succeeded(fixture.words('subscription', 'set-quantity', row.ref, String(less), '--yes'));
      const watched = await listed<object>(fixture, 'request', 'watch');
      expect(watched).toMatchObject([{ ref: row.ref, state: 'done' }]);
    },
  });

  expect(rows).toMatchObject([{ quantity: less }]);
  expect(journal).toMatchObject([{ state: 'done', verb: 'set-quantity' }]);
  expect(sent).toHaveLength(1);
});
