import type { DatabaseSync } from 'node:sqlite';

/** Made in older files too. Losing it costs a sentence at the next start, so its rows carry no seal. */
export const unannouncedTable = 'CREATE TABLE IF NOT EXISTS awaited (entry TEXT NOT NULL PRIMARY KEY) STRICT;';

/** Writes whose end came, or will come, when nobody was told: a person hears of each once. */
export interface Unannounced {
  add(entry: string): void;
  remove(entry: string): void;
  all(): readonly string[];
}

/** Statements are prepared at use: a file that can only be read may be older than the table. */
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
