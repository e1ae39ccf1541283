import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { rowChecksum } from '../../src/journal/sqlite/row-checksum.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { schemaBits, withFlipped } from '../store/bit-flips.ts';
import { answer, intent, step } from './intent.ts';

const clock = fastClock();

/** A journal with three finished entries, one of which was accepted and followed, and one open entry. */
async function written(): Promise<string> {
  const path = join(temporaryDirectory(), 'journal.db');
  const journal = openJournal(path, { clock });
  for (const target of ['a', 'b', 'c', 'd']) {
    const intended = await journal.intend({ ...intent, ref: `nordic/${target}` });
    const id = intended.kind === 'intended' ? intended.id : '';
    await journal.sending(id, step);
    await journal.answered(id, { index: 0, answer });
    const request = { vendorRequestId: 'rq', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: null };
    if (target === 'b') await journal.accepted(id, request);
    if (target !== 'd') await journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
  }
  journal.dispose();
  return path;
}

function open(path: string) {
  const journal = openJournal(path, { clock });
  onTestFinished(() => journal.dispose());
  return journal;
}

function change(path: string, sql: string, ...values: readonly (string | number)[]): void {
  const database = new DatabaseSync(path);
  database.prepare(sql).run(...values);
  database.close();
}

test('[fault 85] lists a damaged entry as one that needs a person', async () => {
  const path = await written();
  change(path, `UPDATE entry SET body = replace(body, '"quantity":20', '"quantity":2') WHERE target = 'a'`);
  const journal = open(path);
  const entries = journal.entries({ ref: null, state: null, since: null, limit: null });
  expect(entries.map(({ ref, state }) => [ref, state])).toEqual([
    ['nordic/d', 'sent'],
    ['nordic/c', 'done'],
    ['nordic/b', 'done'],
    ['nordic/a', 'needs-person'],
  ]);
  const [damaged] = journal.unsettled();
  expect(damaged?.ref).toBe('nordic/a');
  expect(damaged?.reason).toContain('damaged');
});

test('a person settles a damaged entry; the rest is kept and writes go on', async () => {
  const path = await written();
  change(path, `UPDATE entry SET state = 'refused' WHERE target = 'a'`);
  const journal = open(path);
  const [damaged] = journal.unsettled();
  const end = { state: 'settled-applied', by: 'tester', at: new Date(clock.now()).toISOString() } as const;
  expect(await journal.settleDamaged(damaged?.id ?? '', end)).toBe(true);
  expect(journal.health()).toBeNull();
  expect(journal.entry(damaged?.id ?? '')).toMatchObject({ state: 'settled-applied', ref: 'nordic/a', by: 'tester' });
  expect((await journal.intend({ ...intent, ref: 'nordic/new' })).kind).toBe('intended');
  const database = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => database.close());
  expect(String(database.prepare('SELECT row FROM wreck').get()?.row)).toContain('"state":"refused"');
});

test('[fault 85] a damaged step stops writes too, and is settled with its entry', async () => {
  const path = await written();
  change(path, `UPDATE step SET body = replace(body, '200', '500') WHERE rowid = 1`);
  const journal = open(path);
  expect(journal.health()?.message).toContain('damaged');
  const [damaged] = journal.unsettled();
  const end = { state: 'settled-applied', by: 'tester', at: new Date(clock.now()).toISOString() } as const;
  expect(await journal.settleDamaged(damaged?.id ?? '', end)).toBe(true);
  expect(journal.health()).toBeNull();
});

test('[fault 31] a rewritten journal shows no text that steers a terminal', async () => {
  const path = await written();
  const database = new DatabaseSync(path);
  const row = database.prepare(`SELECT * FROM entry WHERE target = 'a'`).get() ?? {};
  const body = String(row.body).replace('Lower', '\\u001b]0;owned\\u0007\\u202eLower');
  const sealed = rowChecksum(
    String(row.id),
    String(row.connection),
    String(row.target),
    String(row.state),
    body,
    '',
    String(row.account),
  );
  database.prepare('UPDATE entry SET body = ?, seal = ? WHERE id = ?').run(body, sealed, String(row.id));
  database.close();
  expect(open(path).entry(String(row.id))?.sentence).toBe('�]0;owned��Lower Backup 100 from 25 to 20');
});

const everything = { ref: null, state: null, since: null, limit: null };
const forever = 'WITH RECURSIVE n(entry) AS (SELECT 1 UNION ALL SELECT entry + 1 FROM n) SELECT entry FROM n';

