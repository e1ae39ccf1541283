import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { type Keyboard, keyboard } from '../stories/keyboard.ts';
import { cached, listed, type Row } from '../stories/story.ts';
import { closeTerminals } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['interworks', 'cloudcockpit'],
    sandbox: ['--today=2026-11-21', '--seed=1'],
  });
  await fixture.words('sync');
});
afterEach(() => {
  closeTerminals();
  rmSync(join(fixture.home, 'remembered.json'), { force: true });
});
afterAll(() => fixture.close());

async function openList(size = { columns: 120, rows: 40 }): Promise<Keyboard> {
  const person = keyboard(fixture.console({ args: ['--offline'], ...size }));
  await person.see('Sellers');
  await person.goTo('subscriptions');
  await person.see(/Subscriptions \d+/);
  return person;
}

async function filter(person: Keyboard, text: string): Promise<void> {
  person.press('/', 'ctrl+u');
  person.type(text);
  const rows = await cached(fixture, text);
  await person.see(new RegExp(`(?<!\\d)${rows} shown`));
  person.press('enter');
  await person.see((screen) => screen.includes('filter: ') && screen.includes(`(${rows} shown)`));
}

const head = /NAME +.*STATUS.*/;

test('chosen columns, sorts, filters and views survive a restart', async () => {
  const person = await openList();
  person.press('C');
  await person.see('[x] service');
  await person.standOn('[x] service');
  person.press('space');
  await person.see('[ ] service');
  await person.standOn('[ ] renewal');
  person.press('space');
  await person.see('[x] renewal');
  person.press('left', 'left', 'left');
  await person.escape('Columns after the name');
  const columns = await person.see(/NAME +ORGANIZATION +CONNECTION +STATUS +RENEWAL +SEATS/);
  expect(columns).not.toContain('SERVICE');

  person.press('s');
  await person.see('Sort by');
  await person.standOn('status');
  person.press('enter');
  await person.see(/by status(?! ↓)/);
  person.press('s');
  await person.see('Sort by');
  await person.standOn('seats');
  person.press('space');
  await person.see('2. ascending');
  person.press('space');
  await person.see('2. descending');
  await person.escape('Sort by');
  await person.see('by status, seats ↓');

  person.press('f');
  await person.see(/│ (?:▌| ) ?connection\b/);
  await person.standOn('connection');
  person.press('enter');
  await person.see(/filter: connection=\w+ \(\d+ shown\)/);
  person.press('v');
  await person.see('Save this list as a view');
  person.press('enter');
  await person.see('Save this view');
  person.press('ctrl+u');
  person.type('one vendor');
  person.press('enter');
  await person.see('Saved as “one vendor”');
  await person.leave();

  const next = await openList();
  const again = await next.see('by status, seats ↓');
  expect(again).toMatch(/NAME +ORGANIZATION +CONNECTION +STATUS +RENEWAL +SEATS/);
  expect(again).not.toContain('filter:');
  next.press('v');
  await next.see(/▌ one vendor +.*connection=\w+ · by status, seats descending/);
  next.press('enter');
  await next.see(/filter: connection=\w+ \(\d+ shown\)/);
  next.press('C');
  await next.see('[x] renewal');
  next.press('0');
  await next.see('[ ] renewal');
  await next.escape('Columns after the name');
});

test('marks follow their rows through sorting and filtering, with totals', async () => {
  const rows = await listed<Row>(
    fixture,
    'subscription',
    'list',
    '--offline',
    '--filter',
    'connection=interworks qty>5',
  );
  const [first, second] = rows;
  if (first === undefined || second === undefined) throw new Error('Nothing to mark.');
  const seats = `2 marked, ${new Intl.NumberFormat('en').format(first.quantity + second.quantity)} seats`;
  const person = await openList({ columns: 80, rows: 24 });
  for (const { id } of [first, second]) {
    await filter(person, `id="${id}"`);
    await person.see('1 shown');
    person.press('space');
    await person.see(/\d marked/);
    person.press('escape');
    await person.see((screen) => !screen.includes('filter:'));
  }
  await person.see(seats);
  person.press('s');
  await person.see('Sort by');
  await person.standOn('seats');
  person.press('enter');
  await person.see('by seats');
  await filter(person, 'status=expired');
  await person.see(/2 marked, [12] outside this filter/);
  await filter(person, `id="${second.id}"`);
  await person.see(/^[▌ ]◆/m);
  person.press('u');
  await person.see((screen) => !screen.includes('marked'));
});

test('the cursor follows its row when a change moves it', async () => {
  const words = ['connection=interworks status=active qty>5', '--sort', 'qty'];
  const rows = await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', ...words);
  const row = rows.at(-1);
  if (row === undefined) throw new Error('Nothing to change.');
  const person = await openList();
  await filter(person, 'connection=interworks status=active qty>5');
  person.press('s');
  await person.see('Sort by');
  await person.standOn('seats');
  person.press('enter');
  await person.see(/by seats(?! ↓)/);
  person.press('G');
  const grouped = new Intl.NumberFormat('en').format(row.quantity);
  await person.see(new RegExp(`▌.* ${grouped} `));
  const lowered = await fixture.words(
    'subscription',
    'set-quantity',
    row.ref,
    '6',
    '--yes',
    '--confirm=6',
    '--wait=60',
  );
  expect(lowered.code, lowered.stderr).toBe(0);
  await person.see(/▌.* 6 /);
  person.press('enter');
  await person.see((screen) => screen.includes('[Overview]') && screen.includes(row.id));
});

test('names a chosen column that does not fit into 80 columns', async () => {
  const person = await openList({ columns: 80, rows: 24 });
  person.press('C');
  await person.see(/\[x\] service +does not fit/);
  await person.see(/\[x\] status +│/);
});

test('back and forward visit what was on screen, each as it was left', async () => {
  const person = await openList();
  await filter(person, 'status=suspended');
  person.press('down');
  await person.see(head);
  person.press('enter');
  await person.see('[Overview]');
  person.press('J');
  await person.see('what was sent');
  person.press('[');
  await person.see('[Overview]');
  person.press('[');
  await person.see('filter: status=suspended');
  person.press(']');
  await person.see('[Overview]');
  person.press(']');
  await person.see('what was sent');
});

test('names unknown columns at the start and keeps them in the file', async () => {
  const path = join(fixture.home, 'remembered.json');
  const look = { columns: ['status', 'colour', 'seats'], sort: [] };
  writeFileSync(path, JSON.stringify({ looks: { subscriptions: look }, views: [], recent: [] }), { mode: 0o600 });
  const said = 'Saved tables and views name an unknown column: “colour” (subscriptions). It is kept but not shown.';
  const { json } = await fixture.words('doctor', '--json');
  expect(json<{ checks: readonly { detail: string }[] }>().checks.map(({ detail }) => detail)).toContain(said);
  const person = keyboard(fixture.console({ args: ['--offline'], columns: 120, rows: 40 }));
  await person.see(said);
  await person.goTo('subscriptions');
  await person.see(/NAME +STATUS +SEATS/);
  person.press('C');
  await person.see('[x] seats');
  await person.standOn('[ ] product');
  person.press('space');
  await person.see('[x] product');
  await person.escape('Columns after the name');
  await person.see(/NAME +STATUS +SEATS +PRODUCT/);
  await person.leave();
  expect(JSON.parse(readFileSync(path, 'utf8')).looks.subscriptions.columns).toEqual([
    'status',
    'qty',
    'product',
    'colour',
  ]);
});
