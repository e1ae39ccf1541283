import type { DatabaseSync } from 'node:sqlite';
import type { Row } from './entry-row.ts';
import type { JournalStep } from './journal.ts';
import { packStep, type StepBody, unpackStep } from './step-row.ts';

/** The `step` table, each row checked against its seal. */
export interface Steps {
  /** In order. A damaged step is left out here; `damaged` names its entry, and nothing is sent until that is settled. */
  of(entry: string): readonly JournalStep[];
  insert(entry: string, number: number, body: StepBody): void;
  replace(entry: string, number: number, body: StepBody): void;
  /** Ids of entries with a damaged step. */
  damaged(): readonly string[];
  wrecked(entry: string): readonly Row[];
  drop(entry: string, rows: readonly Row[]): void;
}

export function stepsOf(database: DatabaseSync): Steps {
  const of = database.prepare('SELECT * FROM step WHERE entry = ? ORDER BY number');
  const insert = database.prepare('INSERT INTO step (entry, number, body, seal) VALUES (?, ?, ?, ?)');
  const replace = database.prepare('UPDATE step SET body = ?3, seal = ?4 WHERE entry = ?1 AND number = ?2');
  const drop = database.prepare('DELETE FROM step WHERE entry = ? AND number = ?');

  return {
    of: (entry) => of.all(entry).flatMap((row) => unpackStep(row) ?? []),
    insert: (entry, number, body) => void insert.run(...packStep(entry, number, body)),
    replace: (entry, number, body) => void replace.run(...packStep(entry, number, body)),
    damaged: () =>
      [...database.prepare('SELECT * FROM step NOT INDEXED').iterate()].flatMap((row) =>
        unpackStep(row) === null ? [String(row.entry)] : [],
      ),
    wrecked: (entry) => of.all(entry).filter((row) => unpackStep(row) === null),
    drop(entry, rows) {
      for (const row of rows) drop.run(entry, row.number ?? null);
    },
  };
}
