import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['interworks', 'cloudcockpit'],
    sandbox: ['--today=2026-11-21', '--seed=1'],
    env: { WAYLAND_DISPLAY: '', DISPLAY: '', TMUX: '' },
  });
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test('lists calls, copies them with their answers, and contains no secret', async () => {
  const person = keyboard(fixture.console());
  await person.see('2/2 connections ok');
  person.press('L');
  // A token fetched now is valid for a whole hour.
  const screen = await person.see(/✓ +interworks +\d+ +[\d,]+ ms +0 +– {2}(?:1 h 0|\d+) min/);
  expect(screen).toMatch(/VENDOR +CALLS +USUALLY +ERRORS +LEFT +TOKEN FOR/);
  expect(screen).toMatch(/✓ 200 +[\d,]+/);
  person.press('G', 'c', 'enter');
  await person.see('The call copied to');
  const copied = [...person.terminal.output().matchAll(/\u001b\]52;c;([^\u0007]*)\u0007/g)].at(-1)?.[1] ?? '';
  expect(Buffer.from(copied, 'base64').toString('utf8')).toMatch(/(POST|GET) \/\S+: HTTP 200 after \d+ ms/);
  person.press('enter');
  await person.see(/\d\d:\d\d:\d\d UTC, (interworks|cloudcockpit): /);
  person.press('c');
  await person.see('The text copied to');
  for (const { secrets } of fixture.connections) {
    for (const secret of Object.values(secrets)) expect(person.terminal.output()).not.toContain(secret);
  }
});

test('a key shows only the failed calls, each with a next step', async () => {
  await fixture.words('sync');
  const env = { SUBDECK_HOME: fixture.home, SUBDECK_SECRETS_CLOUDCOCKPIT: '{"clientSecret":"wrong"}', TMUX: '' };
  const person = keyboard(openTerminal({ args: [program], env, columns: 80, rows: 24 }));
  await person.see('Sellers 2');
  person.press('r');
  await person.see(/✗ cloudcockpit .* does not accept the sign-in/);
  expect(await person.see('r refreshes')).toContain('SUBDECK_SECRETS_CLOUDCOCKPIT');
  person.press('L', 'f');
  await person.see(/Calls \d+ +failed calls only; f shows all/);
  expect(await person.see(/▌ .*POST .*token +✗ 40\d/)).toMatch(/! +cloudcockpit +[\d,]+ ms +[1-9]/);
  person.press('enter');
  await person.see('The sign-in was refused. For what to do');
  person.press('c');
  await person.see('The text copied to');
});

test('draws a renewal calendar, and bars by seats or money', async () => {
  await fixture.words('sync');
  const person = keyboard(fixture.console({ args: ['--offline'] }));
  await person.see('Sellers');
  person.press('B');
  await person.see(/[\d,]+ seats in 12 months; a bar is a week\n +most in the week of \w+ \d+ \w+ \d+: [\d,]+ seats/);
  await person.see(/active +█.*By product/s);
  person.press('m');
  await person.see(/[\d,]+ subscriptions in 12 months/);
  person.press('m');
  await person.see(/in [A-Z]{3}.*[\d,]+(?:\.\d+)? [A-Z]{3} in 12 months/s);
});

test('draws the life of a subscription on one line of 80 columns', async () => {
  const filter = 'connection=interworks status=active qty>5 ends>2027-01-01';
  const found = await fixture.words('subscription', 'list', '--json', '--filter', filter);
  const [row] = found.json<readonly { ref: string; id: string; quantity: number }[]>();
  if (row === undefined) throw new Error('No subscription lasts long enough.');
  await fixture.words('subscription', 'set-quantity', row.ref, String(row.quantity - 1), '--yes', '--wait');
  const person = keyboard(fixture.console({ args: ['--offline'], columns: 80, rows: 24 }));
  await person.see('Sellers');
  await person.openSubscription(row.id);
  const screen = await person.see((shown) => ['── life', '●', '▲', '┃', 'ends'].every((part) => shown.includes(part)));
  expect(screen).toMatch(/● .* starts\n(?:.*\n)*.*▲ .*Lower the quantity.*\n(?:.*\n)*.*┃ .* now\n(?:.*\n)*.*○ .* ends/);
});
