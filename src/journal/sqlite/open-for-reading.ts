import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { hasOwnSchema } from './own-schema.ts';
import { tables } from './schema.ts';

/** A read-only journal: the file itself, or what can be copied of one with a foreign schema. */
export function openForReading(path: string): DatabaseSync {
  return file(path) ?? copy(path) ?? empty();
}

function file(path: string): DatabaseSync | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    database.prepare('SELECT count(*) FROM entry').get();
    if (hasOwnSchema(database)) return database;
  } catch {
    // Then the file is unreadable.
  }
  database?.close();
  return null;
}

/**
 * Rows carry seals, so intact ones of a damaged file can be shown; its views, triggers and generated columns are never
 * run.
 */
function copy(path: string): DatabaseSync | null {
  const database = empty();
  try {
    database.prepare('ATTACH ? AS file').run(`${pathToFileURL(path).href}?mode=ro`);
    for (const { name } of database.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").all()) {
      copyTable(database, String(name));
    }
    database.exec('DETACH file');
    return database;
  } catch {
    database.close();
    return null;
  }
}

function copyTable(database: DatabaseSync, table: string): void {
  const sql = database.prepare('SELECT sql FROM file.sqlite_schema WHERE name = ?').get(table)?.sql;
  if (!/^CREATE TABLE /.test(String(sql))) return;
  const there = database.prepare('SELECT name FROM pragma_table_xinfo(?, ?) WHERE hidden = 0');
  const found = new Set(there.all(table, 'file').map(({ name }) => name));
  const names = there.all(table, 'main').flatMap(({ name }) => (found.has(name) ? [name] : []));
  try {
    database.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM file.${table} NOT INDEXED`);
  } catch {
    // A column is missing, or a page is unreadable: the table stays empty.
  }
}

/** Without the unique index: entries of Subdeck 0.1.0 have no account. */
export function empty(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(tables);
  return database;
}
