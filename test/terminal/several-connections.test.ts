import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CachedSubscription } from '../../src/model/subscription.ts';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { type Keyboard, keyboard } from '../stories/keyboard.ts';
import { listed } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['cloudmore-seller', 'cloudmore-reseller'],
    sandbox: ['--today=2026-11-21', '--seed=1', '--scale=400'],
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

const rows = () => listed<CachedSubscription>(fixture, 'subscription', 'list', '--offline');

/** All subscriptions of both connections, in a list. */
async function openAll(columns: number): Promise<Keyboard> {
  const person = keyboard(fixture.console({ columns, rows: 24 }));
  await person.see('Sellers');
  person.press(':');
  await person.see('Anything');
  person.type('subscriptions');
  await person.see(/all subscriptions|▌ +subscriptions/i);
  person.press('enter');
  await person.see(/Subscriptions \d/);
  return person;
}

test.each([60, 120])('on %i columns the title counts once and both rows name their connection', async (columns) => {
  const all = await rows();
  const twins = all.filter(({ sameAs }) => sameAs.length > 0);
  expect(twins.length).toBeGreaterThan(1);
  const person = await openAll(columns);
  const [once, twice] = [all.length - twins.length / 2, all.length].map((count) => count.toLocaleString('en'));
  await person.see(`Subscriptions ${once} in ${twice} rows`);
  person.press('/');
  person.type(`id=${twins[0]?.id}`);
  await person.see('1 in 2 rows shown');
  person.press('enter');
  await person.see((screen) => / clou\S*-seller /.test(screen) && / clou\S*eseller /.test(screen));
});

test('marking both rows of a subscription counts it once and refuses a plan of both', async () => {
  const twin = (await rows()).find(
    ({ sameAs, status, quantity }) => sameAs.length > 0 && status === 'active' && (quantity ?? 0) > 2,
  );
  if (twin === undefined) throw new Error('No active subscription is seen twice.');
  const person = await openAll(120);
  person.press('/');
  person.type(`id=${twin.id}`);
  await person.see('1 in 2 rows shown');
  person.press('enter', '*');
  await person.see(`2 marked (1 subscription), ${twin.quantity} seats`);
  person.press('a');
  await person.see('Change the quantity of each');
  person.press('enter');
  await person.see('New quantity of each marked row');
  person.type('-1');
  person.press('enter');
  await person.see(/are\s+the\s+same\s+subscription/);
  expect(await fixture.sent()).toEqual([]);
});
