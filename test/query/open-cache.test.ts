import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FaultError } from '../../src/model/fault.ts';
import { levels } from '../../src/model/vendor.ts';
import { openCache } from '../../src/query/open-cache.ts';
import { notRun } from '../setup/needs.ts';
import { anyBits, schemaBits, withFlipped } from '../store/bit-flips.ts';
import {
  type Cache,
  everything,
  fill,
  ids,
  named,
  openScratch,
  page,
  row,
  scratch,
  standingClock,
  tidyAll,
} from '../store/rows.ts';
import { runStopped } from '../store/run-ends.ts';

const rows = [row({ id: '1', name: 'Acme mail', organization: named('o1', 'Acme') }), row({ id: '2', name: 'Backup' })];

function filledFile(): string {
  const path = join(scratch(), 'cache.db');
  const cache = openCache(path, { clock: standingClock(), untidyRows: 0 });
  fill(cache, rows);
  tidyAll(cache);
  cache.close();
  return path;
}

function works(cache: Cache): void {
  fill(cache, [row({ id: 'new' })]);
  expect(ids(cache)).toContain('new');
}

/** A sync run during which the damage is found may lose rows; the cache is recreated, and the next run is stored. */
function survives(cache: Cache): void {
  try {
    works(cache);
  } catch (error) {
    if (!/is being replaced|has been replaced|will be rebuilt/.test(`${cache.notice}`)) throw error;
    works(cache);
  }
}

const aside = (path: string) => readdirSync(join(path, '..')).filter((name) => name.startsWith('cache.db.damaged-'));

const forever =
  'WITH RECURSIVE n(name) AS (SELECT 1 UNION ALL SELECT name + 1 FROM n) SELECT name, name AS value FROM n';

/** Schemas that Subdeck did not create, from bit flips or an attacker who wants their SQL to run. */
const schemas: [string, (path: string) => void][] = [
  ['with another name for a column', (path) => new DatabaseSync(path).exec('ALTER TABLE change RENAME field TO fielf')],
  ['with another name for a table', (path) => new DatabaseSync(path).exec('ALTER TABLE hole RENAME TO holf')],
  ['with a column more', (path) => new DatabaseSync(path).exec('ALTER TABLE node ADD COLUMN note TEXT')],
  ['without an index', (path) => new DatabaseSync(path).exec('DROP INDEX node_sort')],
  ['with a table more', (path) => new DatabaseSync(path).exec('CREATE TABLE "a"" b" (x)')],
  ['with a view', (path) => new DatabaseSync(path).exec('CREATE VIEW more AS SELECT 1')],
  [
    'with a view that never ends for a table',
    (path) => new DatabaseSync(path).exec(`DROP TABLE meta; CREATE VIEW meta AS ${forever}`),
  ],
  [
    'with a trigger',
    (path) => new DatabaseSync(path).exec('CREATE TRIGGER t AFTER INSERT ON raw BEGIN DELETE FROM raw; END'),
  ],
  ['with a virtual table', (path) => new DatabaseSync(path).exec('CREATE VIRTUAL TABLE words USING fts5(x)')],
];

