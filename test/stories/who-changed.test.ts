import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeTerminals } from '../terminal/terminal.ts';
import { openStory, type StoryFixture } from './fixture.ts';
import { keyboard } from './keyboard.ts';
import { listed, type Row, succeeded } from './story.ts';

let fixture: StoryFixture;
let row: Row;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-reseller'], sandbox: ['--seed=1', '--today=2026-11-21'] });
  await fixture.words('sync');
  const rows = await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', 'status:active qty>5');
  const found = rows.find(({ name }) => /^[\w .-]+$/.test(name));
  if (found === undefined) throw new Error('There is nothing to change.');
  row = found;
  const less = String(row.quantity - 1);
  await succeeded(fixture.words('subscription', 'set-quantity', row.ref, less, '--yes', '--wait=60', '--json'));
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

test.each([
  [80, 24],
  [120, 40],
])('who changed our subscription? by keys at %i×%i', async (columns, rows) => {
  const change = `${row.quantity} → ${row.quantity - 1}`;
  const person = keyboard(fixture.console({ columns, rows }));
  await person.see('Sellers');
  person.press(':');
  await person.see('Anything');
  person.paste(`Hi,\nwho lowered ${row.ref} since yesterday?\nThanks`);
  await person.see('is “');
  person.press('enter');
  await person.see('[Overview]');
  person.press('3');
  const screen = await person.see((shown) => /vendor’s history, read/.test(shown) && shown.includes(`✓ set-quantity`));
  expect(screen).toMatch(new RegExp(`sync +Seats +${change}`));
  expect(screen).toMatch(new RegExp(`journal +✓ set-quantity +${change}`));
  person.press('/');
  person.type('source:jour');
  person.press('tab');
  await person.see('source:journal');
  person.press('enter');
  await person.see('1 shown');
  person.press('enter');
  await person.see(/By +\S+/);
  // Beside pasted text.
  expect(person.presses()).toBeLessThanOrEqual(40);
  expect(person.terminal.lines().every((line) => line.trimEnd().length <= columns)).toBe(true);
});

test('who changed our subscription? by words', async () => {
  const [change] = (await fixture.words('subscription', 'changes', '--since', 'today', '--json')).json() as object[];
  expect(change).toMatchObject({ ref: row.ref, field: 'quantity', organization: row.organization.name });
  const lines = await listed<{ source: string; by: string | null }>(fixture, 'subscription', 'timeline', row.ref);
  const by = lines.find(({ source }) => source === 'journal')?.by;
  expect(lines.find(({ source }) => source === 'sync')).toMatchObject({ what: 'quantity', by });
  const table = (await fixture.words('subscription', 'changes', '--since', 'today')).stdout.split('\n');
  expect(table[0]).toMatch(/^TIME \(UTC\) +CUSTOMER +WHAT +FROM → TO +BY$/);
  expect(table[1]).toContain(`${row.quantity} → ${row.quantity - 1}`);
});
