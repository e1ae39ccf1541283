import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, openFrontends, succeeded } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  // So slow that a request stays open.
  launchModes = await openFrontends({ connections: ['interworks'], sandbox: ['--speed=0.01'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test('refuses the same write while the first is open, and names the first', async () => {
  const [row] = await launchModes.find('interworks', 'status:active qty>5');
  if (row === undefined) throw new Error('Nothing to lower.');
  const less = row.quantity - 1;
  const sentence = `Lower the quantity from ${row.quantity} to ${less}`;

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      await person.act('Change the quantity');
      await person.fill(less);
      await person.agree();
      await person.ends('accepted');
      await person.see('⟳ running');
      await person.act('Change the quantity');
      await person.fill(less);
      await person.see('An earlier write here is not finished at the vendor');
      await person.see(sentence);
    },
    async byWords(fixture) {
      const words = ['subscription', 'set-quantity', row.ref, String(less), '--yes'];
      await succeeded(fixture.words(...words));
      const again = await fixture.words(...words);
      expect(again).toMatchObject({ code: 6, stdout: '' });
      expect(again.stderr).toContain('An earlier write here is not finished');
      expect(again.stderr).toContain(sentence);
    },
  });

  expect(rows).toMatchObject([{ quantity: row.quantity }]);
  expect(journal).toMatchObject([{ state: 'sent', ref: row.ref }]);
  expect(sent).toHaveLength(1);
});
