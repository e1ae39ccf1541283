import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findAppPaths } from '../../src/app/paths.ts';

test('SUBDECK_HOME puts all files into one directory', () => {
  expect(findAppPaths({ SUBDECK_HOME: '/srv/deck', XDG_CACHE_HOME: '/x' }, 'linux', () => '/home/a')).toEqual({
    settings: '/srv/deck/settings.json',
    cache: '/srv/deck/cache.db',
    assistantLog: '/srv/deck/logs/assistant.jsonl',
    proposals: '/srv/deck/proposals',
    journal: '/srv/deck/journal.db',
    logs: '/srv/deck/logs',
    keychainNotes: '/srv/deck/keychain.json',
    environmentAddresses: '/srv/deck/environment.json',
    home: '/srv/deck',
  });
});

test('[fault 87] Linux uses the XDG directories and ignores a relative one', () => {
  const paths = findAppPaths(
    { XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: 'relative', XDG_STATE_HOME: '' },
    'linux',
    () => '/home/a',
  );
  expect(paths.settings).toBe('/c/subdeck/settings.json');
  expect(paths.cache).toBe('/home/a/.cache/subdeck/cache.db');
  expect(paths.journal).toBe('/home/a/.local/state/subdeck/journal.db');
  expect(paths.logs).toBe('/home/a/.local/state/subdeck/logs');
});

test('macOS uses ~/Library', () => {
  const paths = findAppPaths({ XDG_CONFIG_HOME: '/c' }, 'darwin', () => '/Users/a');
  expect(paths.settings).toBe('/Users/a/Library/Application Support/subdeck/settings.json');
  expect(paths.cache).toBe('/Users/a/Library/Caches/subdeck/cache.db');
});

test.each([
  [
    'no entry',
    () => {
      throw new Error('ENOENT');
    },
  ],
  ['an empty HOME', () => ''],
  ['a relative HOME', () => 'home'],
])('[fault 107] a user with %s gets an error unless SUBDECK_HOME is set', (_, home) => {
  expect(() => findAppPaths({}, 'linux', home)).toThrow('There is no home directory');
  expect(findAppPaths({ SUBDECK_HOME: '/srv/deck' }, 'linux', home).journal).toBe('/srv/deck/journal.db');
});

test('[fault 118] a home resolves to one real path, under any name and before it exists', () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'subdeck-paths-')));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  symlinkSync(directory, join(directory, 'link'));
  const homeOf = (path: string) => findAppPaths({ SUBDECK_HOME: path }).home;
  const wanted = join(directory, 'below', 'home');
  expect([wanted, join(directory, 'link', 'below', 'home')].map(homeOf)).toEqual([wanted, wanted]);
  mkdirSync(wanted, { recursive: true });
  expect(homeOf(join(directory, 'link', 'link', 'below', 'home'))).toBe(wanted);
  expect(findAppPaths({}, 'linux', () => '/home/a').home).toBeNull();
});
