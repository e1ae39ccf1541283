import { chmodSync, closeSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Fault } from '../../model/fault.ts';
import { FaultError, fault } from '../../model/fault.ts';
import { foreignness } from '../../system/ownership.ts';
import { verdictTable } from '../verdicts.ts';
import { damagedSchema, journalTrouble, newerJournal } from './database-faults.ts';
import { heartbeatTable } from './heartbeats.ts';
import { migrate } from './migrations.ts';
import { empty, openForReading } from './open-for-reading.ts';
import { hasOwnSchema } from './own-schema.ts';
import { pragma } from './pragma.ts';
import { applicationId, schema, schemaVersion } from './schema.ts';
import { transaction } from './transaction.ts';
import { unannouncedTable } from './unannounced.ts';

/** `trouble`: why nothing may be written. The database can be read all the same; where not even that works it is empty. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly trouble: Fault | null;
}

/** Opens or creates the journal's file, for this user only under any umask. Never deletes and never replaces one. */
export function openDatabase(path: string): OpenedDatabase {
  try {
    makePrivateFile(path);
    const database = new DatabaseSync(path, { timeout: 5000 });
    try {
      const trouble = prepare(database, path);
      if (trouble === null) return { database, trouble };
      database.close();
      return { database: openForReading(path), trouble };
    } catch (error) {
      if (database.isOpen) database.close();
      throw error;
    }
  } catch (error) {
    // What is not ours is not shown as ours either.
    const database = error instanceof FaultError ? empty() : openForReading(path);
    return { database, trouble: journalTrouble(path, error) };
  }
}

/** Gives why nothing may be written, or null. */
function prepare(database: DatabaseSync, path: string): Fault | null {
  // FULL: a commit survives a power cut. NORMAL would lose the last ones, and with them the proof that something was sent.
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF;',
  );
  if (isBlank(database)) {
    transaction(database, () => {
      if (isBlank(database)) database.exec(schema);
    });
  }
  if (pragma(database, 'application_id') !== applicationId) {
    throw fault('broken', `${path} is not a Subdeck journal.`, 'Move it aside, then start Subdeck again.');
  }
  const version = pragma(database, 'user_version');
  if (version > schemaVersion) return newerJournal(path);
  if (!hasOwnSchema(database)) return damagedSchema(path);
  const old = version < schemaVersion ? migrate(database, path) : null;
  if (old === null) database.exec(`${unannouncedTable} ${verdictTable} ${heartbeatTable}`);
  return old;
}

function isBlank(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

/** SQLite gives its -wal and -shm files the mode of the database, so this one file decides for all three. */
export function makePrivateFile(path: string): void {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw fault('broken', `The journal ${path} is not a regular file.`, 'Move it aside, then start Subdeck again.');
  }
  // Whoever owns the directory can put another file in the journal's place.
  const trouble = foreignness(path);
  if (trouble !== null) throw fault('broken', `The journal ${path} is not used: ${trouble.what}.`, trouble.next);
  if (found === undefined) closeSync(openSync(path, 'a', 0o600));
  else if ((found.mode & 0o077) !== 0) chmodSync(path, 0o600);
}
