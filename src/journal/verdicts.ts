import type { DatabaseSync } from 'node:sqlite';
import { lazily } from '../model/lazily.ts';
import type { Verdict, VerdictState } from '../model/verdict.ts';
import type { EntryColumns } from './sqlite/entry-row.ts';
import { verdictShape } from './sqlite/row-shapes.ts';
import { type SealedLines, sealedLines } from './sqlite/sealed-lines.ts';

/** Made in older files too. */
export const verdictTable = `
  CREATE TABLE IF NOT EXISTS verdict (
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (entry, number)
  ) STRICT;
`;

/** The `verdict` table: what was said of each entry, line after line. Lines are added and never changed. */
export interface Verdicts extends Pick<SealedLines<Verdict>, 'damaged' | 'wrecked' | 'drop'> {
  /** First the oldest. An entry of Subdeck 0.1.0 that has its end has one, made of what the entry says. */
  of(columns: EntryColumns): readonly Verdict[];
  /** `columns`: the entry as it stood before. */
  add(columns: EntryColumns, verdict: Verdict): void;
  /** The same, of an entry whose earlier verdicts are all there. */
  append(entry: string, verdict: Verdict): void;
}

export function verdictsOf(database: DatabaseSync): Verdicts {
  const lines = sealedLines<Verdict>(database, 'verdict', verdictShape);
  // A file of an older Subdeck that can only be read has none.
  const isThere = lazily(
    () => database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'verdict'`).get() !== undefined,
  );

  function earlier({ state, body }: EntryColumns): readonly Verdict[] {
    if (!isVerdict(state)) return [];
    return [{ state, at: body.closedAt ?? body.at, basis: null, by: null, reason: body.end }];
  }

  return {
    of(columns) {
      const kept = isThere.get() ? lines.of(columns.id).map(({ body }) => body) : [];
      return kept.length > 0 ? kept : earlier(columns);
    },
    add(columns, verdict) {
      const next = lines.next(columns.id);
      const missing = next === 0 ? earlier(columns) : [];
      for (const [nth, each] of [...missing, verdict].entries()) lines.insert(columns.id, next + nth, each);
    },
    append: (entry, verdict) => lines.insert(entry, lines.next(entry), verdict),
    damaged: () => (isThere.get() ? lines.damaged() : []),
    wrecked: lines.wrecked,
    drop: lines.drop,
  };
}

function isVerdict(state: EntryColumns['state']): state is VerdictState {
  return state !== 'intent' && state !== 'sent';
}
