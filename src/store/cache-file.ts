import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type Lazy, lazily } from '../model/lazily.ts';
import { type SchemaObject, schemaDifferences } from '../model/schema-objects.ts';
import { foreignness } from '../system/ownership.ts';
import { busyFor, readingKilobytes } from './database.ts';
import { isHeld } from './file-trouble.ts';
import { allowedSchemas, bringUp, olderSchemas, oldestVersion } from './migrations.ts';
import { applicationId, schema, schemaVersion } from './schema.ts';
import { DamagedError } from './sql-values.ts';

/** The cache is from an unknown version of Subdeck; it is not modified. */
export class NewerCacheError extends Error {}

/** Another user can change or read the file. */
export class ForeignFileError extends Error {}

/** The cache must be converted, and another process has it open: an older Subdeck would take the new tables for damage. */
export class CacheInUseError extends Error {}

/** The -wal file is truncated to this many bytes after a checkpoint. */
const walLimit = 8 * 2 ** 20;

/**
 * Pages of the -wal file after which a commit checkpoints it: while a connection is read the same index pages are
 * written repeatedly, and each checkpoint waits for the disk. The page writer's thread checkpoints sooner than others,
 * so that the thread that handles keys does not have to.
 */
const walPages = { asPageWriter: 16_000, otherwise: 24_000 };

