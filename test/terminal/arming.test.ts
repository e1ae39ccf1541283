import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks'], sandbox: ['--seed=1'] });
  await fixture.words('sync');
  const settings = join(fixture.home, 'settings.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), armMinutes: 8 }));
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test('writes are off until armed, and the frame shows for how long', async () => {
  const person = keyboard(fixture.console());
  await person.see('read-only (W arms)');
  person.press('S');
  await person.see('Subscriptions');
  person.press('W');
  await person.see(/read-write armed (8|7) min/);
  person.press('W');
  await person.see('read-only (W arms)');
  expect(await fixture.sent()).toEqual([]);
});
