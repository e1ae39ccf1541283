import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer } from './sql-values.ts';

/** An open cache file: prepared statements are cached, writes are exclusive among all processes. */
export interface Database {
  statement(sql: string): StatementSync;
  /** BEGIN IMMEDIATE … COMMIT, or nothing at all. Inside another write it is part of that one. */
  write<Result>(work: () => Result): Result;
  /** All reads inside see one state of the file. */
  read<Result>(work: () => Result): Result;
  /** Increases when this or another process committed. */
  revision(): number;
  /** Increases when this one committed. */
  commits(): number;
  meta(name: MetaName): number;
  setMeta(name: MetaName, value: number): void;
  /** Returns once no process is in a write transaction, or after two seconds. */
  letWritesEnd(): void;
  /**
   * Checkpoints the -wal file, as far as no reader uses an older state: less is left for the process that closes it.
   */
  settle(): void;
  /** Returns the space of deleted rows to the disk, if that is possible at once. */
  shrink(): void;
  close(): void;
}

/**
 * `shape`: increases when rows, nodes or their columns changed; rereading an unchanged row does not count. `rows`: the
 * next row number. `names`, `ids`, `nodes`: increase when the order by that text changed; `ranked:…`: how many have a
 * rank.
 */
export type MetaName = 'shape' | 'rows' | 'names' | 'ids' | 'nodes' | `ranked:${'names' | 'ids' | 'nodes'}`;

/** How long a call waits for another process's write, in milliseconds. */
export const busyFor = 5000;
const writesEndIn = 2000;

/** Page cache: new rows are spread over the indexes, windows are read from a few pages. */
export const readingKilobytes = 4_000;
const writingKilobytes = 16_000;
/** A process that writes this often will continue to write. */
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
      // SQLite ends the transaction itself on some errors (a full disk); a second ROLLBACK would hide the first error.
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
        // A fault of the file is reported by the operation that needs it.
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
