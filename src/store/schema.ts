/** Marks the file as Subdeck's cache. */
export const applicationId = 0x53444b43;
export const schemaVersion = 4;
/** The oldest version whose file can still be read, and be brought up to this one. */
export const oldestVersion = 2;

/** Columns of `connection` that version 2 lacks. */
const added = ['account TEXT', 'position INTEGER NOT NULL DEFAULT 0'];

/**
 * Facts first (connection, node, subscription, raw, change), then what is derived from them to answer a window over a
 * million rows in milliseconds: `part` holds columns in pieces of 1024 rows (column-layout.ts), `young` what has no
 * rank of its own yet (ranks.ts), `run`, `posting` and `pending` the index of letter triples (trigram-index.ts), `kept`
 * the counts of whole levels (level-totals.ts).
 */
export const schema = schemaWith(added);

function schemaWith(connectionColumns: readonly string[]): string {
  return `
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE connection (
  code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, vendor TEXT NOT NULL, implied TEXT NOT NULL,
  ${['rows INTEGER NOT NULL DEFAULT 0', 'read_at TEXT', 'fault TEXT', ...connectionColumns].join(', ')});

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

INSERT INTO meta VALUES ('shape', 1);
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;
}

/** What a file of each version that can be read holds; checked before any of it is used. Version 4 has more and other cells than 3. */
export const schemas: Readonly<Record<number, string>> = { 2: schemaWith([]), 3: schema, [schemaVersion]: schema };

/** What leads from version 2 to 3. The counts of coming changes have another form under another key (level-totals.ts). */
export const migrationOfVersion2 = `
${added.map((column) => `ALTER TABLE connection ADD COLUMN ${column};`).join('\n')}
DELETE FROM kept WHERE level = 100;
`;
