import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HostileFixture, openHostileFixture } from '../hostile/fixture.ts';
import { program } from './demo.ts';
import { closeTerminals, openTerminal } from './terminal.ts';

let fixture: HostileFixture;
beforeEach(async () => {
  fixture = await openHostileFixture();
  fixture.vendor.rows = ['Active', 'Suspended', 'Cancelled', 'Odd'].map((status, at) => ({
    ...{ id: `${at}`, name: `Mail ${at}`, account: 'Acme', product: 'Box', status },
  }));
});
afterEach(async () => {
  closeTerminals();
  await fixture.close();
});

const words = ['active', 'suspended', 'cancelled', 'unknown'];

/** The list of subscriptions, the help and the menu of actions, in sequence, as the terminal received them. */
async function walk(env: Readonly<Record<string, string>>) {
  const terminal = fixture.terminal([], { columns: 120, rows: 30 }, env);
  await terminal.see('SELLER');
  terminal.press('S');
  const list = await terminal.see(/Subscriptions 4[\s\S]*Mail 3/);
  terminal.press('?');
  await terminal.see('On this screen');
  terminal.press('escape');
  await terminal.see((screen) => !screen.includes('On this screen'));
  terminal.press('a');
  await terminal.see('Change the quantity');
  terminal.kill('SIGTERM');
  await terminal.exited;
  return { list, output: terminal.output() };
}

test.each<[string, Readonly<Record<string, string>>]>([
  ['no colour', { NO_COLOR: '1' }],
  ['a locale without UTF-8', { LANG: 'C' }],
])('[fault 43] with %s every status is a word', async (_, env) => {
  const { list } = await walk(env);
  const rows = list.split('\n').filter((line) => /Mail \d/.test(line));
  expect(rows.map((row) => words.find((word) => new RegExp(`\\b${word}\\b`).test(row)))).toEqual(words);
});

test('[fault 43] draws only ASCII if the locale is not UTF-8', async () => {
  const { output } = await walk({ LANG: 'C' });
  expect([...new Set(output.match(/[^\x00-\x7f]/gu))]).toEqual([]);
});

test('[fault 43] draws no colour if colour is off', async () => {
  const { output } = await walk({ NO_COLOR: '1' });
  const styles = [...output.matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, codes = '']) => codes.split(';').map(Number));
  expect(styles.filter((code) => code >= 30 && code !== 39 && code !== 49)).toEqual([]);
});

test('[fault 43] a dumb terminal gets plain lines and no escape sequence', async () => {
  const terminal = fixture.terminal([], { columns: 120, rows: 30 }, { TERM: 'dumb' });
  await terminal.see('Screen-reader mode, turned on by TERM=dumb');
  await terminal.see(/1\. Name: /);
  terminal.type('subscription list\r');
  const screen = await terminal.see(/Mail 3/);
  for (const word of words) expect(screen).toMatch(new RegExp(`\\b${word}\\b`));
  terminal.type('q\r');
  expect(await terminal.exited).toMatchObject({ code: 0 });
  expect(terminal.output()).not.toContain('\u001b');
});

test.each([
  ['stdin is not a terminal', '"$NODE" "$PROGRAM" </dev/null'],
  ['stdin is a pipe', 'echo q | "$NODE" "$PROGRAM"'],
  ['stdout is not a terminal', 'set -o pipefail; "$NODE" "$PROGRAM" | cat'],
  ['stdout is closed at once', 'set -o pipefail; "$NODE" "$PROGRAM" | true'],
])('[fault 44] exits 2 with one line if %s, and draws nothing', async (_, script) => {
  const env = { ...fixture.env, NODE: process.execPath, PROGRAM: program };
  const terminal = openTerminal({ command: 'bash', args: ['-c', script], env, columns: 200 });
  expect(await terminal.exited).toMatchObject({ code: 2 });
  expect(terminal.output()).toMatch(/^subdeck: The console needs a terminal\. [^\n]*\r?\n$/);
});

test('[fault 44] a list piped from a terminal is JSON only', async () => {
  await fixture.words('sync');
  const env = { ...fixture.env, NODE: process.execPath, PROGRAM: program };
  const script = '"$NODE" "$PROGRAM" subscription list --json | "$NODE" -e "process.stdin.pipe(process.stdout)" | cat';
  const terminal = openTerminal({ command: 'bash', args: ['-c', script], env, columns: 2000 });
  expect(await terminal.exited).toMatchObject({ code: 0 });
  expect(JSON.parse(terminal.output())).toHaveLength(4);
});
