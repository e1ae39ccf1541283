import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { childProgram } from '../setup/child-program.ts';
import { intent } from './intent.ts';
import { oldJournal, oldRows, versionOf } from './old-journal.ts';

function open(path: string): Journal {
  const journal = openJournal(path, { clock: fastClock() });
  onTestFinished(() => journal.dispose());
  return journal;
}

/** The copies beside a journal, and other files that a migration could leave behind. */
function beside(path: string): readonly string[] {
  const name = basename(path);
  return readdirSync(dirname(path)).filter((file) => file.startsWith(`${name}.v`));
}

test('migrates a journal of 0.1.0 without loss and keeps a private copy beside it', () => {
  const path = oldJournal();
  const before = oldRows(path);
  const journal = open(path);
  expect(journal.health()).toBeNull();
  expect(versionOf(path)).toBe(4);
  expect(oldRows(path)).toEqual(before);
  expect(beside(path)).toEqual(['journal.db.v1']);
  expect(versionOf(`${path}.v1`)).toBe(1);
  expect(oldRows(`${path}.v1`)).toEqual(before);
  expect(statSync(`${path}.v1`).mode & 0o777).toBe(0o600);
  const entries = journal.entries({ ref: null, state: null, since: null, limit: null });
  expect(entries.map(({ ref, state, account }) => [ref, state, account])).toEqual([
    ['cloudmore-reseller/new:o-1/sv-1/p-1', 'unknown', null],
    ['cloudmore-seller/dead-1', 'intent', null],
    ['interworks/4711', 'sent', null],
    ['cloudmore-reseller/person-1', 'needs-person', null],
    ['cloudmore-seller/gone-1', 'unknown', null],
    ['cloudmore-reseller/both-1', 'unknown', null],
    ['cloudmore-seller/both-1', 'unknown', null],
    ['cloudmore-seller/planned-1', 'done', null],
    ['cloudmore-seller/settled-1', 'settled-applied', null],
    ['cloudmore-seller/refused-1', 'refused', null],
    ['cloudmore-seller/done-1', 'done', null],
  ]);
});

test('a journal killed at any step of its migration opens without loss', async () => {
  const child = await childProgram(join(import.meta.dirname, 'migrating.ts'));
  const run = (path: string, nth: number) =>
    spawnSync(process.execPath, [child, path, String(nth)], { encoding: 'utf8' });
  const whole = run(oldJournal(), 0);
  expect(whole.stderr).toBe('');
  const points = Number(whole.stdout);
  // First the copy is opened, flushed and renamed; then come the changes and the commit.
  expect(points).toBeGreaterThan(15);
  const states = new Set<string>();
  for (let nth = 1; nth <= points; nth += 1) {
    const path = oldJournal();
    const before = oldRows(path);
    const died = run(path, nth);
    expect([nth, died.signal]).toEqual([nth, 'SIGKILL']);
    const copies = beside(path).filter((name) => !name.endsWith('.partial'));
    // Nothing was changed before a complete copy existed.
    const version = versionOf(path);
    if (version === 4) expect([nth, copies]).toEqual([nth, ['journal.db.v1']]);
    for (const copy of copies) expect(oldRows(join(dirname(path), copy))).toEqual(before);
    states.add(
      `version ${version}, ${beside(path)
        .map((name) => name.replace('journal.db', ''))
        .join(' ')}`,
    );

    const journal = open(path);
    expect([nth, journal.health()]).toEqual([nth, null]);
    expect(oldRows(path)).toEqual(before);
    expect(versionOf(path)).toBe(4);
    expect(beside(path).some((name) => name.endsWith('.partial'))).toBe(false);
    expect((await journal.intend({ ...intent, ref: 'nordic/after' })).kind).toBe('intended');
    expect((await journal.intend({ ...intent, ref: 'cloudmore-seller/both-1' })).kind).toBe('open');
    journal.dispose();
  }
  expect([...states].sort()).toEqual(['version 1, ', 'version 1, .v1', 'version 1, .v1.partial', 'version 4, .v1']);
});

test('keeps the copies of earlier migrations', () => {
  const path = oldJournal();
  oldJournal(`${path}.v1`);
  open(path);
  expect([...beside(path)].sort()).toEqual(['journal.db.v1', 'journal.db.v1-2']);
});

test('a journal that cannot be copied first is read-only until the next start', async () => {
  const path = oldJournal();
  const before = oldRows(path);
  const obstacle = `${path}.v1.partial`;
  mkdirSync(obstacle);
  const journal = open(path);
  expect(journal.health()?.message).toMatch(/older version of Subdeck and could not be upgraded: /);
  expect(journal.health()?.next).toContain('Nothing was changed');
  expect(journal.entries({ ref: 'cloudmore-seller/done-1', state: null, since: null, limit: null })).toHaveLength(1);
  expect(await journal.openOn({ ref: 'cloudmore-seller/both-1', account: intent.account })).toBeNull();
  expect(await journal.intend(intent)).toMatchObject({ kind: 'refused', fault: { kind: 'broken', sent: false } });
  expect(versionOf(path)).toBe(1);
  expect(oldRows(path)).toEqual(before);
  journal.dispose();
  rmdirSync(obstacle);
  expect(open(path).health()).toBeNull();
  expect(existsSync(`${path}.v1`)).toBe(true);
});

test('a running Subdeck 0.1.0 can send nothing more after the migration', () => {
  const path = oldJournal();
  const old = new DatabaseSync(path, { timeout: 5000 });
  onTestFinished(async () => await old.close());
  const insert = old.prepare(
    'INSERT INTO entry (id, connection, target, state, body, request, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  insert.run('2mv10000', 'nordic', 'one', 'done', '{}', null, '');
  old.exec("DELETE FROM entry WHERE id = '2mv10000'");
  const journal = open(path);
  expect(() => insert.run('2mv10000', 'nordic', 'one', 'intent', '{}', null, '')).toThrow(
    'a newer Subdeck uses it now',
  );
  expect(journal.health()).toBeNull();
});
