import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';

const dump = join(import.meta.dirname, 'journal-0.1.0.sql');

/** A journal as Subdeck 0.1.0 left it, with a write in each state; two connections have one open on the id `both-1`. */
export function oldJournal(path = join(temporaryDirectory(), 'state', 'journal.db')): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(readFileSync(dump, 'utf8'));
  database.close();
  return path;
}

export type Rows = Readonly<Record<string, readonly object[]>>;

/** Everything that Subdeck 0.1.0 stored, column by column. */
export function oldRows(path: string): Rows {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const all = (sql: string): readonly object[] => database.prepare(sql).all();
    return {
      entry: all('SELECT id, connection, target, state, body, request, seal FROM entry ORDER BY id'),
      step: all('SELECT * FROM step ORDER BY entry, number'),
      watch: all('SELECT entry, due, attempts, owner, until FROM watch ORDER BY entry'),
      wreck: all('SELECT * FROM wreck'),
      awaited: all('SELECT * FROM awaited ORDER BY entry'),
    };
  } finally {
    database.close();
  }
}

export function versionOf(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare('PRAGMA user_version').get()?.user_version;
  } finally {
    database.close();
  }
}
