/**
 * Takes the pictures of the documentation: drives the console on a sandbox, all of them on a fixed day, and draws what stood in the
 * terminal. `npm run pictures` builds the program and runs this; with `-- --check` it writes nothing, and exits 1 where something
 * other than times differs from the pictures.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { refusesDecrease } from '../../src/sandbox/interworks/assumptions.ts';
import { products } from '../../src/sandbox/interworks/dataset.ts';
import { kuusela } from '../../src/sandbox/names/shared-customers.ts';
import { realClock } from '../../src/sandbox/time.ts';
import { openStory, type StoryFixture } from '../../test/stories/fixture.ts';
import { type Keyboard, keyboard } from '../../test/stories/keyboard.ts';
import type { Row } from '../../test/stories/story.ts';
import { pictureOf } from '../../test/terminal/picture.ts';
import { cutNames, differences, equalMatches, horizons, type Unsettled } from './compare.ts';
import { clockFlag } from './fixed-clock.ts';
import { allRead, still } from './still.ts';
import { movingTour, unsettledInTour } from './tour.ts';

const size = { columns: 110, rows: 30 };
const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;
const stale: string[] = [];

/** Of a call: they stand behind its status, without a unit. */
const milliseconds: Unsettled = {
  pattern: /(?<=[✓✗](?: <[^>]*>)?(?: █ <[^>]*>)? \d{3}(?: <[^>]*>)? )[\d,]+/g,
  as: '#',
};

/** The calls to a vendor that is asked again and again how far it is with a request. */
const polled: Unsettled = { pattern: /(?<=interworks )\d+ /g, as: '# ' };

/** What a limit has left begins anew each minute. */
const left: Unsettled = { pattern: /(?<=^row \d+: .*\blineworks .* )\d+(?= <[^>]*> [\dh ]+min)/g, as: '#' };

/** A vendor that is not always well. */
const faults = [{ vendor: 'cloudmore', method: 'GET', path: '/api/resellers/*', nth: 24, do: 'status', status: 503 }];

let workStoppedAt: number | null = null;

