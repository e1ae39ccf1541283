import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { listed, type Row } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  const faults = join(tmpdir(), `faults-${process.pid}.json`);
  const lost = { vendor: 'interworks', method: 'POST', path: '/api/subscriptions/*', nth: 1, do: 'drop-after' };
  writeFileSync(faults, JSON.stringify([lost]));
  fixture = await openStory({
    connections: ['interworks', 'cloudcockpit'],
    // So slow that the outcome is not visible yet.
    sandbox: ['--scale=2000', '--seed=1', '--speed=0.01', `--faults=${faults}`],
    env: { TZ: 'Europe/Athens' },
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test('a write with a lost answer is among what is urgent, and the actions settle it', async () => {
  const [row] = await listed<Row>(
    fixture,
    'subscription',
    'list',
    '--filter',
    'connection=interworks status=active qty>5',
  );
  if (row === undefined) throw new Error('interworks has no subscription.');
  const wrote = await fixture.words('subscription', 'set-quantity', row.ref, String(row.quantity - 1), '--yes');
  expect(wrote.code, wrote.stderr).toBe(8);

  const person = keyboard(fixture.console());
  await person.see(/\d+ now \(T\)/);
  person.press('T');
  const today = await person.see(/\? unknown/);
  const lines = today.split('\n');
  const position = lines.findIndex((line) => line.includes('? unknown'));
  const above = lines.slice(lines.findIndex((line) => line.includes('DUE')) + 1, position);
  expect(above.filter((line) => !/\d+ (?:h|min) /.test(line))).toEqual([]);
  await person.standOn(/\? unknown/);
  // Its customer may have other items.
  if (today.includes('▸ ? unknown')) person.press('enter', 'down');
  await person.see(/To find out the outcome: :journal settle/);
  person.press('a');
  await person.see('Settle: find out the outcome');
  await person.standOn('Settle: find out the outcome');
  person.press('enter');
  await person.see('What was the outcome?');
  await person.standOn('I checked: it was applied');
  person.press('enter');
  await person.see('Settled: your answer is recorded.');
  expect(await listed(fixture, 'journal', 'list', '--offline')).toMatchObject([{ state: 'settled-applied' }]);

  // A wrong verdict is corrected on the journal screen; the earlier one stays visible.
  await person.goTo('journal');
  await person.see(/✓ applied/);
  person.press('a');
  await person.see('▌ Correct the outcome');
  person.press('enter');
  await person.see('Correct the outcome?');
  await person.standOn('I checked: it was not applied');
  person.press('enter');
  await person.see('✗ corrected');
  person.press('enter');
  const entry = await person.see(/Verdict[\s\S]*unknown[\s\S]*applied[\s\S]*not applied/);
  expect(entry).toMatch(/Corrects +applied/);
  const [corrected] = await listed(fixture, 'journal', 'list', '--offline');
  expect(corrected).toMatchObject({ state: 'settled-not-applied', basis: 'person', corrects: 'settled-applied' });
});

test('a deadline counts down and is sortable; ? shows the vendor’s rule', async () => {
  const person = keyboard(fixture.console({ args: ['--offline'] }));
  await person.see('Sellers');
  person.press(':');
  person.type('subscriptions');
  person.press('enter');
  person.press('/');
  person.type('cancel<9d connection=cloudcockpit');
  person.press('enter');
  await person.see(/\d+ (?:d|h|min) · \d+ \w{3} \d\d:\d\d \/ (?:\d+ \w{3} )?\d\d:\d\d UTC/);
  person.press('s');
  await person.standOn('cancellation deadline');
  person.press('enter');
  const screen = await person.see('by cancellation deadline');
  const left = [...screen.matchAll(/((?:\d+ (?:d|h|min) )+)· .* UTC/g)].map(([, text]) => minutesIn(text ?? ''));
  expect(left.length).toBeGreaterThan(1);
  expect(left).toEqual(left.toSorted((one, other) => one - other));
  person.press('?');
  await person.see('Cancel or lower the seats by this date');
  await person.escape('Cancel or lower the seats by this date');
  person.press('T');
  await person.see(/ \d+ this week[\s\S]*▌/);
  // The last line folds what has time; its last line is a subscription, in a group of its own or not.
  person.press('G', 'enter');
  await person.see(/▾ +\d+ more customers?/);
  person.press('G', 'enter');
  const opened = await person.see(/\[Overview\]|▾[\s\S]*▾/);
  if (!opened.includes('[Overview]')) person.press('G', 'enter');
  await person.see('[Overview]');
});

/** Replaces the minutes of a countdown. */
function minutesIn(due: string): number {
  const sizes = { d: 1440, h: 60, min: 1 };
  return [...due.matchAll(/(\d+) (d|h|min)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * sizes[unit as keyof typeof sizes],
    0,
  );
}

interface Grouped {
  readonly groups: readonly { readonly group: string | null; readonly count: number }[];
}

test.each([
  [80, 24],
  [120, 40],
])('on %d×%d Today is grouped, filtered and marked by keys alone', async (columns, rows) => {
  const { groups } = (await fixture.words('today', '--group', 'organization', '--json', '--offline')).json<Grouped>();
  const several = groups.find(({ group, count }) => count > 1 && /^[\p{L} .&-]+$/u.test(group ?? ''));
  if (several === undefined) throw new Error('No customer has several items.');

  const person = keyboard(fixture.console({ args: ['--offline'], columns, rows }));
  await person.see('Sellers');
  person.press('T');
  const first = await person.see(/ \d+ this week[\s\S]*DUE +CUSTOMER +WHAT +SEATS +MONEY[\s\S]*────/);
  person.press('G');
  await person.see(/▸ +\d+ more customers?/);
  person.press('g');
  const week = Number(/ (\d+) this week/.exec(first)?.[1]);

  person.press('p', 'p', 's', 's');
  await person.see(/DUE +KIND[\s\S]*MONEY/);
  await person.see('by kind, money');
  person.press('p', 'p', 's', '/');
  person.type(`org="${several.group}"`);
  person.press('enter');
  await person.see(new RegExp(`filter: org=[\\s\\S]*▸[\\s\\S]*${several.count} `));
  person.press('t');
  await person.see('yours.');
  person.press('m', 'z');
  await person.see('Until');
  person.type('2020-01-01');
  person.press('enter');
  await person.see('has passed');
  person.press('ctrl+u');
  person.type('2d');
  person.press('enter');
  await person.see('Nothing here matches');

  // What is hidden can be shown and put back.
  person.press('Z');
  await person.see('shown too');
  person.press('D');
  await person.see('back on the list');
  await person.escape('filter: ');
  person.press('m', 'Z');
  await person.see(new RegExp(` ${week} this week(?!.*snoozed)`));
});
