import type { DatabaseSync } from 'node:sqlite';

/** Added to older files too. Losing a row costs a sentence at the next start, so rows have no seal. */
export const unannouncedTable = 'CREATE TABLE IF NOT EXISTS awaited (entry TEXT NOT NULL PRIMARY KEY) STRICT;';

/** Writes that settle without a person watching: each outcome is reported once. */
export interface Unannounced {
  add(entry: string): void;
  remove(entry: string): void;
  all(): readonly string[];
}

/** Statements are prepared at use: a read-only file may be older than the table. */
export function unannouncedIn(database: DatabaseSync): Unannounced {
  return {
    add: (entry) => void database.prepare('INSERT OR IGNORE INTO awaited (entry) VALUES (?)').run(entry),
    remove: (entry) => void database.prepare('DELETE FROM awaited WHERE entry = ?').run(entry),
    all: () =>
      database
        .prepare('SELECT entry FROM awaited ORDER BY entry')
        .all()
        .map((row) => String(row.entry)),
  };
}
