import type { DatabaseSync } from 'node:sqlite';
import { lazily } from '../../model/lazily.ts';
import { withoutControls } from './control-characters.ts';
import type { Row } from './entry-row.ts';
import { rowChecksum } from './row-checksum.ts';

/** A table of numbered lines that belong to entries, each row checked against its seal. */
export interface SealedLines<Body> {
  /** In order. A damaged line is left out here; `damaged` names its entry, and nothing is sent until that is settled. */
  of(entry: string): readonly Line<Body>[];
  /** The number of a line to come, behind damaged ones too. */
  next(entry: string): number;
  insert(entry: string, number: number, body: Body): void;
  replace(entry: string, number: number, body: Body): void;
  /** Ids of entries with a damaged line. */
  damaged(): readonly string[];
  wrecked(entry: string): readonly Row[];
  drop(entry: string, rows: readonly Row[]): void;
}

/** Statements are prepared at use: a file that can only be read may be older than the table. */
export function sealedLines<Body extends object>(database: DatabaseSync, table: 'step' | 'verdict'): SealedLines<Body> {
  const prepared = (sql: string) => lazily(() => database.prepare(sql));
  const of = prepared(`SELECT * FROM ${table} WHERE entry = ? ORDER BY number`);
  const last = prepared(`SELECT max(number) AS number FROM ${table} WHERE entry = ?`);
  const insert = prepared(`INSERT INTO ${table} (entry, number, body, seal) VALUES (?, ?, ?, ?)`);
  const replace = prepared(`UPDATE ${table} SET body = ?3, seal = ?4 WHERE entry = ?1 AND number = ?2`);
  const drop = prepared(`DELETE FROM ${table} WHERE entry = ? AND number = ?`);

  return {
    of: (entry) =>
      of
        .get()
        .all(entry)
        .flatMap((row) => unpackLine<Body>(row) ?? []),
    next: (entry) => Number(last.get().get(entry)?.number ?? -1) + 1,
    insert: (entry, number, body) => void insert.get().run(...packLine(entry, number, body)),
    replace: (entry, number, body) => void replace.get().run(...packLine(entry, number, body)),
    damaged: () =>
      [...database.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate()].flatMap((row) =>
        unpackLine(row) === null ? [String(row.entry)] : [],
      ),
    wrecked: (entry) =>
      of
        .get()
        .all(entry)
        .filter((row) => unpackLine(row) === null),
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
function unpackLine<Body>(row: Row): Line<Body> | null {
  const { entry, number, body } = row;
  if (typeof entry !== 'string' || typeof number !== 'number' || typeof body !== 'string') return null;
  if (rowChecksum(entry, String(number), body) !== row.seal) return null;
  return { number, body: JSON.parse(body, withoutControls) };
}
