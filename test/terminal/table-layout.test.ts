import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { closeTerminals, type Terminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks'], sandbox: ['--today=2026-11-21', '--seed=1'] });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

/** The list of subscriptions with these theme settings. */
async function listWith(theme: object): Promise<Terminal> {
  const path = join(fixture.home, 'settings.json');
  const settings = readFileSync(path, 'utf8');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(settings), theme }));
  const terminal = fixture.console({ args: ['--offline'] });
  await terminal.see('Sellers 1');
  terminal.press('S');
  await terminal.see(/Subscriptions \d.*Backup 100.*read-write/s);
  writeFileSync(path, settings);
  return terminal;
}

interface TableLayouts {
  /** Indexes of the terminal's sixteen colours. */
  readonly colours: ReadonlySet<number>;
  /** Colours outside the sixteen. */
  readonly others: number;
  readonly dim: number;
}

function looksOf({ emulator }: Terminal): TableLayouts {
  const cells = Array.from({ length: emulator.rows }, (_, row) => emulator.buffer.active.getLine(row)).flatMap((line) =>
    Array.from({ length: emulator.cols }, (_, column) => line?.getCell(column)).filter((cell) => cell !== undefined),
  );
  const fronts = cells.filter((cell) => !cell.isFgDefault());
  return {
    colours: new Set(fronts.map((cell) => cell.getFgColor())),
    others: cells.filter((cell) => cell.isFgRGB() || cell.isBgRGB() || cell.getFgColor() > 15 || !cell.isBgDefault())
      .length,
    dim: cells.filter((cell) => cell.isDim()).length,
  };
}

const [red, green, yellow, blue, magenta, cyan] = [1, 2, 3, 4, 5, 6];
const bright = [9, 10, 11, 14];

test('a dark background uses three terminal colours and no background', async () => {
  const { colours, others, dim } = looksOf(await listWith({ background: 'dark' }));
  expect([...colours].toSorted()).toEqual([green, yellow, cyan]);
  expect(others).toBe(0);
  expect(dim).toBeGreaterThan(0);
});

test('a light background uses neither yellow nor cyan, which are unreadable there', async () => {
  const { colours, others } = looksOf(await listWith({ background: 'light' }));
  expect([...colours].toSorted()).toEqual([green, blue, magenta]);
  expect(others).toBe(0);
});

test('high contrast has no dim text, and bright colours on dark', async () => {
  const dark = looksOf(await listWith({ background: 'dark', contrast: 'high' }));
  expect(dark.dim).toBe(0);
  expect([...dark.colours].every((colour) => bright.includes(colour))).toBe(true);
  const light = looksOf(await listWith({ background: 'light', contrast: 'high' }));
  expect(light.dim).toBe(0);
  expect([...light.colours].every((colour) => [red, green, blue, magenta].includes(colour))).toBe(true);
});