const orders = mkdtempSync(join(tmpdir(), 'pictures-'));
writeFileSync(join(orders, 'faults.json'), JSON.stringify(faults));
const fixture = await openStory({
  connections: ['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'vmware', 'lineworks', 'cloudcockpit'],
  sandbox: ['--scale=5000', '--seed=1', '--speed=5', `--faults=${join(orders, 'faults.json')}`],
  // So that a request runs for as long as it is to be seen.
  clock: { ...realClock, monotonic: () => workStoppedAt ?? performance.now() },
});
try {
  await takeAll(fixture);
} finally {
  await fixture.close();
  rmSync(orders, { recursive: true });
}
keep('tour', await movingTour([clockFlag]), unsettledInTour);
if (stale.length > 0) {
  process.stderr.write(`Out of date: ${stale.join(', ')}. npm run pictures takes them again; look at each.\n`);
  process.exitCode = 1;
}

function keep(name: string, picture: string, unsettled: readonly Unsettled[] = []): void {
  const path = join(import.meta.dirname, `${name}.svg`);
  if (!check) {
    writeFileSync(path, picture);
    return;
  }
  const differing = differences(readFileSync(path, 'utf8'), picture, unsettled);
  if (differing.length === 0) return;
  stale.push(name);
  process.stderr.write(`${name}.svg:\n${differing.join('\n')}\n`);
}

async function takeAll(at: StoryFixture): Promise<void> {
  // One call at a time, so that rows come in the same order each time: what matches a text equally well is shown in that order.
  for (const { name } of at.connections) {
    await at.words('connection', 'set', name, 'concurrency=1');
    await at.words('sync', '--connection', name);
  }
  const { first, second, shown, unwilling } = await lowerable(at);
  await at.words('subscription', 'set-quantity', first.ref, String(first.quantity - 4), '--yes', '--wait=60');
  await at.words('subscription', 'set-quantity', unwilling.ref, String(unwilling.quantity - 1), '--yes', '--wait=60');
  workStoppedAt = performance.now();
  await at.words('subscription', 'set-quantity', second.ref, String(second.quantity - 2), '--yes');

  const terminal = at.console({ ...size, node: [clockFlag] });
  const person = keyboard(terminal);
  const take = async (name: string, title: string, unsettled: readonly Unsettled[] = []) => {
    await still(terminal);
    keep(name, pictureOf(terminal.emulator, title), unsettled);
  };

  await person.see((screen) => ['1 request running', 'Sellers 6', 'vmware'].every((text) => screen.includes(text)));
  await allRead(person, 6);
  person.press(':');
  await person.see('Anything');
  terminal.type(`\u001b[200~${ticketAbout(shown)}\u001b[201~`);
  await person.see((screen) => screen.includes('lines pasted') && screen.includes(shown.id.slice(0, 8)));
  await take('anything', 'A whole ticket in the box for anything', [equalMatches]);
  await person.escape('Anything');

  await person.goTo('subscriptions');
  person.press('B');
  await person.see(/By status.*active +█/s);
  await take('pictures', 'Renewals of the next twelve months, seats by status and by product');
  await person.escape('Charts');

  await filtered(person, 'vendor=interworks status=active qty>5 ends<60d');
  person.press(...Array.from({ length: 12 }, () => 'space'));
  await person.see('12 marked');
  person.press('a');
  await person.see('Change the quantity of each');
  person.press('enter');
  await person.see('New quantity of each marked row');
  person.type('-1');
  person.press('enter');
  await person.see('not saved yet');
  await take('bulk', 'Many changes as one plan, before it is saved and run');
  await person.escape('not saved yet');
  person.press('u');
  await person.escape('filter:');

  await person.openById(shown.id);
  await person.act('Change the quantity');
  await person.fill(shown.quantity - 8);
  await person.see('to send, Esc');
  await take('plan', 'A plan, before anything is sent');
  await person.agree();
  await person.ends('accepted');
  await person.see('⟳ running');
  // What was sent stands before “now” from the next second on.
  await pause(1500);
  await take('subscription', 'A subscription with a request running');
  await person.escape('[Overview]');
  await person.escape('Esc clears');
  await person.goTo('organizations');
  await person.filter(shown.organization.name, 'connection=interworks kuusela');
  person.press('S');
  await person.see(/Subscriptions \d/);
  await person.filter(shown.name, `id="${shown.id}"`);
  await person.escape('Esc clears');
  await person.see('⟳ running');
  await take('subscriptions', 'The subscriptions of an organization');

  await person.goTo('sellers');
  person.press('r');
  person.press('L', 'f');
  await person.see('✗ 503');
  person.press('f');
  await person.see('since the start');
  // Of one connection: calls to several at the same time have no order of their own.
  person.press('/');
  person.type('connection=cloudmore-reseller');
  await person.see(/Calls \d\d? /);
  person.press('enter');
  await person.see('failed only');
  await take('calls', 'The health of the vendors, and every call of one', [milliseconds, polled, left]);
  person.press('T');
  await person.see(/^ Today.*now/m);
  await take('today', 'What needs attention', [horizons, cutNames]);
  await person.leave();
}

async function filtered(person: Keyboard, filter: string): Promise<void> {
  person.press('/');
  person.type(filter);
  await person.see(/\d (?:rows )?shown/);
  person.press('enter');
  await person.see(/\([\d,]+ (?:in [\d,]+ rows )?shown\)/);
}

/** What a customer writes. */
function ticketAbout({ organization, name, id }: Row): string {
  return [
    'Hello,',
    `we are ${organization.name} and have too many seats of ${name}.`,
    `Your invoice calls it ${id}. Can you lower it to 20 before it renews?`,
    'Kind regards',
  ].join('\n');
}

interface Chosen {
  readonly first: Row;
  readonly second: Row;
  /** Of a customer of several vendors. */
  readonly shown: Row;
  /** Its maker allows no decrease: the request is accepted, then fails. */
  readonly unwilling: Row;
}

/** Subscriptions at interworks of organizations with names in Latin letters. */
async function lowerable(at: StoryFixture): Promise<Chosen> {
  const filter = ['--connection', 'interworks', '--filter', 'status:active qty>=20 qty<=90'];
  const rows = (await at.words('subscription', 'list', '--json', ...filter)).json<readonly Row[]>();
  const latin = rows.filter(({ organization }) => /^[\p{Script=Latin} .&]+$/u.test(organization.name));
  const fixed = products.filter((_, product) => refusesDecrease(product));
  const isUnwilling = (row: Row) => fixed.some(({ name }) => row.name.startsWith(name));
  const willing = latin.filter((row) => !isUnwilling(row));
  const shown = willing.find(({ organization }) => organization.name === kuusela.name);
  const [first, second] = willing.filter((row) => row.organization.id !== shown?.organization.id);
  const unwilling = latin.find(isUnwilling);
  if (first === undefined || second === undefined || shown === undefined || unwilling === undefined) {
    throw new Error('Nothing to lower.');
  }
  return { first, second, shown, unwilling };
}
