import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Fault } from '../../model/fault.ts';
import { unmigrated } from './database-faults.ts';
import { linkTable } from './links-table.ts';
import { markTable } from './marks-table.ts';
import { addInstants } from './poll-schedule.ts';
import { pragma } from './pragma.ts';
import { guard, schemaVersion } from './schema.ts';
import { transaction } from './transaction.ts';

/** The migrations, by the version they start from. */
const changes: Readonly<Record<number, (database: DatabaseSync) => void>> = {
  1: (database) => {
    addInstants(database);
    for (const sql of ['DROP INDEX one_open_write', 'ALTER TABLE entry ADD COLUMN account TEXT', guard])
      database.exec(sql);
  },
  2: (database) => database.exec(markTable),
  3: (database) => database.exec(linkTable),
};

/**
 * Migrates an older journal: first a copy of the file is stored beside it, then everything changes in one transaction.
 * After a crash the journal is either old or new, and the next start continues. No other process can write meanwhile.
 * Returns why it failed; then nothing has changed.
 */
export function migrate(database: DatabaseSync, path: string): Fault | null {
  try {
    transaction(database, () => {
      const from = pragma(database, 'user_version');
      // Another process was first.
      if (from >= schemaVersion) return;
      keepCopy(path, from);
      for (let version = from; version < schemaVersion; version += 1) {
        changes[version]?.(database);
        database.exec(`PRAGMA user_version = ${version + 1}`);
      }
    });
    return null;
  } catch (error) {
    return unmigrated(path, error);
  }
}

/** Called under the write lock, so that the copy is exactly what is migrated. Earlier copies are kept. */
function keepCopy(path: string, version: number): void {
  const partial = `${path}.v${version}.partial`;
  rmSync(partial, { force: true });
  // SQLite fills an existing empty file and keeps its mode.
  closeSync(openSync(partial, 'wx', 0o600));
  try {
    const reader = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      reader.prepare('VACUUM INTO ?').run(partial);
    } finally {
      reader.close();
    }
    flush(openSync(partial, 'r+'));
    renameSync(partial, freeName(`${path}.v${version}`));
    flushDirectory(dirname(path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function freeName(name: string): string {
  for (let nth = 1; ; nth += 1) {
    const free = nth === 1 ? name : `${name}-${nth}`;
    if (!existsSync(free)) return free;
  }
}

/** On disk when it returns. */
function flush(file: number): void {
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Flushes the directory, so that the new name survives a power cut; some systems cannot do that. */
function flushDirectory(path: string): void {
  try {
    flush(openSync(path, 'r'));
  } catch {
    return;
  }
}
