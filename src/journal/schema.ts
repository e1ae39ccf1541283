import { awaitedTable } from './awaited.ts';
import { watchTable } from './watch.ts';

/** Marks the file as Subdeck's journal: "SbJ1". */
export const applicationId = 0x53_62_4a_31;

/** A file with a higher number was written by a later Subdeck. */
export const schemaVersion = 1;

/**
 * `entry` and `step` are the memory; each row's `seal` is a checksum over all its other columns. `watch` is only a timetable:
 * losing it costs an early look. `wreck` keeps damaged rows that a person settled, as they were.
 *
 * `request` is there once the vendor accepted and works on. The unique index is the guard against two open writes on one target, in whatever process.
 */
export const schema = `
  CREATE TABLE entry (
    id TEXT NOT NULL PRIMARY KEY,
    connection TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    request TEXT,
    seal TEXT NOT NULL
  ) STRICT;
  CREATE INDEX accepted ON entry (id) WHERE request IS NOT NULL;
  CREATE UNIQUE INDEX one_open_write ON entry (connection, target)
    WHERE state IN ('intent', 'sent', 'unknown', 'needs-person');
  CREATE TABLE step (
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (entry, number)
  ) STRICT;
  ${watchTable}  CREATE TABLE wreck (
    entry TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    row TEXT NOT NULL
  ) STRICT;
  ${awaitedTable}
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;
