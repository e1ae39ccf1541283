import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { cached } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks'], sandbox: ['--today=2026-11-21', '--seed=1'] });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test('marked rows become a plan that is reviewed, confirmed and run row by row', async () => {
  const file = join(fixture.home, 'fewer.plan');
  const person = keyboard(fixture.console({ columns: 80, rows: 24 }));
  await person.see('1/1 ok');
  person.press('S', '/');
  person.type('status=active qty>5');
  const rows = await cached(fixture, 'status=active qty>5');
  await person.see(` ${rows} shown`);
  person.press('enter');
  await person.see(`(${rows} shown)`);
  person.press('space', 'space');
  await person.see('2 marked');
  person.press('a');
  await person.see('Change the quantity of each');
  // An action that no vendor of the marked rows supports is in the menu with its reason.
  await person.see(/Suspend each +[\w.]+ (?:has|cannot|documents|knows)/);
  person.press('enter');
  await person.see('New quantity of each marked row');
  person.type('-1');
  person.press('enter');
  await person.see('set-quantity 2');
  await person.see('not saved yet');
  await person.see(/▌ +1 +\S.* +inter\S+ +seats (\d+) → \d+ +not sent/);
  await person.see(/^ +\S.* · \S.*\n +interworks\/[\da-f-]{36}$/m);
  person.press('x');
  await person.see('Press w to save it');
  expect(await fixture.sent()).toEqual([]);

  person.press('w');
  await person.see('Save the plan to which file?');
  person.press('ctrl+u');
  person.type(file);
  person.press('enter');
  await person.see('saved as');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  person.press('x');
  await person.see('Type exactly: set-quantity 2');
  await person.see(/Digest: [a-z2-7]{4}(?:-[a-z2-7]{4}){3}/);
  person.type('set-quantity 3');
  person.press('enter');
  await person.see('The typed text does not match');
  expect(await fixture.sent()).toEqual([]);
  person.press('ctrl+u');
  person.type('set-quantity 2');
  person.press('enter');
  await person.see(/2 of 2/);
  // The lines are updated as the vendor processes them.
  await person.see(/✓ done[\s\S]*✓ done/);
  expect(await fixture.sent()).toHaveLength(2);
});
