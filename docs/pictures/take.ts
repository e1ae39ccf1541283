/**
 * Takes the pictures of the documentation: drives the console on a sandbox that stands still, and draws what stood in
 * the terminal. `npm run pictures` builds the program and runs this.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Desk, openDesk } from '../../test/stories/desk.ts';
import { keyboard } from '../../test/stories/keyboard.ts';
import type { Row } from '../../test/stories/story.ts';
import { pictureOf } from '../../test/terminal/picture.ts';

const size = { columns: 110, rows: 30 };

const desk = await openDesk({
  connections: ['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'],
  sandbox: ['--scale=5000', '--seed=1', '--today=2026-11-21', '--speed=0.5'],
});
try {
  await takeAll(desk);
} finally {
  await desk.close();
}

async function takeAll(at: Desk): Promise<void> {
  await at.words('sync');
  const [first, second, shown] = await lowerable(at);
  await at.words('subscription', 'set-quantity', first.ref, String(first.quantity - 4), '--yes', '--wait=60');
  await at.words('subscription', 'set-quantity', second.ref, String(second.quantity - 2), '--yes');

  const terminal = at.console(size);
  const person = keyboard(terminal);
  const take = (name: string, title: string) =>
    writeFileSync(join(import.meta.dirname, `${name}.svg`), pictureOf(terminal.emulator, title));

  await person.see((screen) =>
    ['1 request running', 'Sellers 6', 'vmware', '6/6'].every((text) => screen.includes(text)),
  );
  take('sellers', 'The sellers of all connections');

  await person.goTo('organizations');
  await person.filter(shown.organization.name);
  person.press('?');
  await person.see('Everywhere');
  take('help', 'The keys of a screen');
  await person.escape('Everywhere');

  person.press('S');
  await person.see('Subscriptions');
  await person.filter(shown.name, `id="${shown.id}"`);
  await person.escape('Esc clears');
  person.press('enter');
  await person.see('[Overview]');
  await person.act('Change the quantity');
  await person.fill(shown.quantity - 8);
  await person.see('Send is on');
  take('plan', 'A plan, before anything is sent');
  await person.agree();
  await person.ends('accepted');
  await person.see('⟳ running');
  take('subscription', 'A subscription with a request running');
  await person.escape('[Overview]');
  await person.see('⟳ running');
  take('subscriptions', 'The subscriptions of an organization');
  person.press('R');
  await person.see((screen) => ['NEXT LOOK', '✓ done'].every((text) => screen.includes(text)));
  take('requests', 'What the vendors are working on');
  await person.leave();
}

/** Three subscriptions at interworks; the last one stands among many of an organization with a name in Latin letters. */
async function lowerable(at: Desk): Promise<readonly [Row, Row, Row]> {
  const filter = ['--connection', 'interworks', '--filter', 'status:active qty>=20 qty<=90'];
  const rows = (await at.words('subscription', 'list', '--json', ...filter)).json<readonly Row[]>();
  const latin = rows.filter(({ organization }) => /^[\p{Script=Latin} .&]+$/u.test(organization.name));
  const many = latin.find(
    ({ organization }) => latin.filter((other) => other.organization.id === organization.id).length > 2,
  );
  const [first, second] = latin.filter((row) => row.organization.id !== many?.organization.id);
  if (first === undefined || second === undefined || many === undefined) throw new Error('Nothing to lower.');
  return [first, second, many];
}
