import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { type Keyboard, keyboard } from '../stories/keyboard.ts';
import { listed, type Row } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['interworks', 'cloudcockpit', 'vmware'],
    sandbox: ['--today=2026-11-21', '--seed=1'],
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

async function openBox(...args: string[]): Promise<Keyboard> {
  const person = keyboard(fixture.console({ args: ['--offline', ...args] }));
  await person.see('Sellers');
  person.press(':');
  await person.see('Anything');
  return person;
}

const one = async (filter: string): Promise<Row> => {
  const [row] = await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', filter);
  if (row === undefined) throw new Error(`Nothing matches ${filter}.`);
  return row;
};

test('a pasted ticket lists its ids and runs nothing; Enter opens one', async () => {
  const first = await one('connection=vmware status=active');
  const second = await one('connection=cloudcockpit status=active');
  const person = await openBox();
  person.paste(`Hi,\nquit\nplease look at ${first.ref} (urgent!)\n\nand at ${second.id}.\nsubscription list\n`);
  const named = [`is “${first.ref}”`, `is “${second.id.slice(0, 6)}`];
  const screen = await person.see((shown) => named.every((text) => shown.includes(text)));
  expect(screen).toContain('6 lines pasted');
  expect(screen).not.toContain('contains “');
  person.press('enter');
  await person.see('[Overview]');
});

test('on 60 columns the selected line of a ticket is complete below the list', async () => {
  const row = await one('connection=vmware status=active');
  const person = keyboard(fixture.console({ args: ['--offline'], columns: 60, rows: 16 }));
  await person.see('Sellers');
  person.press(':');
  await person.see('Anything');
  person.paste(`At 12:30 they called about ${row.ref},\nroom 1001, see page 0001.`);
  await person.see(`vmware · is “${row.ref}”`);
  expect(person.terminal.lines().join('\n')).not.toContain('holds');
});

test('gives the reason for a missing ability and completes part of a REF', async () => {
  const row = await one('connection=vmware status=active');
  const other = await one('connection=cloudcockpit status=active');
  const person = keyboard(fixture.console());
  await person.see('Sellers');
  person.press(':');
  person.type(row.ref);
  await person.see('is “');
  person.press('enter');
  await person.see('[Overview]');
  person.press(':');
  person.type('subscription cancel');
  await person.see(/subscription cancel +VMware's API is read-only/);
  person.type(` ${other.id.slice(0, 8)}`);
  await person.see(`cloudcockpit/${other.id.slice(0, 16)}`);
  person.press('down', 'tab');
  await person.see(`: subscription cancel cloudcockpit/${other.id}`);
});

test('an email address in a ticket finds the organization of its domain', async () => {
  const rows = await listed<Row>(fixture, 'subscription', 'list', '--offline');
  const name = rows
    .map(({ organization }) => organization.name)
    .find((each) => /^[A-Z][a-z]{3,} [A-Z][a-z]+ /.test(each));
  const words = (name ?? '').toLowerCase().split(' ').slice(0, 2);
  const person = await openBox();
  person.paste(`Hello,\nplease call back.\nanna@${words.join('-')}.example`);
  await person.see(`contains “${words.join(' ')}”`);
  expect(person.terminal.lines().join('\n')).toMatch(new RegExp(`▌ ${name}.*organization`));
});

test('@ with a connection name lists its subscriptions', async () => {
  const person = await openBox();
  person.type('@vmw');
  await person.see(/▌ @vmware/);
  person.press('enter');
  await person.see(/filter: connection=vmware \(\d+ shown\)/);
});

test('an exact match comes before partial ones, and nothing is guessed', async () => {
  const row = await one('connection=interworks status=active');
  const person = await openBox();
  person.type(row.organization.name);
  const screen = await person.see('is “');
  expect(screen.indexOf('is “')).toBeLessThan(`${screen}contains “`.indexOf('contains “'));
  person.press('ctrl+u');
  person.type('sbscrptn');
  await person.see('No matches');
});

test('Tab completes words and flags; recently used ones come first', async () => {
  const person = await openBox();
  person.type('subscription susp');
  await person.see('The console is offline');
  person.press('ctrl+u');
  person.type('organization l');
  await person.see('organization list');
  person.press('tab');
  person.type('--conn');
  await person.see('--connection');
  person.press('down', 'tab');
  await person.see(/: organization list --connection +│|: organization list --connection/);
  person.type('vm');
  await person.see('vmware');
  person.press('down', 'tab');
  await person.see('organization list --connection vmware');
  person.press('enter');
  await person.see((screen) => !screen.includes('Anything') && screen.includes('organization list'));
  person.press(':');
  await person.see('Anything');
  await person.see(/▌ .*organization list --connection vmware/);
  await person.escape('Anything');
  await person.leave();

  const next = await openBox();
  await next.see(/▌ .*organization list --connection vmware/);
  const row = await one('connection=vmware status=active');
  next.type(row.ref);
  await next.see('is “');
  next.press('enter');
  await next.see('[Overview]');
  next.press(':');
  // By its name, one key away.
  await next.see((screen) => /▌ (.*)subscription · .* · vmware · is “/.exec(screen)?.[1]?.includes(row.name) === true);
  expect(statSync(join(fixture.home, 'remembered.json')).mode & 0o777).toBe(0o600);
});

test('a typed write opens its plan and waits for confirmation', async () => {
  const row = await one('connection=interworks status=active qty>5');
  const person = keyboard(fixture.console());
  await person.see('Sellers');
  person.press(':');
  person.type(`subscription set-quantity ${row.ref} ${row.quantity - 1} --reason "ticket 42"`);
  person.press('enter');
  await person.agree();
  await person.see('The vendor is working on it');
  const [entry] = await listed<{ id: string; reason: string | null }>(fixture, 'journal', 'list');
  expect(await fixture.sent()).toHaveLength(1);
  const receipt = await fixture.words('journal', 'show', entry?.id ?? '', '--receipt');
  expect(receipt.stdout).toContain('ticket 42');
});
