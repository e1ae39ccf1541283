import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { type Frontends, openFrontends } from './story.ts';

let launchModes: Frontends;
beforeAll(async () => {
  launchModes = await openFrontends({ connections: ['interworks-free'] });
});
afterEach(closeTerminals);
afterAll(() => launchModes.close());

test('the Free edition refuses every write with the reason and sends nothing', async () => {
  const [row] = await launchModes.find('interworks-free', 'status:active qty>1');
  if (row === undefined) throw new Error('The Free edition has no subscription.');

  const { rows, journal, sent } = await launchModes.play({
    refs: [row.ref],
    async byKeys(person) {
      await person.openSubscription(row.id);
      person.press('a');
      await person.see(/The Free edition .* is read-only/);
      await person.see(/▸ Not possible here: lower the quantity, raise the quantity/);
      person.press('enter', 'down', 'enter');
      await person.see(/^ Lower the quantity, .*cancel: The Free edition .* is read-only/m);
    },
    async byWords(fixture) {
      const { ref, id } = row;
      for (const words of [
        ['subscription', 'set-quantity', ref, String(row.quantity - 1)],
        ['subscription', 'set-quantity', ref, String(row.quantity + 1)],
        ['subscription', 'cancel', ref, '--confirm', id],
        ['addon', 'cancel', ref, 'any', '--confirm', 'any'],
      ]) {
        const said = await fixture.words(...words, '--yes');
        expect(said).toMatchObject({ code: 5, stdout: '' });
        expect(said.stderr).toContain('Free');
      }
    },
  });

  expect(rows).toMatchObject([{ quantity: row.quantity, status: 'active' }]);
  expect(journal).toEqual([]);
  expect(sent).toEqual([]);
});
