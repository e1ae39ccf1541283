import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { rowChecksum } from '../../src/journal/sqlite/row-checksum.ts';
import { fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/counter.ts';
import { answer, intent, step } from './intent.ts';

const clock = fastClock();

/** A journal with three finished entries, one of them accepted and followed, and one open. */
function written(): string {
  const path = join(temporaryDirectory(), 'journal.db');
  const journal = openJournal(path, { clock });
  for (const target of ['a', 'b', 'c', 'd']) {
    const intended = journal.intend({ ...intent, ref: `nordic/${target}` });
    const id = intended.kind === 'intended' ? intended.id : '';
    journal.sending(id, step);
    journal.answered(id, { index: 0, answer });
    const request = { vendorRequestId: 'rq', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: null };
    if (target === 'b') journal.accepted(id, request);
    if (target !== 'd') journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
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

test('[fault 85] a damaged entry stands in every list as one that needs a person, and the others are whole', () => {
  const path = written();
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

test('a person settles a damaged entry; what was left of it stays in the file, and writes go on', () => {
  const path = written();
  change(path, `UPDATE entry SET state = 'refused' WHERE target = 'a'`);
  const journal = open(path);
  const [damaged] = journal.unsettled();
  const end = { state: 'settled-applied', by: 'tester', at: new Date(clock.now()).toISOString() } as const;
  expect(journal.settleDamaged(damaged?.id ?? '', end)).toBe(true);
  expect(journal.health()).toBeNull();
  expect(journal.entry(damaged?.id ?? '')).toMatchObject({ state: 'settled-applied', ref: 'nordic/a', by: 'tester' });
  expect(journal.intend({ ...intent, ref: 'nordic/new' }).kind).toBe('intended');
  const database = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => database.close());
  expect(String(database.prepare('SELECT row FROM wreck').get()?.row)).toContain('"state":"refused"');
});

test('[fault 85] a damaged step stops writes too, and is settled with its entry', () => {
  const path = written();
  change(path, `UPDATE step SET body = replace(body, '200', '500') WHERE rowid = 1`);
  const journal = open(path);
  expect(journal.health()?.message).toContain('damaged');
  const [damaged] = journal.unsettled();
  const end = { state: 'settled-applied', by: 'tester', at: new Date(clock.now()).toISOString() } as const;
  expect(journal.settleDamaged(damaged?.id ?? '', end)).toBe(true);
  expect(journal.health()).toBeNull();
});

test('[fault 31] text that would steer a terminal does not come out of a journal that somebody rewrote', () => {
  const path = written();
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
