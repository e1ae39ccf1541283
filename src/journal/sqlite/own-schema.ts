import { DatabaseSync } from 'node:sqlite';
import { type Lazy, lazily } from '../../model/lazily.ts';
import { type SchemaObject, schemaDifferences } from '../../model/schema-objects.ts';
import { watchTable } from './poll-schedule.ts';
import { pragma } from './pragma.ts';
import { schemas } from './schema.ts';

/** Tables that are made in older files when one is opened. */
const madeLater: readonly unknown[] = ['awaited', 'verdict', 'heartbeat'];

/** Whether a file holds exactly what Subdeck made in this version: anything else is damage, or was put there by somebody else. */
export function hasOwnSchema(database: DatabaseSync): boolean {
  // Another process may migrate the file just now: version and schema belong to one state of it.
  database.exec('BEGIN');
  try {
    return isOwn(database);
  } finally {
    database.exec('ROLLBACK');
  }
}

function isOwn(database: DatabaseSync): boolean {
  const ours = ourObjects[pragma(database, 'user_version')]?.get();
  if (ours === undefined) return false;
  const found = database.prepare('SELECT * FROM sqlite_schema').all();
  return schemaDifferences(found, ours).every((object) => {
    return madeLater.includes(object.tbl_name) && !found.some(({ name }) => name === object.name);
  });
}

/** By version. In a file of version 1 the timetable may have its instants already. */
const ourObjects: Readonly<Record<number, Lazy<readonly SchemaObject[]>>> = Object.fromEntries(
  Object.entries(schemas).map(([version, statements]) => [
    version,
    lazily(() => [...objectsOf(statements), ...objectsOf(watchTable)]),
  ]),
);

function objectsOf(statements: string): readonly SchemaObject[] {
  const database = new DatabaseSync(':memory:');
  try {
    database.exec(statements);
    return database.prepare('SELECT * FROM sqlite_schema').all();
  } finally {
    database.close();
  }
}
