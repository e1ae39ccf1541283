import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { canonicalId } from '../../model/id-spelling.ts';
import { lazily } from '../../model/lazily.ts';
import {
  type EntryColumns,
  type EntryTexts,
  isSealed,
  packEntry,
  packTexts,
  type Row,
  unpackEntry,
} from './entry-row.ts';
import type { DamagedRow } from './sealed-lines.ts';

/** The `entry` table, each row checked against its seal on the way in and out. */
export interface Entries {
  find(id: string): { readonly row: Row; readonly columns: EntryColumns | null } | null;
  lastId(): string | null;
  insert(columns: EntryColumns): void;
  replace(columns: EntryColumns): void;
  /** Inserts or replaces a row by texts that nobody has read yet. */
  put(texts: EntryTexts): void;
  /** Rows that match, with `columns: null` for a damaged one. `where` is ours, never a person's text. */
  select(
    where: string,
    values: readonly SQLInputValue[],
  ): Iterable<{ readonly row: Row; readonly columns: EntryColumns | null }>;
  /** The targets of rows that match which are spellings of one id, each once. */
  spellings(target: string, where: string, values: readonly SQLInputValue[]): readonly string[];
  damaged(): readonly DamagedRow[];
}

export function entriesOf(database: DatabaseSync): Entries {
  const byId = database.prepare('SELECT * FROM entry WHERE id = ?');
  const last = database.prepare('SELECT max(id) AS id FROM entry');
  // Prepared at use: a file of an older Subdeck that can only be read lacks a column.
  const insert = lazily(() =>
    database.prepare(
      'INSERT INTO entry (id, connection, target, state, body, request, seal, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
  );
  const replace = lazily(() =>
    database.prepare(
      'UPDATE entry SET connection = ?2, target = ?3, state = ?4, body = ?5, request = ?6, seal = ?7, account = ?8 WHERE id = ?1',
    ),
  );

  const put = lazily(() =>
    database.prepare(
      'INSERT OR REPLACE INTO entry (id, connection, target, state, body, request, seal, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
  );

  function* select(where: string, values: readonly SQLInputValue[]) {
    for (const row of database.prepare(`SELECT * FROM entry ${where}`).all(...values)) {
      yield { row, columns: unpackEntry(row) };
    }
  }

  return {
    find(id) {
      const row = byId.get(id);
      return row === undefined ? null : { row, columns: unpackEntry(row) };
    },
    lastId() {
      const id = last.get()?.id;
      return typeof id === 'string' ? id : null;
    },
    insert: (columns) => void insert.get().run(...packEntry(columns)),
    replace: (columns) => void replace.get().run(...packEntry(columns)),
    put: (texts) => void put.get().run(...packTexts(texts)),
    select,
    spellings(target, where, values) {
      const wanted = canonicalId(target);
      const rows = database.prepare(`SELECT DISTINCT target FROM entry ${where}`).all(...values);
      return rows.map((row) => String(row.target)).filter((each) => canonicalId(each) === wanted);
    },
    damaged() {
      const found: DamagedRow[] = [];
      // Past the indexes: a flipped byte in one must not hide a row.
      for (const row of database.prepare('SELECT * FROM entry NOT INDEXED').iterate()) {
        if (unpackEntry(row) === null) found.push({ entry: String(row.id), isSealed: isSealed(row) });
      }
      return found;
    },
  };
}
