import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { listed, type Row } from '../stories/story.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks'], sandbox: ['--today=2026-11-21', '--seed=1'] });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test('plain lines navigate, plan and send after yes, without boxes or colour', async () => {
  const [row] = await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', 'status=active qty>5');
  if (row === undefined) throw new Error('interworks has no subscription.');
  const terminal = fixture.console({ args: ['--screen-reader'], columns: 200, rows: 60 });
  await terminal.see('Screen-reader mode, turned on by the flag --screen-reader.');
  await terminal.see(/1\. Name: .*Connection: interworks/);
  terminal.type(`${row.id}\r`);
  await terminal.see(/There is no command/);
  terminal.type(`subscription set-quantity ${row.ref} ${row.quantity - 1}\r`);
  await terminal.see('Type yes to send it, b to go back.');
  expect(await fixture.sent()).toEqual([]);
  terminal.type('yes\r');
  await terminal.see('The answer came before the plan could be read');
  const accepted = () => terminal.see('The vendor is working on it', 500).catch(() => null);
  do terminal.type('yes\r');
  while ((await accepted()) === null);
  terminal.type('b\r');
  terminal.type('c\r');
  await terminal.see('Type a number, or b to close.');
  terminal.type('1\r');
  await terminal.see(/^The \S+ copied to/m);
  terminal.type('t\r');
  await terminal.see(/\d+ now · \d+ this week/);
  terminal.type('q\r');
  expect(await terminal.exited).toMatchObject({ code: 0 });
  expect(await fixture.sent()).toHaveLength(1);
  expect(terminal.output()).not.toMatch(/\u001b\[\?1049h|\u001b\[[\d;]*m|[│╭╯█]/);
});

test.each([
  ['SUBDECK_SCREEN_READER in the environment', { SUBDECK_SCREEN_READER: '1' }],
  ['theme.screenReader in the settings', {}],
] as const)('the first line says that it was turned on by %s', async (by, env) => {
  const settings = join(fixture.home, 'settings.json');
  const before = readFileSync(settings, 'utf8');
  if (!('SUBDECK_SCREEN_READER' in env)) {
    writeFileSync(settings, JSON.stringify({ ...JSON.parse(before), theme: { screenReader: true } }));
  }
  const program = join(import.meta.dirname, '../../bin/subdeck.js');
  const terminal = openTerminal({
    args: [program, '--offline'],
    env: { SUBDECK_HOME: fixture.home, ...env },
    columns: 200,
  });
  await terminal.see(`Screen-reader mode, turned on by ${by}.`);
  terminal.type('q\r');
  await terminal.exited;
  writeFileSync(settings, before);
});
