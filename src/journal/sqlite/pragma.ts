import type { DatabaseSync } from 'node:sqlite';

/** A number in the file's header; 0 if it was never set. */
export function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name];
  return typeof value === 'number' ? value : 0;
}