test.each([
  ['a renamed column', 'ALTER TABLE wreck RENAME row TO rov', 4],
  ['a renamed column of entries', 'ALTER TABLE entry RENAME body TO bodz', 0],
  ['a renamed table', 'ALTER TABLE watch RENAME TO watci', 4],
  ['an extra column', 'ALTER TABLE step ADD COLUMN note TEXT', 4],
  ['an extra table', 'CREATE TABLE "a"" b" (x)', 4],
  ['a missing unique index', 'DROP INDEX one_open_write', 4],
  ['a view', 'CREATE VIEW more AS SELECT 1', 4],
  ['a table replaced by an endless view', `DROP TABLE awaited; CREATE VIEW awaited AS ${forever}`, 4],
  ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM entry; END', 4],
  ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5(x)', 4],
  [
    'a virtual table, as if of a newer Subdeck',
    'CREATE VIRTUAL TABLE words USING fts5(x); PRAGMA user_version = 99',
    4,
  ],
])('[fault 85] a journal with %s refuses writes, stays unchanged and is still shown', async (_, sql, shown) => {
  const path = await written();
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  const before = readFileSync(path);
  const journal = open(path);
  expect(journal.health()?.message).toMatch(/its tables are not those that Subdeck created|newer version of Subdeck/);
  expect(journal.health()?.next).toMatch(/Move .* aside|Update/);
  expect(await journal.intend({ ...intent, ref: 'nordic/new' })).toMatchObject({
    kind: 'refused',
    fault: { kind: 'broken' },
  });
  expect(journal.entries(everything)).toHaveLength(shown);
  expect([await journal.due(), await journal.takeNews()]).toEqual([[], []]);
  journal.dispose();
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('[fault 85] a journal opens with any bits of its schema flipped, whole or without writes', async () => {
  const path = await written();
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(schemaBits(path, whole), async (bits) => {
      for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
      writeFileSync(path, withFlipped(whole, bits));
      const journal = openJournal(path, { clock });
      try {
        journal.entries(everything);
        await journal.due();
        const trouble = journal.health();
        const { kind } = await journal.intend({ ...intent, ref: 'nordic/new' });
        expect(kind).toBe(trouble === null ? 'intended' : 'refused');
      } finally {
        journal.dispose();
      }
    }),
    { numRuns: 100, seed: 1730374414 },
  );
});

test('a damaged mark counts alone: its item is shown and writes go on', async () => {
  const path = await written();
  const journal = openJournal(path, { clock });
  const said = { at: '2026-11-21T12:00:00.000Z', by: 'anna', until: null, text: null } as const;
  await journal.mark(['k1', 'k2'], { ...said, action: 'take' });
  await journal.mark(['k1', 'k2'], { ...said, action: 'done', text: 'they keep it' });
  journal.dispose();
  change(path, `UPDATE mark SET body = replace(body, 'keep', 'miss') WHERE entry = 'k1' AND number = 1`);
  const again = open(path);
  expect(again.marks().get('k1')).toMatchObject({ owner: 'anna', done: null, isDamaged: true });
  expect(again.marks().get('k2')).toMatchObject({ done: { reason: 'they keep it' }, isDamaged: false });
  expect([again.health(), again.damaged()]).toEqual([null, []]);
  expect((await again.intend({ ...intent, ref: 'nordic/new' })).kind).toBe('intended');
  await again.mark(['k1'], { ...said, action: 'done' });
  expect(again.marks().get('k1')).toMatchObject({ done: { by: 'anna' }, isDamaged: false });
});

test('a damaged link counts for its organization alone, which can be linked again', async () => {
  const path = await written();
  const journal = openJournal(path, { clock });
  const link = { action: 'link', customer: 'Acme', at: '2026-11-21T12:00:00.000Z', by: 'anna' } as const;
  const organizations = ['a', 'b'].map((key) => ({ key, name: key.toUpperCase() }));
  await journal.link({ ...link, organizations });
  journal.dispose();
  change(path, `UPDATE link SET body = replace(body, 'Acme', 'Evil') WHERE entry = 'a'`);
  const again = open(path);
  expect([again.links().get('a'), again.links().get('b')?.customer]).toEqual([null, 'Acme']);
  expect([again.health(), again.damaged()]).toEqual([null, []]);
  expect((await again.intend({ ...intent, ref: 'nordic/new' })).kind).toBe('intended');
  expect(await again.link({ ...link, organizations })).toEqual({ kind: 'kept', added: 1 });
  expect(again.links().get('a')?.customer).toBe('Acme');
});

test('strips control characters from a note of another program', async () => {
  const path = await written();
  const body = JSON.stringify({
    ...{ action: 'note', at: '2026-11-21T12:00:00.000Z', by: 'an\u001bna', until: null },
    text: 'a\u001b[2Jb\nc',
  });
  change(path, 'INSERT INTO mark VALUES (?, ?, ?, ?)', 'k1', 0, body, rowChecksum('k1', '0', body));
  const { note } = open(path).marks().get('k1') ?? {};
  expect(note).toMatchObject({ by: 'an\ufffdna', text: 'a\ufffd[2Jb\ufffdc' });
});
