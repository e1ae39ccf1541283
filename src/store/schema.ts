/** Marks the file as Subdeck's cache. */
export const applicationId = 0x53444b43;
export const schemaVersion = 9;

/** What a part of the schema is called: until version 5 some had other names (migrations.ts). */
export interface SchemaNames {
  /** The column that holds a row's stored fields. */
  readonly encodedRow: string;
  /** The column of letter triples in `posting`. */
  readonly trigram: string;
  /** The table of what has no rank of its own yet. */
  readonly unranked: string;
  /** The table of begun sync runs, and the columns that point to one. */
  readonly syncRun: string;
  /** The table of the counts of whole levels. */
  readonly levelTotals: string;
}

export const names: SchemaNames = {
  encodedRow: 'encoded_row',
  trigram: 'trigram',
  unranked: 'unranked',
  syncRun: 'sync_run',
  levelTotals: 'level_totals',
};

/** Columns of `connection`, by the version that they came with. */
export const addedColumns: Readonly<Record<number, readonly string[]>> = {
  3: ['account TEXT', 'position INTEGER NOT NULL DEFAULT 0'],
  5: ['missing INTEGER NOT NULL DEFAULT 0', 'missing_since TEXT'],
};

/**
 * What version 5 brought: rows that a sync did not see and that are kept (`there`: the vendor has them by id), what lists
 * count and never send, and how old the parts of an interrupted sync run are.
 */
export function tablesOfVersion5({ syncRun }: SchemaNames): string {
  return `
CREATE TABLE missing (row INTEGER PRIMARY KEY, since TEXT NOT NULL, there INTEGER NOT NULL);
CREATE TABLE shortfall (
  connection INTEGER NOT NULL, scope TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (connection, scope)) WITHOUT ROWID;
CREATE TABLE session (
  ${syncRun} INTEGER PRIMARY KEY, known INTEGER NOT NULL, kept INTEGER NOT NULL, oldest INTEGER, ended INTEGER NOT NULL);
`;
}

/**
 * What version 7 brought: answers to reads of one thing each (stored-answers.ts). `id` is empty for a place, `place` for a
 * subscription. A version that changes the form of answers must empty the table.
 */
export const tableOfVersion7 = `
CREATE TABLE answer (
  connection INTEGER NOT NULL, id TEXT NOT NULL, read TEXT NOT NULL, place TEXT NOT NULL, account TEXT NOT NULL,
  read_at INTEGER NOT NULL, outdated INTEGER NOT NULL, bytes INTEGER NOT NULL, json TEXT NOT NULL,
  UNIQUE (connection, id, read, place));
CREATE INDEX answer_age ON answer (read_at, bytes);
`;

/** What version 8 brought: the internet domains of organizations, which are nodes. */
export const tableOfVersion8 = `
CREATE TABLE organization_domain (node INTEGER PRIMARY KEY, domain TEXT NOT NULL, folded TEXT NOT NULL);
`;

/**
 * What version 9 brought: up to where what a team's store has of a connection was taken over. `line` is the history that `number` counts in,
 * `ended` the last sync run of another member that is part of it.
 */
export const tableOfVersion9 = `
CREATE TABLE published (connection INTEGER PRIMARY KEY, line TEXT NOT NULL, number INTEGER NOT NULL, ended TEXT);
`;

/**
 * Facts first (connection, node, organization_domain, subscription, raw, change, answer), then what is derived from them to answer a window over a
 * million rows in milliseconds: `part` holds columns in pieces of 1024 rows (column-layout.ts), `unranked` what has no
 * rank of its own yet (ranks.ts), `run`, `posting` and `pending` the index of letter triples (trigram-index.ts),
 * `level_totals` the counts of whole levels (level-totals.ts).
 */
export const schema = schemaOf(schemaVersion, names);

/** The schema of a version, with the names that it had then. */
export function schemaOf(version: number, names: SchemaNames): string {
  const { encodedRow, trigram, unranked, syncRun, levelTotals } = names;
  const columns = Object.entries(addedColumns).flatMap(([since, added]) => (Number(since) <= version ? added : []));
  return `
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE connection (
  code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, vendor TEXT NOT NULL, implied TEXT NOT NULL,
  ${['rows INTEGER NOT NULL DEFAULT 0', 'read_at TEXT', 'fault TEXT', ...columns].join(', ')});

CREATE TABLE node (
  code INTEGER PRIMARY KEY, connection INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  folded TEXT NOT NULL, sort TEXT NOT NULL, ${syncRun} INTEGER,
  UNIQUE (connection, kind, id));
CREATE INDEX node_sort ON node (sort, code);

CREATE TABLE bundle (code INTEGER PRIMARY KEY, nodes TEXT NOT NULL UNIQUE);

CREATE TABLE subscription (
  row INTEGER PRIMARY KEY, connection INTEGER NOT NULL, id TEXT NOT NULL, sort TEXT NOT NULL,
  ${encodedRow} TEXT NOT NULL,
  UNIQUE (id, connection));
CREATE INDEX subscription_sort ON subscription (sort, row);
CREATE TABLE haystack (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE raw (row INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE hole (row INTEGER PRIMARY KEY);

CREATE TABLE part (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE segment (place INTEGER PRIMARY KEY, shape INTEGER NOT NULL);
CREATE TABLE ${unranked} (space INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (space, item)) WITHOUT ROWID;

CREATE TABLE pending (row INTEGER PRIMARY KEY, shape INTEGER NOT NULL);
CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, block INTEGER NOT NULL, ready INTEGER NOT NULL);
CREATE TABLE posting (
  run INTEGER NOT NULL, ${trigram} INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (run, ${trigram})) WITHOUT ROWID;

CREATE TABLE ${syncRun} (
  id INTEGER PRIMARY KEY AUTOINCREMENT, connection INTEGER NOT NULL, scope TEXT NOT NULL, started INTEGER NOT NULL,
  resume TEXT, UNIQUE (connection, scope));
CREATE TABLE seen (${syncRun} INTEGER NOT NULL, segment INTEGER NOT NULL, bits BLOB NOT NULL,
  PRIMARY KEY (${syncRun}, segment)) WITHOUT ROWID;

CREATE TABLE ${levelTotals} (
  level INTEGER PRIMARY KEY, shape INTEGER NOT NULL, since INTEGER NOT NULL, data BLOB NOT NULL);

CREATE TABLE change (
  seq INTEGER PRIMARY KEY, connection INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, field TEXT NOT NULL,
  before TEXT, after TEXT, seen_at TEXT NOT NULL);
CREATE INDEX change_subscription ON change (connection, id);
CREATE INDEX change_seen ON change (seen_at);

${version < 5 ? '' : tablesOfVersion5(names)}
${version < 7 ? '' : tableOfVersion7}
${version < 8 ? '' : tableOfVersion8}
${version < 9 ? '' : tableOfVersion9}
INSERT INTO meta VALUES ('shape', 1);
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${version};
`;
}