/** Opens or creates the cache at a path, readable by this user only under any umask. */
export function openFile(path: string, role: keyof typeof walPages = 'otherwise'): DatabaseSync {
  makePrivate(path);
  const sqlite = new DatabaseSync(path, { timeout: busyFor });
  try {
    sqlite.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${walPages[role]};
      PRAGMA journal_size_limit = ${walLimit};
      PRAGMA cache_size = -${readingKilobytes}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;`);
    prepare(sqlite);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Opens a read-only cache; a file on a read-only medium needs SQLite's `immutable`. */
export function openReadOnly(path: string, oldest = schemaVersion): DatabaseSync {
  if (!existsSync(path)) throw new ForeignFileError(`${path} does not exist`);
  const immutable = new URL(`${pathToFileURL(path).href}?immutable=1`);
  for (const place of [path, immutable]) {
    let sqlite: DatabaseSync | null = null;
    try {
      sqlite = new DatabaseSync(place, { readOnly: true, timeout: busyFor });
      check(sqlite, oldest);
      return sqlite;
    } catch (error) {
      sqlite?.close();
      if (place === immutable) throw error;
    }
  }
  throw new ForeignFileError(`${path} cannot be read`);
}

export function openInMemory(version = schemaVersion): DatabaseSync {
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(olderSchemas[version] ?? schema);
  return sqlite;
}

/** A read-only cache up to this size, in bytes, is copied into memory, so that refreshing still works. */
const copyLimit = 200 * 2 ** 20;

/** An in-memory copy of a read-only cache, or null if it is too large. */
export function copyInMemory(path: string): DatabaseSync | null {
  if (statSync(path).size > copyLimit) return null;
  const readOnly = openReadOnly(path, oldestVersion);
  const version = pragma(readOnly, 'user_version');
  readOnly.close();
  const sqlite = openInMemory(version);
  try {
    sqlite.prepare('ATTACH ? AS file').run(`${pathToFileURL(path).href}?immutable=1`);
    check(sqlite, version, 'file');
    const tables = sqlite.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").all();
    for (const { name } of tables) {
      // The order of columns in the file depends on the version that made it.
      const columns = sqlite.prepare(`PRAGMA file.table_info("${name}")`).all();
      const names = columns.map((column) => `"${column.name}"`).join(', ');
      sqlite.exec(
        `DELETE FROM main."${name}"; INSERT INTO main."${name}" (${names}) SELECT ${names} FROM file."${name}"`,
      );
    }
    sqlite.exec('DETACH file');
    if (version < schemaVersion) bringUp(sqlite, version);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Renames a damaged cache, for inspection, and returns the new path. Older damaged ones are deleted. */
export function setAside(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const [directory, name] = [dirname(path), basename(path)];
  for (const entry of readdirSync(directory)) {
    if (entry.startsWith(`${name}.damaged-`)) rmSync(join(directory, entry), { force: true });
  }
  const aside = `${path}.damaged-${stamp}`;
  renameSync(path, aside);
  for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
  return aside;
}

function prepare(sqlite: DatabaseSync): void {
  const blank = () => sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  const version = () => pragma(sqlite, 'user_version');
  const old = () =>
    pragma(sqlite, 'application_id') === applicationId && version() >= oldestVersion && version() < schemaVersion;
  if (blank()) alone(sqlite, blank, () => sqlite.exec(schema));
  if (old()) {
    check(sqlite, oldestVersion);
    withoutOthers(sqlite, () => alone(sqlite, old, () => bringUp(sqlite, version())));
  }
  check(sqlite, schemaVersion);
}

/**
 * Converts the file only while no other process has it open: SQLite leaves WAL mode for the last connection alone. Two processes
 * that both want to convert it wait for different times, so that one of them gives way.
 */
function withoutOthers(sqlite: DatabaseSync, convert: () => void): void {
  sqlite.exec(`PRAGMA busy_timeout = ${500 + (process.pid % 8) * 250}`);
  try {
    sqlite.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    if (!isHeld(error)) throw error;
    throw new CacheInUseError(
      'an older version made it and another Subdeck has it open. Close that one, then start again',
    );
  }
  sqlite.exec(`PRAGMA busy_timeout = ${busyFor}`);
  convert();
  sqlite.exec('PRAGMA journal_mode = WAL');
}

/** Whether a newer Subdeck has converted the file while this process had it open. */
export function isNewer(path: string): boolean {
  let sqlite: DatabaseSync | null = null;
  try {
    sqlite = new DatabaseSync(path, { readOnly: true, timeout: busyFor });
    return pragma(sqlite, 'application_id') === applicationId && pragma(sqlite, 'user_version') > schemaVersion;
  } catch {
    return false;
  } finally {
    sqlite?.close();
  }
}

/** Changes the file as a whole or not at all, unless another program did so meanwhile. */
function alone(sqlite: DatabaseSync, isNeeded: () => boolean, change: () => void): void {
  sqlite.exec('BEGIN EXCLUSIVE');
  try {
    if (isNeeded()) change();
    sqlite.exec('COMMIT');
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
    throw error;
  }
}

/** Before anything of a file is used: a foreign view or trigger would run foreign code. */
function check(sqlite: DatabaseSync, oldest: number, database: 'main' | 'file' = 'main'): void {
  // Another process may be migrating the file: read version and schema in one transaction.
  sqlite.exec('BEGIN');
  try {
    checkState(sqlite, oldest, database);
  } finally {
    sqlite.exec('ROLLBACK');
  }
}

function checkState(sqlite: DatabaseSync, oldest: number, database: 'main' | 'file'): void {
  if (pragma(sqlite, 'application_id', database) !== applicationId) {
    throw new DamagedError('it is not a Subdeck cache');
  }
  const version = pragma(sqlite, 'user_version', database);
  if (version > schemaVersion) throw new NewerCacheError();
  if (version < oldest) throw new DamagedError('an older version of Subdeck wrote it');
  const found = sqlite.prepare(`SELECT * FROM ${database}.sqlite_schema`).all();
  const ours = ourObjects[version]?.get() ?? [];
  if (schemaDifferences(found, ours).length > 0) {
    throw new DamagedError('its tables are not those that Subdeck created');
  }
}

const ourObjects: Readonly<Record<number, Lazy<readonly SchemaObject[]>>> = Object.fromEntries(
  Object.entries(allowedSchemas).map(([version, ways]) => [version, lazily(() => ways.flatMap(objectsOf))]),
);

function objectsOf(statements: string): readonly SchemaObject[] {
  const sqlite = new DatabaseSync(':memory:');
  try {
    sqlite.exec(statements);
    return sqlite.prepare('SELECT * FROM sqlite_schema').all();
  } finally {
    sqlite.close();
  }
}

function pragma(
  sqlite: DatabaseSync,
  name: 'application_id' | 'user_version',
  database: 'main' | 'file' = 'main',
): number {
  const value = sqlite.prepare(`PRAGMA ${database}.${name}`).get()?.[name];
  return typeof value === 'number' ? value : 0;
}

/** SQLite gives its -wal and -shm files the mode of the database, so this file determines all three. */
function makePrivate(path: string): void {
  const directory = dirname(path);
  const made = mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (made !== undefined) chmodSync(directory, 0o700);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw new ForeignFileError(`${path} is not a regular file`);
  const trouble = foreignness(path);
  if (trouble !== null) throw new ForeignFileError(`${trouble.what}. ${trouble.next.replace(/\.$/, '')}`);
  if (found === undefined) closeSync(openSync(path, 'a', 0o600));
  if ((statSync(path).mode & 0o777) !== 0o600) chmodSync(path, 0o600);
}
