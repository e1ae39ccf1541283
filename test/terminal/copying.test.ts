import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { type Keyboard, keyboard } from '../stories/keyboard.ts';
import { cached, listed, type Row } from '../stories/story.ts';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let fixture: StoryFixture;
beforeAll(async () => {
  fixture = await openStory({
    connections: ['interworks'],
    sandbox: ['--today=2026-11-21', '--seed=1'],
    env: { WAYLAND_DISPLAY: '', DISPLAY: '', TMUX: '' },
  });
  await fixture.words('sync');
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

/** The list, filtered down to this many rows. */
async function openList(filter: string, rows: number): Promise<Keyboard> {
  const person = keyboard(fixture.console({ args: ['--offline'] }));
  await person.see('Sellers');
  person.press(':');
  person.type('subscriptions');
  person.press('enter', '/');
  person.type(filter);
  await person.see(` ${rows} shown`);
  person.press('enter');
  await person.see(`(${rows} shown)`);
  return person;
}

/** The text last sent to the terminal's clipboard. */
function clipboardOf(output: string): string {
  const sent = [...output.matchAll(/\u001b\]52;c;([^\u0007]*)\u0007/g)].at(-1)?.[1] ?? '';
  return Buffer.from(sent, 'base64').toString('utf8');
}

test('c offers id, REF, row and cells, and names the clipboard it used', async () => {
  const person = await openList('status=active', await cached(fixture, 'status=active'));
  person.press('c');
  await person.see('Copy or export');
  person.press('down', 'enter');
  await person.see("The REF copied to the terminal's clipboard (OSC 52).");
  expect(clipboardOf(person.terminal.output())).toMatch(/^interworks\/\S+$/);
  person.press('c');
  await person.see('Copy or export');
  await person.standOn('Cell: status');
  person.press('enter');
  await person.see('Cell: status copied to');
  expect(clipboardOf(person.terminal.output())).toBe('active');
  person.press('c');
  await person.see('Copy or export');
  await person.standOn('The row');
  person.press('enter');
  await person.see('The row copied to');
  expect(clipboardOf(person.terminal.output())).toMatch(/^[^\t\n]+(?:\t[^\t\n]*)+$/);
});

test('[fault 110] gives up on a hanging clipboard program and uses the terminal', async () => {
  const tools = mkdtempSync(join(tmpdir(), 'subdeck-xclip-'));
  writeFileSync(join(tools, 'xclip'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
  const env = { DISPLAY: ':9', SSH_CONNECTION: '', SSH_TTY: '', PATH: `${tools}:${process.env.PATH}`, STY: '1.screen' };
  const person = keyboard(fixture.console({ args: ['--offline'], env }));
  await person.see('Sellers');
  person.press('S');
  await person.see('Subscriptions');
  person.press('c');
  await person.see('Copy or export');
  person.press('down', 'enter');
  await person.see("The REF copied to the terminal's clipboard (OSC 52, by GNU screen).");
  expect(person.terminal.output()).toMatch(/\u001bP\u001b\]52;c;[\w+/=]+\u0007\u001b\\/);
  rmSync(tools, { recursive: true });
});

test('copies the receipt of a write from the journal as Markdown', async () => {
  const [row] = await listed<Row>(fixture, 'subscription', 'list', '--offline', '--filter', 'status=active qty>5');
  if (row === undefined) throw new Error('interworks has no subscription.');
  await fixture.words('subscription', 'set-quantity', row.ref, `${row.quantity - 1}`, '--yes', '--reason', 'ticket 42');
  const person = keyboard(fixture.console({ args: ['--offline'] }));
  await person.see('Sellers');
  person.press('J');
  await person.see('Lower the quantity');
  person.press('c', 'enter');
  await person.see("The receipt (Markdown) copied to the terminal's clipboard (OSC 52).");
  const receipt = clipboardOf(person.terminal.output());
  for (const part of [row.id, 'ticket 42', `${row.quantity - 1}`]) expect(receipt).toContain(part);
});

test('writes the shown rows, or all, to a new private file', async () => {
  const [shown, all] = await Promise.all([cached(fixture, 'status=suspended'), cached(fixture)]);
  const person = await openList('status=suspended', shown);
  const file = join(fixture.home, 'suspended.csv');
  person.press('c');
  await person.see('Copy or export');
  await person.standOn(`Export ${shown} shown as CSV…`);
  person.press('enter');
  await person.see('Export to which new file?');
  person.press('ctrl+u');
  person.type(file);
  person.press('enter');
  await person.see(`${shown} shown written to`);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(shown + 1);
  expect(lines.slice(1).every((line) => line.includes('suspended'))).toBe(true);
  expect(lines.slice(1).every((line) => !/^[=+@-]/.test(line))).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  person.press('c');
  await person.see('Copy or export');
  await person.standOn(`Export ${shown} shown as JSON…`);
  person.press('enter');
  await person.see(`A relative path is in ${fixture.home}`);
  person.press('ctrl+u');
  person.type(join(fixture.home, 'nowhere', 'rows.json'));
  person.press('enter');
  await person.see(`There is no folder ${join(fixture.home, 'nowhere')}.`);
  person.press('ctrl+u');
  person.type('rows.json');
  person.press('enter');
  await person.see(`${shown} shown written to`);
  expect(JSON.parse(readFileSync(join(fixture.home, 'rows.json'), 'utf8'))).toHaveLength(Number(shown));

  person.press('c');
  await person.see('Copy or export');
  await person.standOn(`Export ${all} all as NDJSON…`);
  person.press('enter');
  await person.see('Export to which new file?');
  person.press('ctrl+u');
  person.type(file);
  person.press('enter');
  await person.see('already exists');
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n')).toHaveLength(shown + 1);
  person.type('.all');
  person.press('enter');
  await person.see(`${all} all written to`);
  const rows = readFileSync(`${file}.all`, 'utf8').trimEnd().split('\n');
  expect(rows).toHaveLength(all);
  expect(JSON.parse(rows[0] ?? '')).toMatchObject({ connection: 'interworks' });
});

test('one key copies the handover as Markdown', async () => {
  const person = keyboard(fixture.console({ args: ['--offline'], columns: 80 }));
  await person.see('Sellers');
  person.press('H');
  await person.see('# Handover');
  person.press('c', 'enter');
  await person.see('The text copied to');
  expect(clipboardOf(person.terminal.output())).toContain('## Deadlines in 48 hours');
  person.press(':');
  person.type('help subscription cancel');
  person.press('enter');
  await person.see(/--confirm ID +the id, to confirm an irreversible write(?: without)?\n +(?:without )?a prompt;/m);
});

test.runIf(needs('tmux'))('in tmux without passthrough the text is in its buffer and on screen', async () => {
  const tmux = ['-L', `copying-${process.pid}`, '-f', '/dev/null'];
  const inside = ['new-session', process.execPath, program, '--offline'];
  const env = { SUBDECK_HOME: fixture.home, WAYLAND_DISPLAY: '', DISPLAY: '', TMUX: '' };
  const person = keyboard(openTerminal({ command: 'tmux', args: [...tmux, ...inside], env, columns: 100, rows: 30 }));
  try {
    await person.see('Sellers 1');
    person.press('c');
    await person.see('Copy or export');
    await person.standOn('The name');
    person.press('enter');
    await person.see("The name copied to tmux's buffer and the terminal's clipboard.");
    expect(execFileSync('tmux', [...tmux, 'show-buffer']).toString()).toBe('interworks');
    const sent = [...person.terminal.output().matchAll(/\u001b\]52;[^;]*;([^\u0007]+)\u0007/g)].at(-1)?.[1] ?? '';
    expect(Buffer.from(sent, 'base64').toString()).toBe('interworks');
  } finally {
    execFileSync('tmux', [...tmux, 'kill-server']);
  }
});
