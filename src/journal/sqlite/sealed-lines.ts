import type { DatabaseSync } from 'node:sqlite';
import type { GenericSchema } from 'valibot';
import { lazily } from '../../model/lazily.ts';
import type { Row } from './entry-row.ts';
import { rowChecksum } from './row-checksum.ts';
import { readShape } from './row-shapes.ts';

/** A table of numbered lines that belong to entries, each row checked against its seal. */
export interface SealedLines<Body> {
  /** In order. A damaged line is left out here; `damaged` names its entry, and nothing is sent until that is settled. */
  of(entry: string): readonly Line<Body>[];
  /** Lines in the order in which they were added, from a place in the table on; `body` is null in a damaged one. */
  after(place: number): Iterable<{ readonly place: number; readonly entry: string; readonly body: Body | null }>;
  /** The number of a line to come, behind damaged ones too. */
  next(entry: string): number;
  insert(entry: string, number: number, body: Body): void;
  replace(entry: string, number: number, body: Body): void;
  damaged(): readonly DamagedRow[];
  wrecked(entry: string): readonly Row[];
  drop(entry: string, rows: readonly Row[]): void;
}

/** A row that is not what Subdeck writes, by the entry that it belongs to. */
export interface DamagedRow {
  readonly entry: string;
  /** Somebody wrote it so: what it belongs to is true, and nothing else in the file was touched. */
  readonly isSealed: boolean;
}

/** Statements are prepared at use: a file that can only be read may be older than the table. */
export function sealedLines<Body extends object>(
  database: DatabaseSync,
  table: 'step' | 'verdict' | 'mark' | 'link',
  shape: GenericSchema,
): SealedLines<Body> {
  const unpacked = (row: Row) => unpackLine<Body>(row, shape);
  const prepared = (sql: string) => lazily(() => database.prepare(sql));
  const of = prepared(`SELECT * FROM ${table} WHERE entry = ? ORDER BY number`);
  const after = prepared(`SELECT rowid AS place, * FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid`);
  const last = prepared(`SELECT max(number) AS number FROM ${table} WHERE entry = ?`);
  const insert = prepared(`INSERT INTO ${table} (entry, number, body, seal) VALUES (?, ?, ?, ?)`);
  const replace = prepared(`UPDATE ${table} SET body = ?3, seal = ?4 WHERE entry = ?1 AND number = ?2`);
  const drop = prepared(`DELETE FROM ${table} WHERE entry = ? AND number = ?`);

  return {
    of: (entry) =>
      of
        .get()
        .all(entry)
        .flatMap((row) => unpacked(row) ?? []),
    *after(place) {
      for (const row of after.get().all(place)) {
        yield { place: Number(row.place), entry: String(row.entry), body: unpacked(row)?.body ?? null };
      }
    },
    next: (entry) => Number(last.get().get(entry)?.number ?? -1) + 1,
    insert: (entry, number, body) => void insert.get().run(...packLine(entry, number, body)),
    replace: (entry, number, body) => void replace.get().run(...packLine(entry, number, body)),
    damaged: () =>
      [...database.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate()].flatMap((row) =>
        unpacked(row) === null ? [{ entry: String(row.entry), isSealed: isSealed(row) }] : [],
      ),
    wrecked: (entry) =>
      of
        .get()
        .all(entry)
        .filter((row) => unpacked(row) === null),
    drop(entry, rows) {
      for (const row of rows) drop.get().run(entry, row.number ?? null);
    },
  };
}

/** One of the numbered lines that belong to an entry: its steps, its verdicts. */
export interface Line<Body> {
  readonly number: number;
  readonly body: Body;
}

function packLine(entry: string, number: number, body: object): readonly [string, number, string, string] {
  const text = JSON.stringify(body);
  return [entry, number, text, rowChecksum(entry, String(number), text)];
}

/** The line as it was written, or null when the row is not what was written any more. */
function unpackLine<Body>(row: Row, shape: GenericSchema): Line<Body> | null {
  const { number, body } = row;
  if (!isSealed(row) || typeof number !== 'number' || typeof body !== 'string') return null;
  const content = readShape<Body>(shape, body);
  return content === null ? null : { number, body: content };
}

function isSealed({ entry, number, body, seal }: Row): boolean {
  if (typeof entry !== 'string' || typeof number !== 'number' || typeof body !== 'string') return false;
  return rowChecksum(entry, String(number), body) === seal;
}
