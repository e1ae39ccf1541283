import { afterEach, expect, it } from 'vitest';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

/** Three marked rows, of which the filter shows one. */
async function start(): Promise<TestConsole> {
  const rows = ['Backup', 'Mail', 'Backup 2'].map((name) => subscription({ id: name, name: safe(name) }));
  open = makeConsole(makeFixture(rows), { columns: 120, rows: 24 });
  open.type('S*/name:mail');
  open.type('<enter>');
  return open;
}

it('says in the status line how many marked rows the filter hides', async () => {
  const console = await start();
  expect(frameOf(console).at(-2)).toContain('3 marked, 2 outside this filter, 75 seats');
  console.type('<escape>');
  expect(frameOf(console).at(-2)).toContain('3 marked, 75 seats');
});

it('says it in the menus that take the marked rows', async () => {
  const console = await start();
  console.type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  expect(console.overlay()).toMatchObject({
    title: '3 marked, 2 outside this filter: opens a plan, sends nothing yet',
  });
  console.type('<escape>c');
  const menu = console.overlay();
  const entries = menu?.kind === 'menu' ? menu.entries : [];
  expect(entries.map(({ label }) => label)).toContain('The 3 marked ids, 2 outside this filter');
  expect(entries.find(({ id }) => id === 'export marked csv')?.note).toMatch(/^2 outside this filter; /);
});

it('says it on the plan that is made of them', async () => {
  const console = await start();
  console.type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  const menu = console.overlay();
  const target = menu?.kind === 'menu' ? menu.entries.findIndex(({ id }) => id.startsWith('suspend')) : -1;
  console.type(`<home>${'j'.repeat(target)}`);
  console.type('<enter>');
  await console.until(({ stack }) => stack.at(-1)?.kind === 'bulk');
  expect(frameOf(console)[1]).toContain('suspend 3   2 outside the filter of the list');
  console.type('<space>');
  expect(frameOf(console)[1]).toContain('suspend 2   1 outside the filter of the list');
});
