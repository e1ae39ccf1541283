import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { recentLine } from '../../src/commands/keys/effects/typed-line.ts';
import { commands } from '../../src/commands/table.ts';
import { operations } from '../../src/operations/registry.ts';
import { readerHelp } from '../../src/screens/screen-reader/answer.ts';

const src = join(import.meta.dirname, '../../src');

function twice<Value>(values: readonly Value[]): readonly Value[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

test('no command is in the table twice, once with words and once with keys', () => {
  expect(twice(commands.map(({ id }) => id))).toEqual([]);
});

test('every command has words or keys', () => {
  expect(commands.filter(({ words, keys }) => words === undefined && keys === undefined)).toEqual([]);
});

test('the summary of a command is written only once in src', () => {
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join(src, file), 'utf8'))
    .join('\n');
  const times = (summary: string) => code.split(`summary: ${summary}`).length - 1;
  const written = [...new Set(commands.map(({ summary }) => summary))].map((summary) => ({
    summary,
    times: times(`'${summary.replaceAll("'", "\\'")}'`) + times(`"${summary}"`),
  }));
  expect(written.filter((each) => each.times > 1)).toEqual([]);
  expect(written.filter((each) => each.times === 1).length).toBeGreaterThan(100);
});

test('commands that do the same share a summary', () => {
  const doers = commands.flatMap(({ summary, words, keys }) =>
    [words?.run, keys?.perform].flatMap((does) => (does === undefined ? [] : [{ does, summary }])),
  );
  const summaries = Map.groupBy(doers, ({ does }) => does);
  const several = [...summaries.values()].map((group) => new Set(group.map(({ summary }) => summary)));
  expect(several.filter((each) => each.size > 1)).toEqual([]);
});

function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'id' in value && 'summary' in value;
}

test.each(['words', 'keys'])('every command exported by a file of commands/%s is in the table once', async (folder) => {
  const files = readdirSync(join(src, 'commands', folder)).filter((file) => file.endsWith('.ts'));
  const found: string[] = [];
  for (const file of files) {
    const exports: Record<string, unknown> = await import(join(src, 'commands', folder, file));
    for (const [name, value] of Object.entries(exports)) {
      // Commands that need the whole table are created by a function of it.
      const made = typeof value === 'function' && name.endsWith('Command') ? value(() => commands) : value;
      found.push(...[made].flat().flatMap((each) => (isCommand(each) ? [each.id] : [])));
    }
  }
  expect(found.length).toBeGreaterThan(30);
  const ids = commands.map(({ id }) => id);
  expect(found.filter((id) => ids.filter((other) => other === id).length !== 1)).toEqual([]);
});

test('each screen-reader letter is one command of a screen, and the help names it', () => {
  const letters = commands.flatMap(({ keys }) => keys?.readerKey ?? []);
  expect(letters.length).toBeGreaterThan(8);
  const ofScreens = commands.flatMap(({ keys }) =>
    keys?.readerKey === undefined ? [] : keys.scopes.map((scope) => `${keys.readerKey} ${scope}`),
  );
  expect(twice(ofScreens)).toEqual([]);
  // What works anywhere, and paging, which exists in that mode only, has its letter alone.
  const anywhere = commands.flatMap(({ keys }) => (keys?.scopes.includes('any') ? (keys.readerKey ?? []) : []));
  const alone = [...anywhere, 'n', 'p'];
  expect(
    alone.filter(
      (letter) =>
        letters.filter((other) => other === letter).length > (alone.indexOf(letter) < anywhere.length ? 1 : 0),
    ),
  ).toEqual([]);
  expect(letters.filter((letter) => !new RegExp(`\\b${letter}\\b`).test(readerHelp.join(' ')))).toEqual([]);
});

test('a command that takes a secret is remembered without its arguments', () => {
  const flagged = commands.filter(({ words }) => words?.flags.some(({ name }) => name.startsWith('secret')));
  const secret = operations.filter(({ inputs }) => inputs.some(({ kind }) => kind === 'secret'));
  const ids = [...flagged.map(({ id }) => id), ...secret.map(({ command }) => command)];
  expect(ids).toEqual(['connection add', 'connection set', 'team init', 'team join', 'subscription set-license']);
  for (const id of ids) expect(recentLine(`${id} hunter2`, commands)).toBe(id);
});
