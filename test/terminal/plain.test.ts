import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Den, openDen } from '../hostile/den.ts';
import { closeTerminals } from './terminal.ts';

let den: Den;
beforeEach(async () => {
  den = await openDen();
  den.vendor.rows = ['Active', 'Suspended', 'Cancelled', 'Odd'].map((status, at) => ({
    ...{ id: `${at}`, name: `Mail ${at}`, account: 'Acme', product: 'Box', status },
  }));
});
afterEach(async () => {
  closeTerminals();
  await den.close();
});

const words = ['active', 'suspended', 'cancelled', 'unknown'];

/** The list of subscriptions, the help and the menu of actions, one after the other, as the terminal got them. */
async function walk(env: Readonly<Record<string, string>>) {
  const terminal = den.terminal([], { columns: 120, rows: 30 }, env);
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

test('[fault 43] where the locale is not UTF-8 nothing but ASCII is drawn', async () => {
  const { output } = await walk({ LANG: 'C' });
  expect([...new Set(output.match(/[^\x00-\x7f]/gu))]).toEqual([]);
});

test('[fault 43] without colour nothing is coloured', async () => {
  const { output } = await walk({ NO_COLOR: '1' });
  const styles = [...output.matchAll(/\u001b\[([\d;]*)m/g)].flatMap(([, codes = '']) => codes.split(';').map(Number));
  expect(styles.filter((code) => code >= 30 && code !== 39 && code !== 49)).toEqual([]);
});

test('[fault 43] a dumb terminal gets plain lines and no escape sequence', async () => {
  const terminal = den.terminal([], { columns: 120, rows: 30 }, { TERM: 'dumb' });
  await terminal.see('Screen-reader mode, turned on by TERM=dumb');
  await terminal.see(/1\. Name: /);
  terminal.type('subscription list\r');
  const screen = await terminal.see(/Mail 3/);
  for (const word of words) expect(screen).toMatch(new RegExp(`\\b${word}\\b`));
  terminal.type('q\r');
  expect(await terminal.exited).toMatchObject({ code: 0 });
  expect(terminal.output()).not.toContain('\u001b');
});
