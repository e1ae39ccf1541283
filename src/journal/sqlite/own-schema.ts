import { DatabaseSync } from 'node:sqlite';
import { type SchemaObject, schemaDifferences } from '../../model/schema-objects.ts';
import { watchTable } from './poll-schedule.ts';
import { pragma } from './pragma.ts';
import { schemas } from './schema.ts';

/** Tables that are made in older files when one is opened. */
const madeLater: readonly unknown[] = ['awaited', 'verdict'];

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
  const statements = schemas[pragma(database, 'user_version')];
  if (statements === undefined) return false;
  const found = database.prepare('SELECT * FROM sqlite_schema').all();
  // In a file of version 1 the timetable may have its instants already.
  const ours = [...objectsOf(statements), ...objectsOf(watchTable)];
  return schemaDifferences(found, ours).every((object) => {
    return madeLater.includes(object.tbl_name) && !found.some(({ name }) => name === object.name);
  });
}

function objectsOf(statements: string): readonly SchemaObject[] {
  const database = new DatabaseSync(':memory:');
  try {
    database.exec(statements);
    return database.prepare('SELECT * FROM sqlite_schema').all();
  } finally {
    database.close();
  }
}
