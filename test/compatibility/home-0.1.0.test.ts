import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StoryFixture, openStory } from '../stories/fixture.ts';
import { currentPlan } from './current-plan.ts';

/**
 * The home was made by version 0.1.0 on `subdeck sandbox --scale 60 --seed 7 --today 2026-11-20`: settings with key
 * bindings, a saved view, a cache of 75 rows, a plan file, and a journal with a write in each kind of state.
 */
const homeFrom = join(import.meta.dirname, 'home-0.1.0');
const names = [
  ...['cloudmore-seller', 'cloudmore-reseller', 'interworks', 'interworks-free', 'vmware', 'lineworks'],
  'cloudcockpit',
];

let fixture: StoryFixture;
beforeEach(async () => {
  fixture = await openStory({
    connections: names,
    homeFrom,
    sandbox: ['--scale=60', '--seed=7', '--today=2026-11-20', '--speed=200'],
  });
});
afterEach(() => fixture.close());

interface Entry {
  readonly id: string;
  readonly verb: string;
  readonly state: string;
  readonly ref: string;
}

test('answers offline from the cache of 0.1.0', async () => {
  const { code, json } = await fixture.words('subscription', 'list', '--offline', '--json');
  expect(code).toBe(0);
  expect(json<readonly unknown[]>()).toHaveLength(75);
});

test('lists the connections of 0.1.0', async () => {
  const listed = await fixture.words('connection', 'list', '--json');
  expect(listed.json<readonly { name: string }[]>().map(({ name }) => name)).toEqual(names);
});

test('shows every journal entry of 0.1.0 unchanged', async () => {
  const { code, json } = await fixture.words('journal', 'list', '--offline', '--json');
  expect(code).toBe(0);
  expect(json<readonly Entry[]>().map(({ id, verb, state }) => [id, verb, state])).toEqual([
    ['2nhvyj1e', 'cancel', 'refused'],
    ['2nhvyhak', 'cancel', 'settled-applied'],
    ['2nhvygqf', 'cancel', 'unknown'],
    ['2nhvygab', 'set-quantity', 'sent'],
    ['2nhvyg0p', 'update', 'done'],
  ]);
  const receipt = await fixture.words('journal', 'show', '2nhvyg0p', '--receipt', '--offline');
  expect(receipt.stdout).toContain('ticket 4711');
});

test('an open write of 0.1.0 blocks its subscription until a person settles it', async () => {
  const ref = 'cloudmore-seller/a49a5a52-52c1-4114-8629-7eb170e58e9f';
  const cancel = () => fixture.words('subscription', 'cancel', ref, '--mode', 'cancel', '--dry-run');
  const blocked = await cancel();
  expect(blocked.code).toBe(6);
  expect(blocked.stderr).toContain('2nhvygqf');
  expect((await fixture.words('journal', 'settle', '2nhvygqf', '--as', 'not-applied')).code).toBe(0);
  expect((await cancel()).code).toBe(0);
  expect(await fixture.sent()).toEqual([]);
});

test('shows a plan file of 0.1.0 and can check its rows', async () => {
  const file = await currentPlan(fixture);
  const shown = await fixture.words('plan', 'show', file);
  expect(shown.code, shown.stderr).toBe(0);
  expect(shown.stdout).toContain('cloudmore-reseller/5009c7a9-2daa-4566-8227-92d19f899f2b');
  expect(shown.stderr).toMatch(/Digest: [a-z2-7]{4}(?:-[a-z2-7]{4}){3}\./);
  const checked = await fixture.words('plan', 'run', file, '--dry-run');
  expect(checked.code, checked.stderr).toBe(0);
  // Its rows are unchanged: no name differs only because this version reads it from the vendor.
  expect(checked.stdout).toContain('cloudmore-reseller/5009c7a9-2daa-4566-8227-92d19f899f2b');
  expect(await fixture.sent()).toEqual([]);
});

test('the console opens a home of 0.1.0 with its own keys and its saved view', async () => {
  const console = fixture.console();
  await console.see(/▌ +Cloudmore, as reseller/);
  // Bound to "cursor down" by the settings; 0.1.0 itself has no such key.
  console.press('n');
  await console.see(/▌ +interworks/);
  console.press('v');
  await console.see('status:active mornings');
  console.press('enter');
  await console.see('filter: status:active');
  console.press('q');
  expect((await console.exited).code).toBe(0);
  const kept = JSON.parse(readFileSync(join(fixture.home, 'remembered.json'), 'utf8')) as { views: readonly unknown[] };
  expect(kept.views).toHaveLength(1);
});
