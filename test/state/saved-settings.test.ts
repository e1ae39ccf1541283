import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { rememberedFile } from '../../src/app/remembered-file.ts';
import { levelScreen } from '../../src/state/new-screens.ts';
import { notShownOfSaved, unknownInSaved } from '../../src/state/saved-settings.ts';
import type { SavedView, TableLayout } from '../../src/state/table-layout.ts';
import { push } from '../../src/state/updates/navigate.ts';
import { makeConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { manyRows } from './rows.ts';

const look: TableLayout = { columns: ['status', 'colour', 'seats'], sort: [{ field: 'shape', descending: true }] };
const view: SavedView = { name: 'mine', trail: [], filter: 'qty<100', columns: ['taste', 'org'], sort: [] };

function start() {
  const console = makeConsole(makeFixture(manyRows(30)));
  onTestFinished(() => console.stop());
  console.store.update((state) => ({ ...state, looks: { subscriptions: look }, views: [view] }));
  console.type('S');
  return console;
}

test('names unknown columns and sort orders in one sentence', () => {
  const saved = { looks: { subscriptions: look, journal: { columns: ['when'], sort: [] } }, views: [view] };
  expect(unknownInSaved(saved)).toBe(
    'Saved tables and views name unknown columns: “colour” (subscriptions), “shape” (subscriptions), “taste” (view “mine”). They are kept but not shown.',
  );
  expect(unknownInSaved({ looks: {}, views: [] })).toBeNull();
  const many = { columns: ['a', 'b', 'c', 'd\u001b[2J'], sort: [] };
  expect(unknownInSaved({ looks: { seller: many }, views: [] })).toMatch(/“c” \(seller\), 1 more\. They/);
  const hostile = unknownInSaved({ looks: { seller: { columns: ['\u001b[2J'], sort: [] } }, views: [] });
  expect(hostile).toContain('an unknown column: “⟨001B⟩[2J” (seller). It is kept');
  expect(
    unknownInSaved({ looks: { seller: { columns: ['x'.repeat(9999)], sort: [] } }, views: [] })?.length,
  ).toBeLessThan(200);
});

test('a name of 0.1.0, a header and a JSON name all select the column', () => {
  const console = start();
  console.store.update((state) => ({
    ...state,
    looks: { subscriptions: { columns: ['deadline', 'Seats', 'quantity', 'organization'], sort: [] } },
  }));
  console.type('C');
  expect(console.overlay()).toMatchObject({
    entries: expect.arrayContaining([expect.objectContaining({ id: 'cancel' })]),
  });
  const { overlay } = console.state();
  const checked = overlay?.kind === 'menu' ? overlay.entries.filter((entry) => entry.checked).map(({ id }) => id) : [];
  expect(checked).toEqual(['cancel', 'qty', 'org']);
  expect(unknownInSaved({ ...console.state(), views: [] })).toBeNull();
});

test('an unknown column is kept when others are chosen and saved as a view', () => {
  const console = start();
  console.type('C<space>');
  expect(console.state().looks.subscriptions?.columns).toEqual(['qty', 'colour']);
  console.type('<end><space>');
  expect(console.state().looks.subscriptions?.columns).toEqual(['qty', 'read', 'colour']);
  expect(console.state().looks.subscriptions?.sort).toEqual(look.sort);
  console.type('<escape>v<end><enter>');
  console.type('<ctrl+u>two<enter>');
  expect(console.state().views.find(({ name }) => name === 'two')?.columns).toContain('colour');
});

test('an unknown column in the file is kept, rewritten or not', () => {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-remembered-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'remembered.json');
  const saved = { looks: { subscriptions: look }, views: [view], recent: [] };
  writeFileSync(path, JSON.stringify(saved));
  const file = rememberedFile(path, systemClock);
  file.change((kept) => kept);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(saved);
});

test('an unknown sort order is kept when sorting again and saving as a view', () => {
  const console = start();
  console.type('s<home><enter>');
  expect(console.state().looks.subscriptions?.sort).toEqual([{ field: 'name', descending: false }, ...look.sort]);
  console.type('s<end><space><escape>');
  expect(console.state().looks.subscriptions?.sort.at(-1)).toEqual(look.sort[0]);
  console.type('v<end><enter>');
  console.type('<ctrl+u>three<enter>');
  expect(
    console
      .state()
      .views.find(({ name }) => name === 'three')
      ?.sort.at(-1),
  ).toEqual(look.sort[0]);
});

test('an unknown sort order of a level is kept, and the known one after it applies', () => {
  const console = start();
  const seats = { field: 'seats', descending: true };
  const looks = { seller: { columns: null, sort: [...look.sort, seats] } };
  const level = levelScreen([], 'seller');
  console.store.update((state) => push({ ...state, looks }, level));
  expect(console.screen()).toMatchObject({ kind: 'level', sort: seats });
  console.type('s<home><enter>');
  expect(console.state().looks.seller?.sort).toEqual([{ field: 'name', descending: false }, ...look.sort]);
});

test('keeps and names what another version saved beside it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'subdeck-remembered-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'remembered.json');
  const odd = { name: 'later', trail: 'somewhere else', filter: 5 };
  const saved = {
    ...{ looks: { subscriptions: { ...look, widths: [3] }, widgets: { zoom: 2 } }, recent: ['today'] },
    ...{ views: [{ ...view, colour: 'red' }, odd, 7], theme: 'dusk' },
  };
  writeFileSync(path, JSON.stringify(saved));
  const file = rememberedFile(path, systemClock);
  const { views } = file.read();
  expect(views.map(({ name }) => name)).toEqual(['mine']);
  expect(notShownOfSaved({ ...file.read(), looks: {}, views: [] }, file.unread())).toBe(
    'This version of Subdeck cannot read some saved tables and views: “theme”, “widgets”, “later”, 1 more. They are kept but not shown.',
  );
  file.change((kept) => ({ ...kept, recent: ['sync', 'today'] }));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...saved, recent: ['sync', 'today'] });
});

test('a view names its unknown columns and the filter that it omits', () => {
  const console = start();
  console.type('v<home><enter>');
  expect(console.state().status).toMatchObject({ text: expect.stringContaining('“taste”'), tone: 'warn' });
  expect(console.screen()).toMatchObject({ filterText: 'qty<100' });
  console.store.update((state) => ({ ...state, views: [{ ...view, filter: 'taste=sweet' }] }));
  console.type('v<home><enter>');
  expect(console.state().status).toMatchObject({ text: expect.stringContaining('no field "taste"'), tone: 'warn' });
  expect(console.screen()).toMatchObject({ filterText: '' });
  expect(console.state().views).toMatchObject([{ filter: 'taste=sweet' }]);
});
