import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import type { StoryFixture } from './fixture.ts';
import type { Keyboard } from './keyboard.ts';
import { type Frontends, listed, type Named, openFrontends, type Row, type Size, succeeded } from './story.ts';

/** Support tickets that change something, from the ticket to the receipt, at two sizes of the terminal. */

/** Key presses in the console, beside pasted text and typed confirmations. */
const mostPresses = 40;

const sizes: readonly Size[] = [
  [80, 24],
  [120, 40],
];
const licenseKey = 'KEY4-7QX2-ZEBRA-9931';

describe.each(sizes)('at %i×%i', (...size) => {
  let launchModes: Frontends;
  beforeAll(async () => {
    launchModes = await openFrontends({ connections: ['cloudmore-seller', 'interworks'] });
  });
  afterEach(closeTerminals);
  afterAll(() => launchModes.close());

  const one = async (connection: string, filter: string, isWanted: (row: Row) => boolean = () => true) => {
    const row = (await launchModes.find(connection, filter)).find(isWanted);
    if (row === undefined) throw new Error(`${connection} has no subscription with ${filter}.`);
    return row;
  };

  /** From any screen: opens the subscription that a pasted ticket is about. */
  const openTicket = async (person: Keyboard, { id }: Row) => {
    person.press(':');
    await person.see('Anything');
    person.paste(`Hello,\nplease see to subscription ${id} for us.\nThanks, Ann`);
    await person.see('is “');
    person.press('enter');
    await person.see('[Overview]');
  };

  const few = (person: Keyboard) => expect(person.presses()).toBeLessThanOrEqual(mostPresses);

  test('set a licence key, which no screen and no file shows', async () => {
    const row = await one('cloudmore-seller', 'status:active -is:addon', ({ hasLicenseKey }) => hasLicenseKey);
    const seen: string[] = [];
    const { journal, sent } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person) {
        await openTicket(person, row);
        await person.act('Set the licence key');
        await person.see('it is sent once and never stored');
        person.paste(licenseKey);
        await person.see('•'.repeat(licenseKey.length));
        person.press('enter');
        await person.typeOut(row.id);
        await person.ends('done');
        few(person);
        seen.push(person.terminal.output());
      },
      async byWords(fixture) {
        const args = ['subscription', 'set-license', row.id, '--yes', '--confirm', row.id, '--verbose'];
        const said = await succeeded(fixture.wordsWith(`${licenseKey}\n`, ...args));
        seen.push(said.stdout, said.stderr);
      },
    });
    expect(journal).toMatchObject([{ verb: 'set-license', ref: row.ref, state: 'done' }]);
    expect(sent).toMatchObject([{ method: 'PUT', path: expect.stringContaining(`/SetLicenseKey/${row.id}`) }]);
    seen.push(...filesOf(launchModes.keys), ...filesOf(launchModes.words));
    expect(seen.filter((text) => text.includes(licenseKey))).toEqual([]);
  });

  test('lower the seats, with a receipt once the vendor has done it', async () => {
    const row = await one('interworks', 'status:active qty>5 -is:trial');
    const less = row.quantity - 1;
    const { rows, journal } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person) {
        await openTicket(person, row);
        await person.act('Change the quantity');
        await person.fill(less);
        expect(await person.agree()).toContain(`${row.quantity} → ${less}`);
        await person.ends('accepted');
        await person.see(`${row.quantity} → ${less} done`);
        person.press('J', 'c');
        await person.see('receipt');
        await person.standOn(/receipt/);
        person.press('enter');
        await person.see(/copied/i);
        few(person);
        // What was done can be taken back, now that the vendor is through.
        person.press('u');
        await person.see(`${less} → ${row.quantity}`);
      },
      async byWords(fixture) {
        const change = ['subscription', 'set-quantity', row.id, String(less), '--yes', '--wait=60', '--json'];
        const said = (await succeeded(fixture.words(...change))).json<{ journalId: string; wayBack: string }>();
        expect(said.wayBack).toBe(`subdeck subscription set-quantity ${row.ref} ${row.quantity}`);
        const receipt = await succeeded(fixture.words('journal', 'show', said.journalId, '--receipt'));
        expect(receipt.stdout).toContain(`quantity ${less}`);
      },
    });
    expect(rows).toMatchObject([{ quantity: less }]);
    expect(journal).toMatchObject([{ state: 'done', after: { quantity: less } }]);
  });

  test('raise the seats by an order', async () => {
    const row = await one('interworks', 'status:active qty>5 -is:trial', ({ quantity }) => quantity > 6);
    const more = row.quantity + 3;
    const { rows, sent } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person) {
        await openTicket(person, row);
        await person.act('Change the quantity');
        await person.fill(more);
        expect(await person.agree()).toContain('3 steps: draft order, add item, checkout');
        await person.ends('done');
        await person.see(new RegExp(`Seats +${more}\\b`));
        few(person);
      },
      byWords: async (fixture) => {
        await succeeded(fixture.words('subscription', 'set-quantity', row.id, String(more), '--yes'));
      },
    });
    expect(rows).toMatchObject([{ quantity: more }]);
    expect(sent.map(({ path }) => path.replace(/\d+/, 'N'))).toEqual([
      '/api/orders',
      '/api/orders/N/items',
      '/api/orders/N/checkout',
    ]);
  });

  test('cancel an add-on at the end of its period', async () => {
    const { row, addon } = await withAddon(launchModes);
    const { journal } = await launchModes.play({
      refs: [row.ref],
      size,
      async byKeys(person) {
        await openTicket(person, row);
        await person.act('Cancel an add-on');
        await person.see('Cancel which add-on?');
        await person.standOn(addon.name);
        person.press('enter');
        await person.typeOut(addon.id);
        await person.ends('done');
        few(person);
      },
      byWords: async (fixture) => {
        await succeeded(fixture.words('addon', 'cancel', row.id, addon.id, '--yes', '--confirm', addon.id));
      },
    });
    expect(journal).toMatchObject([{ verb: 'addon-cancel', state: 'done', after: { cancelAtPeriodEnd: true } }]);
  });
});

interface Addon extends Named {
  readonly cancelAtPeriodEnd: boolean;
}

/** The first subscription with an active add-on; the sandbox has some with mail. */
async function withAddon({ find, words }: Frontends): Promise<{ readonly row: Row; readonly addon: Addon }> {
  for (const row of await find('interworks', 'status:active service:mail')) {
    const addons = await listed<Addon>(words, 'addon', 'list', row.ref);
    const addon = addons.find(({ cancelAtPeriodEnd }) => !cancelAtPeriodEnd);
    if (addon !== undefined) return { row, addon };
  }
  throw new Error('No subscription has an add-on.');
}

/** The bytes of every file in a home. */
function filesOf({ home }: StoryFixture): readonly string[] {
  const files = globSync('**/*', { cwd: home, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
