import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from '../stories/fixture.ts';
import { keyboard } from '../stories/keyboard.ts';
import { closeTerminals } from './terminal.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ connections: ['interworks'], sandbox: ['--seed=1'] });
  await desk.words('sync');
  const settings = join(desk.home, 'settings.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), armMinutes: 8 }));
});
afterEach(closeTerminals);
afterAll(() => desk.close());

test('write mode is off until it is armed, and the frame says for how long', async () => {
  const person = keyboard(desk.console());
  await person.see('read-only (W arms)');
  person.press('S');
  await person.see('Subscriptions');
  person.press('W');
  await person.see(/read-write armed (8|7) min/);
  person.press('W');
  await person.see('read-only (W arms)');
  expect(await desk.sent()).toEqual([]);
});
