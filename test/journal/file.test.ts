import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { answer, intent, step } from './intent.ts';
import { done, intend, licensed } from './interface-suite.ts';
import { oldJournal } from './old-journal.ts';

function place(): string {
  return join(temporaryDirectory(), 'state', 'journal.db');
}

function open(path: string, clock = fastClock()): Journal {
  const journal = openJournal(path, { clock });
  onTestFinished(() => journal.dispose());
  return journal;
}

test('the unique index in the database itself refuses a second open write', async () => {
  const path = place();
  await intend(open(path));
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  const copy = `INSERT INTO entry SELECT 'other', 'elsewhere', target, 'unknown', body, request, seal, account FROM entry`;
  expect(() => database.exec(copy)).toThrow('UNIQUE');
});

test('a lease ends when its process dies', async () => {
  const path = place();
  const clock = fastClock();
  const [journal, other] = [open(path, clock), open(path, clock)];
  const id = await intend(journal);
  await journal.schedule(id, 0, 0);
  expect(await journal.claim(id, 60_000)).toBe(true);
  expect(await other.claim(id, 60_000)).toBe(false);
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  database.exec(`UPDATE watch SET owner = '999999999 - gone'`);
  expect(await other.claim(id, 60_000)).toBe(true);
});

test('a journal of 0.1.0 keeps its polling schedule, due at once', async () => {
  const path = oldJournal();
  const database = new DatabaseSync(path);
  database.exec('UPDATE watch SET attempts = 3');
  database.close();
  const [journal, other] = [open(path), open(path)];
  expect(journal.health()).toBeNull();
  expect(await journal.due()).toHaveLength(5);
  const [id = ''] = await journal.due();
  expect(await journal.attempts(id)).toBe(3);
  expect(await other.claim(id, 1000)).toBe(true);
  expect(await journal.claim(id, 1000)).toBe(false);
});

test('never writes a licence key to the file, whatever a caller passes', async () => {
  const path = place();
  const journal = open(path);
  const id = await intend(journal, licensed);
  await journal.sending(id, { ...step, body: { licenseKey: 'K-body', list: [{ LicenceKey: 'K-list' }], quantity: 5 } });
  await journal.answered(id, { index: 0, answer: { ...answer, notes: { LicenceKey: 'K-note' } } });
  const bytes = [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join();
  expect(bytes).not.toMatch(/K-(old|new|deep|note|body|list)/);
});

test('[fault 88] files and directory are private, under any umask', async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const path = place();
  await intend(open(path));
  for (const file of [path, `${path}-wal`, `${path}-shm`])
    expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600]);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
});

test('makes a journal file with a wider mode private again', () => {
  const path = place();
  open(path).dispose();
  chmodSync(path, 0o644);
  open(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

async function refuses(journal: Journal, what: RegExp): Promise<void> {
  expect(journal.health()?.message).toMatch(what);
  expect(await journal.intend(intent)).toMatchObject({ kind: 'refused', fault: { kind: 'broken', sent: false } });
}

test('[fault 100] reads a journal of a newer Subdeck and does not write it', async () => {
  const path = place();
  const id = await done(open(path));
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const journal = open(path);
  await refuses(journal, /newer version of Subdeck/);
  expect(journal.entry(id)?.state).toBe('done');
});

test('[fault 66, 87] refuses writes for garbage, foreign databases, links and directories', async () => {
  const directory = temporaryDirectory();
  const garbage = join(directory, 'garbage.db');
  writeFileSync(garbage, 'this is no database, and much longer than a header of a hundred bytes '.repeat(20));
  await refuses(open(garbage), /is damaged/);
  expect(readFileSync(garbage, 'utf8')).toContain('this is no database');

  const foreign = join(directory, 'foreign.db');
  const database = new DatabaseSync(foreign);
  database.exec('CREATE TABLE entry (id TEXT)');
  database.close();
  await refuses(open(foreign), /not a Subdeck journal/);

  const link = join(directory, 'link.db');
  symlinkSync(join(directory, 'elsewhere.db'), link);
  await refuses(open(link), /not a regular file/);

  const folder = join(directory, 'folder.db');
  mkdirSync(folder);
  await refuses(open(folder), /not a regular file/);
});

test('[fault 66, 67] a full disk refuses intents, accepts an answer and loses nothing', () => {
  const path = place();
  const child = join(import.meta.dirname, 'full-disk.ts');
  // In 512-byte blocks: every file of the child may grow to 250 KB.
  const said = execFileSync('sh', ['-c', 'ulimit -f 500; exec "$0" "$@"', process.execPath, child, path], {
    timeout: 20_000,
  }).toString();
  const { first, kept, fault } = JSON.parse(said);
  expect(fault).toMatchObject({ kind: 'broken', sent: false });
  const journal = open(path);
  expect(journal.health()).toBeNull();
  expect(journal.entries({ ref: null, state: null, since: null, limit: null })).toHaveLength(kept);
  expect(journal.steps(first)).toMatchObject([{ answer: { outcome: 'done', notes: { orderId: 'or-1' } } }]);
});
