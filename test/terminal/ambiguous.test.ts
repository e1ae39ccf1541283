import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { cellLines } from './ambiguous-characters.ts';
import { closeTerminals, openTerminal, type Terminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks'], sandbox: ['--today=2026-11-21', '--seed=1'] });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

function open(ambiguous: 'narrow' | 'wide', size = { columns: 80, rows: 24 }): Terminal {
  const settings = join(fixture.home, 'settings.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), theme: { ambiguous } }));
  const program = join(import.meta.dirname, '../../bin/subdeck.js');
  const env = { SUBDECK_HOME: fixture.home };
  return openTerminal({ args: [program, '--offline'], env, ...size, isAmbiguousWide: true });
}

/** The columns in which the status of the rows on screen begins, and that of its header. */
function statusColumns(terminal: Terminal): readonly number[] {
  const lines = cellLines(terminal.emulator);
  const rows = lines.flatMap((line) => /\S\0? (?:active|suspended|cancelled)/.exec(line)?.index ?? []);
  return [...new Set([...lines.map((line) => line.indexOf('STATUS')).filter((at) => at >= 0), ...rows])];
}

/** The columns of the left and the right border of the box on screen. */
function borders(terminal: Terminal): readonly (readonly number[])[] {
  const lines = cellLines(terminal.emulator).filter((line) => /^\s*[|+].*[|+]\s*$/.test(line));
  return [lines.map((line) => line.search(/\S/)), lines.map((line) => line.trimEnd().length)].map((columns) => [
    ...new Set(columns),
  ]);
}

async function openList(terminal: Terminal): Promise<void> {
  await terminal.see('1/1');
  terminal.press('S');
  await terminal.see(/Subscriptions [1-9]/);
  terminal.press('/');
  terminal.type('status=active qty>5');
  terminal.press('enter');
  await terminal.see(/\(\d+ shown\)/);
}

test.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('lines stay in place where ambiguous characters are wide ($columns×$rows)', async (size) => {
  const terminal = open('wide', size);
  await openList(terminal);
  await terminal.see('ß');
  // What is on screen may be half of the next frame.
  await expect.poll(() => statusColumns(terminal)).toHaveLength(1);
  terminal.press('s');
  await terminal.see(/\+-+\+\s*$/m);
  await terminal.see('Esc close');
  const [left, right] = borders(terminal);
  expect([left?.length, right?.length]).toEqual([1, 1]);
  const lines = cellLines(terminal.emulator);
  expect(lines[0]).toMatch(/^ subdeck/);
  expect(lines.at(-1)).toContain('Esc close');
  expect(terminal.output()).not.toMatch(/[…●▌→│╭]/u);
});

test('without the setting they do not', async () => {
  const terminal = open('narrow');
  await terminal.see('1/1');
  terminal.press('S');
  await terminal.see('Weiß');
  expect(statusColumns(terminal).length).toBeGreaterThan(1);
});
