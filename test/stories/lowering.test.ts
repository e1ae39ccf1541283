import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Doors, openDoors, spoken } from './story.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors({ connections: ['interworks'], sandbox: ['--speed=5'] });
});
afterEach(closeTerminals);
afterAll(() => doors.close());

test('a quantity is found by walking down, lowered, and followed on its screen until the vendor has done it', async () => {
  const row = await doors.find('interworks', 'status:active qty>5').then((rows) => rows.find(hasPlainNames) ?? rows[0]);
  if (row === undefined) throw new Error('Nothing to lower.');
  const less = row.quantity - 1;

  const { rows, journal, sent, polled } = await doors.play({
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
      await person.see('New quantity');
      person.type(String(less));
      person.press('enter');
      expect(await person.agree()).toContain(`${row.quantity} → ${less}`);
      await person.see('Accepted');
      person.press('enter');
      await person.see(`${row.quantity}→ ${less}   ⟳ running`);
      await person.see(`${row.quantity} → ${less} done`);
      await person.see(new RegExp(`Seats +${less}\\b(?!→)`));
      person.press('J');
      await person.see('what this installation sent');
      person.press('enter');
      await person.see(`POST /api/subscriptions/${row.id}/quantity`);
    },
    async byWords(desk) {
      const said = await spoken(
        desk.words('subscription', 'set-quantity', row.ref, String(less), '--yes', '--wait=60', '--json'),
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

const hasPlainNames = ({
  organization,
  services,
}: {
  organization: { name: string };
  services: readonly [{ name: string }];
}) => [organization.name, services[0].name].every((name) => /^[\p{Script=Latin}\d .&-]+$/u.test(name));
