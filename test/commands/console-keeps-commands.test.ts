import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import { wordRunner } from '../../src/cli/word-runner.ts';
import { run as runTyped } from '../../src/commands/keys/effects/palette.ts';
import { replyTexts } from '../../src/screens/screens/reply-texts.ts';
import { topScreen } from '../../src/state/console-state.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';

/** A home with one connection; no vendor is called. */
function home(isSandbox: boolean) {
  const directory = temporaryDirectory();
  const path = join(directory, 'settings.json');
  const settings = { connections: { nordic: { vendor: 'vmware', settings: { orgId: 'o' } } } };
  writeFileSync(path, JSON.stringify(settings), { mode: 0o600 });
  const none = { secrets: new Map<string, string>(), env: {}, onCall: null };
  const app = openApp({ paths: appPathsIn(directory), ...none, offline: true, readOnly: false, clock: fastClock() });
  onTestFinished(() => app.close());
  const words = wordRunner(app.context, { isSandbox });
  const saved = () => JSON.parse(readFileSync(path, 'utf8')).connections.nordic.settings;
  return { words, saved, run: (...argv: readonly string[]) => words(argv, new AbortController().signal) };
}

test.each([false, true])(
  'the palette changes a setting without leaving the console, on the sandbox: %s',
  async (isSandbox) => {
    const { run, saved } = home(isSandbox);
    const reply = await run('connection', 'set', 'nordic', 'baseUrl=https://vendor.example');
    expect([reply.asks, reply.faults]).toEqual([false, []]);
    expect(reply.lines.join('\n')).toContain('https://vendor.example');
    expect(saved().baseUrl).toBe('https://vendor.example');
  },
);

test('a command leaves the console only to ask for what is missing', async () => {
  const { run } = home(false);
  expect((await run('connection', 'set', 'nordic')).asks).toBe(true);
  expect((await run('connection', 'add')).asks).toBe(true);
  expect((await run('connection', 'add', '--vendor', 'cloudmore')).asks).toBe(true);
  const stays = [
    ['connection set nobody', 'There is no connection "nobody".'],
    ['connection add own --vendor vmware', 'orgId is missing.'],
    ['connection add own --vendor nobody', 'There is no vendor "nobody".'],
    ['connection set', 'NAME'],
    ['team join postgres://db.example/subdeck', 'The console does not run this command.'],
    ['subscription set-license nordic/sub-1', 'The console does not run this command.'],
    ['demo', 'This command works only on the command line.'],
  ] as const;
  for (const [words, message] of stays) {
    const { asks, faults } = await run(...words.split(' '));
    expect([words, asks, faults[0]?.message]).toEqual([words, false, expect.stringContaining(message)]);
  }
});

test('the console shows scripts unchanged, and next steps as it takes them', async () => {
  const { run } = home(false);
  const words = (isData: boolean) => replyTexts({ isData, lines: ['subdeck sync nordic'] })[0];
  for (const command of ['completion bash', 'version', 'connection show nordic --json']) {
    const { isData } = await run(...command.split(' '));
    expect([command, words(isData)]).toEqual([command, 'subdeck sync nordic']);
  }
  for (const command of ['connection show nordic', 'help sync']) {
    const { isData } = await run(...command.split(' '));
    expect([command, words(isData)]).toEqual([command, ':sync nordic']);
  }
});

test('the sandbox has no other secrets to ask for', async () => {
  const { run } = home(true);
  const { asks, faults } = await run('connection', 'set', 'nordic');
  expect([asks, faults[0]?.message]).toEqual([false, expect.stringContaining('part of the sandbox')]);
  expect((await run('connection', 'add')).asks).toBe(true);
});

test('the palette leaves for what asks, and shows every other answer', async () => {
  const console = makeConsole(makeFixture(manyRows(3)));
  onTestFinished(() => console.stop());
  const leaving = Promise.withResolvers<readonly string[]>();
  Object.assign(console.deps, { runWords: home(false).words, leaveFor: leaving.resolve });
  runTyped(console.store, console.deps, 'connection set nordic baseUrl=https://vendor.example');
  await console.until((state) => topScreen(state).kind === 'reply');
  runTyped(console.store, console.deps, 'connection set nordic');
  expect(await leaving.promise).toEqual(['connection', 'set', 'nordic']);
});
