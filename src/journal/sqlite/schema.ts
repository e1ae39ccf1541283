import { verdictTable } from '../verdicts.ts';
import { heartbeatTable } from './heartbeats.ts';
import { linkTable } from './links-table.ts';
import { markTable } from './marks-table.ts';
import { watchTable, watchTable010 } from './poll-schedule.ts';
import { unannouncedTable } from './unannounced.ts';

/**
 * One open write on one subscription of one account. The trigger stops a Subdeck 0.1.0 that had the file open while it was
 * migrated: what it would send is under no guard.
 */
export const guard = `
  CREATE UNIQUE INDEX one_open_write ON entry (account, target)
    WHERE state IN ('intent', 'sent', 'unknown', 'needs-person');
  CREATE TRIGGER account_is_known BEFORE INSERT ON entry WHEN NEW.account IS NULL
    BEGIN SELECT RAISE(ABORT, 'a newer Subdeck uses it now; end this one and start the newer'); END;
`;

const guard010 = `
  CREATE UNIQUE INDEX one_open_write ON entry (connection, target)
    WHERE state IN ('intent', 'sent', 'unknown', 'needs-person');
`;

/** Marks the file as Subdeck's journal: "SbJ1". */
export const applicationId = 0x53_62_4a_31;

/** A file with a higher number was written by a later Subdeck. */
export const schemaVersion = 4;

/**
 * `entry`, `step`, `verdict`, `mark` and `link` are the memory; each row's `seal` is a checksum over all its other columns. `watch` is only a
 * timetable: losing it costs an early look. `heartbeat` says which processes still send. `wreck` keeps damaged rows that a person settled, as they were.
 *
 * `request` is there once the vendor accepted and works on. `account` is null only in entries of Subdeck 0.1.0.
 */
export const tables = `${tablesWith(', account TEXT', watchTable)} ${markTable} ${linkTable}`;

function tablesWith(account: string, watch: string): string {
  return `
  CREATE TABLE entry (
    id TEXT NOT NULL PRIMARY KEY,
    connection TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    request TEXT,
    seal TEXT NOT NULL${account}
  ) STRICT;
  CREATE INDEX accepted ON entry (id) WHERE request IS NOT NULL;
  CREATE TABLE step (
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (entry, number)
  ) STRICT;
  ${watch}  CREATE TABLE wreck (
    entry TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    row TEXT NOT NULL
  ) STRICT;
  ${unannouncedTable}
  ${verdictTable}
  ${heartbeatTable}
`;
}

/**
 * The unique index is the guard against two open writes on one subscription, through whatever connection and in whatever
 * process. It cannot tell entries without an account apart, so those are looked for before each intent (`openOn`).
 */
export const schema = `
  ${tables}
  ${guard}
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

/** What a file of each version holds. */
export const schemas: Readonly<Record<number, string>> = {
  1: `${tablesWith('', watchTable010)} ${guard010}`,
  2: `${tablesWith(', account TEXT', watchTable)} ${guard}`,
  3: `${tablesWith(', account TEXT', watchTable)} ${markTable} ${guard}`,
  [schemaVersion]: `${tables} ${guard}`,
};
