/** Marks the file as Subdeck's cache. */
export const applicationId = 0x53444b43;
export const schemaVersion = 5;
/** The oldest version whose file can still be read, and be brought up to this one. */
export const oldestVersion = 2;

/** Columns of `connection`, by the version that they came with. */
const added: Readonly<Record<number, readonly string[]>> = {
  3: ['account TEXT', 'position INTEGER NOT NULL DEFAULT 0'],
  5: ['missing INTEGER NOT NULL DEFAULT 0', 'missing_since TEXT'],
};

/**
 * What version 5 brought: rows that a sync did not see and that are kept (`there`: the vendor has them by id), what lists
 * count and never send, and how old the parts of an interrupted sync run are.
 */
const fifth = `
CREATE TABLE missing (row INTEGER PRIMARY KEY, since TEXT NOT NULL, there INTEGER NOT NULL);
CREATE TABLE shortfall (
  connection INTEGER NOT NULL, scope TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (connection, scope)) WITHOUT ROWID;
CREATE TABLE session (
  pass INTEGER PRIMARY KEY, known INTEGER NOT NULL, kept INTEGER NOT NULL, oldest INTEGER, ended INTEGER NOT NULL);
`;

/**
 * Facts first (connection, node, subscription, raw, change), then what is derived from them to answer a window over a
 * million rows in milliseconds: `part` holds columns in pieces of 1024 rows (column-layout.ts), `young` what has no
 * rank of its own yet (ranks.ts), `run`, `posting` and `pending` the index of letter triples (trigram-index.ts), `kept`
 * the counts of whole levels (level-totals.ts).
 */
export const schema = schemaOf(schemaVersion);

function schemaOf(version: number): string {
  const columns = Object.entries(added).flatMap(([since, names]) => (Number(since) <= version ? names : []));
  return `
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE connection (
  code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, vendor TEXT NOT NULL, implied TEXT NOT NULL,
  ${['rows INTEGER NOT NULL DEFAULT 0', 'read_at TEXT', 'fault TEXT', ...columns].join(', ')});

CREATE TABLE node (
  code INTEGER PRIMARY KEY, connection INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  folded TEXT NOT NULL, sort TEXT NOT NULL, pass INTEGER,
  UNIQUE (connection, kind, id));
CREATE INDEX node_sort ON node (sort, code);

CREATE TABLE bundle (code INTEGER PRIMARY KEY, nodes TEXT NOT NULL UNIQUE);

CREATE TABLE subscription (
  row INTEGER PRIMARY KEY, connection INTEGER NOT NULL, id TEXT NOT NULL, sort TEXT NOT NULL, noun TEXT NOT NULL,
  UNIQUE (id, connection));
CREATE INDEX subscription_sort ON subscription (sort, row);
CREATE TABLE haystack (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE raw (row INTEGER PRIMARY KEY, json TEXT NOT NULL);
CREATE TABLE hole (row INTEGER PRIMARY KEY);

CREATE TABLE part (place INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE segment (place INTEGER PRIMARY KEY, shape INTEGER NOT NULL);
CREATE TABLE young (space INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (space, item)) WITHOUT ROWID;

CREATE TABLE pending (row INTEGER PRIMARY KEY, shape INTEGER NOT NULL);
CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, block INTEGER NOT NULL, ready INTEGER NOT NULL);
CREATE TABLE posting (
  run INTEGER NOT NULL, gram INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (run, gram)) WITHOUT ROWID;

CREATE TABLE pass (
  id INTEGER PRIMARY KEY AUTOINCREMENT, connection INTEGER NOT NULL, scope TEXT NOT NULL, started INTEGER NOT NULL,
  resume TEXT, UNIQUE (connection, scope));
CREATE TABLE seen (pass INTEGER NOT NULL, segment INTEGER NOT NULL, bits BLOB NOT NULL,
  PRIMARY KEY (pass, segment)) WITHOUT ROWID;

CREATE TABLE kept (
  level INTEGER PRIMARY KEY, shape INTEGER NOT NULL, since INTEGER NOT NULL, data BLOB NOT NULL);

CREATE TABLE change (
  seq INTEGER PRIMARY KEY, connection INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, field TEXT NOT NULL,
  before TEXT, after TEXT, seen_at TEXT NOT NULL);
CREATE INDEX change_subscription ON change (connection, id);
CREATE INDEX change_seen ON change (seen_at);

${version < 5 ? '' : fifth}
INSERT INTO meta VALUES ('shape', 1);
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${version};
`;
}

/** What a file of each version that can be read holds; checked before any of it is used. Version 4 has more and other cells than 3. */
export const schemas: Readonly<Record<number, string>> = Object.fromEntries(
  Array.from({ length: schemaVersion - oldestVersion + 1 }, (_, index) => oldestVersion + index).map((version) => [
    version,
    schemaOf(version),
  ]),
);

const newColumns = (version: number) =>
  (added[version] ?? []).map((column) => `ALTER TABLE connection ADD COLUMN ${column};`).join('\n');

/** What leads from version 2 to 3. The counts of coming changes have another form under another key (level-totals.ts). */
export const migrationOfVersion2 = `${newColumns(3)} DELETE FROM kept WHERE level = 100;`;

/** What leads from version 3 or 4 to 5, beside the cells that 4 has more than 3. */
export const migrationOfVersion4 = `${newColumns(5)} ${fifth}`;
