import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer } from './sql-values.ts';

/** One open cache file: prepared statements are kept, writes are alone among all processes. */
export interface Database {
  statement(sql: string): StatementSync;
  /** BEGIN IMMEDIATE … COMMIT, or nothing at all. Inside another write it is a part of that one. */
  write<Result>(work: () => Result): Result;
  /** Everything read inside belongs to one state of the file. */
  read<Result>(work: () => Result): Result;
  /** Grows when this or another process committed. */
  revision(): number;
  /** Grows when this one committed. */
  commits(): number;
  meta(name: MetaName): number;
  setMeta(name: MetaName, value: number): void;
  /** Returns once nobody is in the middle of a write, in any process; after two seconds all the same. */
  letWritesEnd(): void;
  /** Takes over what was written into the database, as far as nobody reads an older state: less is left for whoever closes it. */
  settle(): void;
  /** Gives the space of deleted rows back to the disk, where that can be done at once. */
  shrink(): void;
  close(): void;
}

/**
 * `shape`: grows when rows, nodes or their columns changed; reading the same row again does not count. `rows`: the next
 * row number. `names`, `ids`, `nodes`: grow when the order by that text changed; `ranked:…`: how many have a rank.
 */
export type MetaName = 'shape' | 'rows' | 'names' | 'ids' | 'nodes' | `ranked:${'names' | 'ids' | 'nodes'}`;

/** How long a call waits for another process that writes, in milliseconds. */
export const busyFor = 5000;
const writesEndIn = 2000;

/** Memory for pages of the file: new rows go all over its indexes, windows are read from a few of its pages. */
export const readingKilobytes = 4_000;
const writingKilobytes = 16_000;
/** Whoever writes so often goes on writing. */
const someWrites = 4;

export function databaseOn(sqlite: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  let commits = 0;

  function statement(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const fresh = sqlite.prepare(sql);
    statements.set(sql, fresh);
    return fresh;
  }

  function within<Result>(begin: string, work: () => Result): Result {
    if (sqlite.isTransaction) return work();
    sqlite.exec(begin);
    try {
      const result = work();
      sqlite.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite ends the transaction by itself on some errors (a full disk); a second ROLLBACK would hide the first error.
      if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    statement,
    write(work) {
      const result = within('BEGIN IMMEDIATE', work);
      commits += 1;
      if (commits === someWrites) sqlite.exec(`PRAGMA cache_size = -${writingKilobytes}`);
      return result;
    },
    read: (work) => within('BEGIN', work),
    revision: () => integer(statement('PRAGMA data_version').get()?.data_version) + commits,
    commits: () => commits,
    meta: (name) => integer(statement('SELECT value FROM meta WHERE name = ?').get(name)?.value ?? 0),
    setMeta(name, value) {
      statement('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, value);
    },
    letWritesEnd() {
      try {
        sqlite.exec(`PRAGMA busy_timeout = ${writesEndIn}; BEGIN IMMEDIATE; COMMIT`);
      } catch {
        // What is wrong with the file is told to whoever needs it.
      } finally {
        sqlite.exec(`PRAGMA busy_timeout = ${busyFor}`);
      }
    },
    settle() {
      sqlite.exec('PRAGMA wal_checkpoint(PASSIVE)');
    },
    shrink() {
      sqlite.exec('VACUUM');
    },
    close() {
      statements.clear();
      sqlite.close();
    },
  };
}
