import type { DatabaseSync } from 'node:sqlite';
import { fillCells } from './fill-cells.ts';
import {
  addedColumns,
  names,
  type SchemaNames,
  schemaOf,
  schemaVersion,
  tableOfVersion7,
  tableOfVersion8,
  tableOfVersion9,
  tablesOfVersion5,
} from './schema.ts';

/** The oldest version whose file can still be read, and be brought up to this one. */
export const oldestVersion = 2;

/** What version 6 gave other names to. */
const oldNames: SchemaNames = {
  encodedRow: 'noun',
  trigram: 'gram',
  unranked: 'young',
  syncRun: 'pass',
  levelTotals: 'kept',
};

/** SQLite changes only its own text of the tables: at once, however many rows they have. */
const newNames = `
ALTER TABLE subscription RENAME COLUMN noun TO encoded_row;
ALTER TABLE posting RENAME COLUMN gram TO trigram;
ALTER TABLE node RENAME COLUMN pass TO sync_run;
ALTER TABLE seen RENAME COLUMN pass TO sync_run;
ALTER TABLE session RENAME COLUMN pass TO sync_run;
ALTER TABLE pass RENAME TO sync_run;
ALTER TABLE young RENAME TO unranked;
ALTER TABLE kept RENAME TO level_totals;
`;

const newColumns = (version: number) =>
  (addedColumns[version] ?? []).map((column) => `ALTER TABLE connection ADD COLUMN ${column};`).join('\n');

/** By the version that they lead to. The counts of coming changes have another form, under another key, since version 3. */
const steps: Readonly<Record<number, string>> = {
  3: `${newColumns(3)} DELETE FROM kept WHERE level = 100;`,
  5: `${newColumns(5)} ${tablesOfVersion5(oldNames)}`,
  6: newNames,
  7: tableOfVersion7,
  8: tableOfVersion8,
  9: tableOfVersion9,
};

const older = Array.from({ length: schemaVersion - oldestVersion }, (_, index) => oldestVersion + index);

/** The schema of each version before this one. */
export const olderSchemas: Readonly<Record<number, string>> = Object.fromEntries(
  older.map((version) => [version, schemaOf(version, version < 6 ? oldNames : names)]),
);

/**
 * What a file of each version may hold, checked before any of it is used: one that was brought up to this version has
 * its tables in other words than a new one.
 */
export const allowedSchemas: Readonly<Record<number, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(olderSchemas).map(([version, statements]) => [version, [statements]])),
  6: [schemaOf(6, names), `${schemaOf(5, oldNames)} ${newNames}`],
  7: [schemaOf(7, names), `${schemaOf(5, oldNames)} ${newNames} ${tableOfVersion7}`],
  8: [schemaOf(8, names), `${schemaOf(5, oldNames)} ${newNames} ${tableOfVersion7} ${tableOfVersion8}`],
  9: [
    schemaOf(9, names),
    `${schemaOf(5, oldNames)} ${newNames} ${tableOfVersion7} ${tableOfVersion8} ${tableOfVersion9}`,
  ],
};

/**
 * Brings a cache of an older version up to this one. Version 4 has more and other cells than 3, and version 6 has those
 * of each kind of price. Inside the caller's transaction.
 */
export function bringUp(sqlite: DatabaseSync, from: number): void {
  for (let version = from + 1; version <= schemaVersion; version += 1) sqlite.exec(steps[version] ?? '');
  if (from < 6) fillCells(sqlite);
  sqlite.exec(`PRAGMA user_version = ${schemaVersion}`);
}
