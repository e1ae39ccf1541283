import { chmodSync, chownSync, lchownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/app/clock.ts';
import { readSettings, writeConnection } from '../../src/config/settings-file.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { openCache } from '../../src/query/open-cache.ts';
import { fileLock } from '../../src/system/file-lock.ts';
import { foreignness } from '../../src/system/ownership.ts';

const isRoot = process.getuid?.() === 0;
let top = '';
let home = '';
let file = '';
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'subdeck-own-'));
  home = join(top, 'home');
  mkdirSync(home, { mode: 0o700 });
  file = join(home, 'settings.json');
  writeFileSync(file, '{}', { mode: 0o600 });
});
afterEach(() => rmSync(top, { recursive: true }));

const stranger = 1234;

test('[fault 87] trusts what belongs to this user only, in /tmp and through own links too', () => {
  expect(foreignness(file)).toBeNull();
  expect(foreignness(join(home, 'not', 'there'))).toBeNull();
  chmodSync(file, 0o644);
  chmodSync(home, 0o755);
  symlinkSync(home, join(top, 'link'));
  expect(foreignness(join(top, 'link', 'settings.json'))).toBeNull();
  chmodSync(top, 0o1777);
  expect(foreignness(file)).toBeNull();
});

test('[fault 87] refuses what other users may write, whoever owns it', () => {
  for (const mode of [0o620, 0o602, 0o666]) {
    chmodSync(file, mode);
    expect(foreignness(file)).toEqual({
      what: 'it can be written by other users',
      next: `Check its contents, then run chmod go-w ${file}`,
    });
  }
  chmodSync(file, 0o600);
  for (const mode of [0o770, 0o702]) {
    chmodSync(home, mode);
    expect(foreignness(file)?.what).toBe(`other users can write to its directory (${home})`);
    expect(foreignness(join(home, 'new.json'))?.what).toContain('can write');
  }
  chmodSync(home, 0o700);
  chmodSync(top, 0o777);
  expect(foreignness(file)?.what).toBe(`it is below ${top}, where every user can write`);
});

test.runIf(isRoot)('[fault 87] refuses what another user owns, as root too', () => {
  chownSync(file, stranger, stranger);
  expect(foreignness(file)?.what).toBe('it belongs to another user');
  chownSync(file, 0, 0);
  chownSync(home, stranger, stranger);
  expect(foreignness(file)?.what).toBe(`its directory belongs to another user (${home})`);
  chownSync(home, 0, 0);
  const link = join(top, 'link');
  symlinkSync(home, link);
  lchownSync(link, stranger, stranger);
  expect(foreignness(join(link, 'settings.json'))?.what).toBe(`${link} is a link that belongs to another user`);
  rmSync(link);
  // With the sticky bit others cannot replace a file, but can create one beside it.
  chmodSync(home, 0o1777);
  expect(foreignness(file)).toBeNull();
  writeFileSync(`${file}-wal`, '');
  chownSync(`${file}-wal`, stranger, stranger);
  expect(foreignness(file)?.what).toBe(`${file}-wal belongs to another user`);
  rmSync(`${file}-wal`);
  chmodSync(home, 0o700);
  // The owner of directories further up does not matter if others cannot write there.
  chownSync(top, stranger, stranger);
  expect(foreignness(file)).toBeNull();
});

test('[fault 87] does not use settings, cache, journal and locks that others may write', async () => {
  chmodSync(home, 0o777);
  const declarations = new Map();
  const words = 'other users can write to its directory';
  expect(() => readSettings(file, declarations)).toThrow(words);
  expect(() => writeConnection(file, declarations, 'a', null)).toThrow(words);
  const cache = openCache(join(home, 'cache.db'), { clock: systemClock });
  expect(cache.notice).toContain(words);
  cache.close();
  const journal = openJournal(join(home, 'journal.db'), { clock: systemClock });
  expect(journal.health()?.message).toContain(words);
  journal.dispose();
  await expect(fileLock(join(home, 'a.lock'), systemClock).acquire(0)).rejects.toThrow(words);
  expect(await fileLock(join(home, 'a.lock'), systemClock).take(0)).toBeNull();
});
