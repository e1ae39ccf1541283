import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { modesOf } from './demo.ts';
import { closeTerminals, type Terminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['cloudmore-seller', 'lineworks'] });
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

/** Clicks on a text: press and release. */
function click(terminal: Terminal, text: string): void {
  const row = terminal.lines().findIndex((line) => line.includes(text));
  const column = (terminal.lines()[row] ?? '').indexOf(text);
  if (row === -1) throw new Error(`There is no ${text} on the screen.`);
  terminal.type(`\x1b[<0;${column + 1};${row + 1}M\x1b[<0;${column + 1};${row + 1}m`);
}

/** The row under the cursor. */
function cursorRow(terminal: Terminal): string {
  return terminal.lines().find((line) => line.startsWith('▌')) ?? '';
}

async function opened(options: { readonly args?: readonly string[] } = {}): Promise<Terminal> {
  const terminal = fixture.console({ ...options, columns: 100, rows: 24 });
  await terminal.see((screen) => screen.includes('Nordavind') && !/reading|never read/.test(screen));
  return terminal;
}

describe('the mouse', () => {
  it('selects a row, opens it by a second click, and scrolls by the wheel', async () => {
    const terminal = await opened();
    terminal.press('g');
    await terminal.see(/^▌ {2}lineworks/m);
    click(terminal, 'Nordavind');
    await terminal.see(/^▌ {2}Nordavind/m);
    click(terminal, 'Nordavind');
    await terminal.see('Resellers');
    terminal.press('S');
    await terminal.see('Subscriptions');
    terminal.press('g');
    await terminal.see(() => terminal.lines()[3]?.startsWith('▌') === true);
    const first = cursorRow(terminal);
    terminal.type('\x1b[<65;10;10M');
    await terminal.see(() => terminal.lines().findIndex((line) => line.startsWith('▌')) === 6);
    terminal.type('\x1b[<64;10;10M');
    await terminal.see(() => cursorRow(terminal) === first);
  });

  it('selects a menu entry', async () => {
    const terminal = await opened();
    terminal.press('S');
    await terminal.see('Subscriptions');
    terminal.press('s');
    await terminal.see('end date');
    click(terminal, 'end date');
    await terminal.see(/▌ end date/);
    click(terminal, 'end date');
    await terminal.see('by end date');
  });

  it('never confirms a plan', async () => {
    const terminal = await opened();
    terminal.press('G', 'S');
    await terminal.see(/Subscriptions [1-9]/);
    terminal.press('a');
    await terminal.see(/▌ Set the licence key/);
    terminal.press('enter');
    await terminal.see('it is sent once');
    terminal.type('AAAA-1111');
    terminal.press('enter');
    const plan = await terminal.see('Press Enter to send, Esc to go back');
    terminal.type('\x1b[<0;50;12M\x1b[<65;50;12M\x1b[<0;50;12m');
    terminal.press('ctrl+l');
    expect((await terminal.see('Press Enter to send, Esc to go back')).split('\n')[4]).toBe(plan.split('\n')[4]);
    terminal.press('escape');
    await terminal.see('Nothing was sent.');
  });

  it('stays with the terminal if the settings say so', async () => {
    const path = join(fixture.home, 'settings.json');
    const settings = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(settings), theme: { mouse: false, marks: 'ascii' } }));
    const terminal = await opened();
    expect(modesOf(terminal.output())['1000']).toBe(false);
    expect(terminal.lines().join('')).not.toMatch(/[▌●↑↓─╭]/);
    writeFileSync(path, settings);
  });
});

describe('what a console stores for the next one', () => {
  it('is a private file, and a broken one loses nothing else', async () => {
    const first = await opened();
    first.press('S');
    await first.see('Subscriptions');
    first.press('s');
    await first.see('Sort by');
    first.press('home', 'enter');
    await first.see('by name');
    first.press('q');
    await first.exited;
    const path = join(fixture.home, 'remembered.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const second = await opened();
    second.press('S');
    await second.see('by name');
    second.press('q');
    await second.exited;

    writeFileSync(path, '{"looks": 7');
    const third = await opened();
    third.press('S');
    expect(await third.see('Subscriptions')).not.toContain('by name');
  });
});

describe('custom keys in the settings', () => {
  it('work; conflicts are named at the start and by doctor', async () => {
    const home = mkdtempSync(join(tmpdir(), 'subdeck-keys-'));
    const path = join(fixture.home, 'settings.json');
    const settings = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(settings), keys: { sort: 'x', mark: 'x', quit: 'Q' } }));
    const terminal = fixture.console({ columns: 120, rows: 24 });
    await terminal.see('keys: "x" is set for both "sort" and "mark"; only one of them receives it.');
    const doctor = await fixture.words('doctor');
    expect(doctor.stdout).toContain('"x" is set for both "sort" and "mark"');
    expect(terminal.lines().at(-1)).toContain('x sort');
    terminal.press('x');
    await terminal.see('Sort by');
    terminal.press('escape');
    await terminal.see((screen) => !screen.includes('Sort by'));
    terminal.press('q', 'Q');
    expect(await terminal.exited).toMatchObject({ code: 0 });
    writeFileSync(path, settings);
    rmSync(home, { recursive: true });
  });
});