describe('the cache file', () => {
  it('[fault 88] is private, under any umask', () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const directory = join(scratch(), 'deep', 'cache');
    const cache = openScratch(join(directory, 'cache.db'));
    fill(cache, rows);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toContain('cache.db-wal');
  });

  it('keeps the content of an earlier run', () => {
    const cache = openScratch(filledFile());
    expect(cache.notice).toBeNull();
    expect(ids(cache)).toEqual(['1', '2']);
  });

  it.each<[string, (path: string) => void]>([
    ['garbage', (path) => writeFileSync(path, 'garbage '.repeat(2000))],
    ['truncated', (path) => truncateSync(path, 5000)],
    ['of another program', (path) => new DatabaseSync(path).exec('PRAGMA application_id = 7')],
    ['of an earlier version', (path) => new DatabaseSync(path).exec('PRAGMA user_version = 0')],
    ['without a table', (path) => new DatabaseSync(path).exec('DROP TABLE subscription')],
    ...schemas,
    ['with a column piece of the wrong length', (path) => new DatabaseSync(path).exec("UPDATE part SET data = x'00'")],
    ['with a row that is not JSON', (path) => new DatabaseSync(path).exec("UPDATE subscription SET encoded_row = '['")],
  ])('[fault 84] that is %s is set aside and recreated', (_, harm) => {
    const path = filledFile();
    harm(path);
    const cache = openScratch(path);
    for (const level of levels) cache.levelWindow({ ...everything, level, sort: null });
    expect(ids(cache, { sort: [{ field: 'org', descending: false }] })).toEqual([]);
    expect(cache.notice).toMatch(/was damaged and will be rebuilt/);
    expect(aside(path)).toHaveLength(1);
    works(cache);
  });

  it('[fault 84] with zero bytes is initialised', () => {
    const path = filledFile();
    truncateSync(path, 0);
    const cache = openScratch(path);
    works(cache);
  });

  it('[fault 84, 100] of a newer Subdeck stays unchanged', () => {
    const path = filledFile();
    new DatabaseSync(path).exec('PRAGMA user_version = 99');
    const before = readFileSync(path);
    const cache = openScratch(path);
    works(cache);
    expect(cache.notice).toMatch(/newer version of Subdeck/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('[fault 87] that is a link or a directory is not used', () => {
    const path = filledFile();
    const link = join(scratch(), 'cache.db');
    symlinkSync(path, link);
    const directory = join(scratch(), 'cache.db');
    mkdirSync(directory);
    for (const each of [link, directory]) {
      const cache = openScratch(each);
      works(cache);
      expect(cache.notice).toMatch(/not a regular file/);
    }
    expect(ids(openScratch(path))).toEqual(['1', '2']);
  });

  it('opened read-only is read, and refuses to keep anything', () => {
    const path = filledFile();
    const cache = openCache(path, { clock: standingClock(), readOnly: true });
    onTestFinished(() => cache.close());
    expect(cache.notice).toBeNull();
    expect(ids(cache, { search: 'acme' })).toEqual(['1']);
    cache.keep('nordic', '3', { subscription: row({ id: '3' }), raw: {} });
    expect(cache.notice).toMatch(/could not be written/);
    const run = cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
    expect(() => run.keepPage(page(rows))).toThrow(FaultError);
    expect(ids(cache)).toEqual(['1', '2']);
  });

  it('[fault 89] locked by another program is waited for, then skipped', { timeout: 60_000 }, () => {
    const path = filledFile();
    const holder = new DatabaseSync(path);
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE');
    onTestFinished(() => holder.close());
    const cache = openScratch(path);
    expect(cache.notice).toMatch(/another program has locked it/);
    works(cache);
  });

  it('[fault 86] on a full disk keeps its rows and fails the sync', ({ skip }) => {
    const directory = join(scratch(), 'small');
    mkdirSync(directory);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1536k', 'tmpfs', directory]).status === 0;
    if (!mounted) {
      notRun('root, to mount a disk');
      skip();
    }
    onTestFinished(() => void spawnSync('umount', ['-l', directory]));
    const cache = openScratch(join(directory, 'cache.db'));
    fill(cache, rows);
    const run = cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
    const many = Array.from({ length: 3000 }, (_, index) => row({ id: `n${index}`, name: `Subscription ${index}` }));
    expect(() => run.keepPage(page(many))).toThrow(/disk is full/);
    run.finish(runStopped);
    expect(ids(cache)).toEqual(['1', '2']);
  });

  it.each([
    ['its schema', schemaBits, { numRuns: 60, seed: 1730374414 }],
    ['the file', anyBits, { numRuns: 60 }],
  ])('[fault 84] with any bits of %s flipped answers or is recreated', (_, bitsOf, runs) => {
    const path = filledFile();
    const whole = readFileSync(path);
    fc.assert(
      fc.property(bitsOf(path, whole), (bits) => {
        for (const tail of ['-wal', '-shm']) if (existsSync(`${path}${tail}`)) writeFileSync(`${path}${tail}`, '');
        writeFileSync(path, withFlipped(whole, bits));
        const cache = openCache(path, { clock: standingClock(), untidyRows: 0 });
        try {
          cache.subscriptionWindow({ ...everything, search: 'acme', sort: [{ field: 'org', descending: true }] });
          cache.levelWindow({ ...everything, level: 'organization', sort: null });
          cache.totals(everything);
          survives(cache);
          tidyAll(cache);
          survives(cache);
        } finally {
          cache.close();
        }
      }),
      runs,
    );
  });
});

describe('a cache on a read-only medium', () => {
  it('[fault 87] is copied into memory, so that its rows are there and refreshing works', ({ skip }) => {
    const path = filledFile();
    const directory = join(path, '..');
    const mounted =
      spawnSync('mount', ['--bind', directory, directory]).status === 0 &&
      spawnSync('mount', ['-o', 'remount,ro,bind', directory]).status === 0;
    if (!mounted) {
      notRun('root, to mount a disk');
      skip();
    }
    onTestFinished(() => void spawnSync('umount', ['-l', directory]));
    const cache = openScratch(path);
    expect(cache.notice).toMatch(/read-only: it cannot be written/);
    expect(ids(cache, { search: 'acme' })).toEqual(['1']);
    works(cache);
  });
});

describe('an unwritable directory', () => {
  it('[fault 87] keeps the rows in memory', () => {
    const directory = scratch();
    chmodSync(directory, 0o555);
    onTestFinished(() => chmodSync(directory, 0o700));
    if (process.getuid?.() === 0) {
      // Root can write everywhere, the user nobody cannot.
      process.seteuid?.('nobody');
      onTestFinished(() => process.seteuid?.(0));
    }
    const cache = openScratch(join(directory, 'cache.db'));
    expect(cache.notice).toMatch(/memory only/);
    works(cache);
  });
});
