import { clearBit, emptyBits, intersect, setBit } from './bits.ts';
import type { Board } from './board.ts';
import { integer } from './cells.ts';
import type { Database } from './database.ts';
import type { Found } from './doubt.ts';
import { indexedRows } from './gram-index.ts';
import { wantedGrams } from './grams.ts';

/** Searches kept: what was typed, letter by letter, and taken back again. */
const searchesKept = 16;

/** Rows one of whose names or ids holds a folded text, which is not empty. */
export type Search = (folded: string) => Found;

export function searchOn(database: Database, board: Board): Search {
  const waiting = board.memo(() =>
    database
      .statement('SELECT row FROM pending')
      .all()
      .map(({ row }) => integer(row)),
  );
  const holds = database.statement('SELECT instr(text, ?) AS place FROM haystack WHERE row = ?');
  // CROSS JOIN: SQLite would rather walk through every text there is.
  const waitingHolds = database.statement(
    'SELECT pending.row FROM pending CROSS JOIN haystack ON haystack.row = pending.row WHERE instr(text, ?)',
  );

  return board.memoBy(searchesKept, (folded): Found => {
    const wanted = wantedGrams(folded);
    const rows = indexedRows(database, board, wanted);
    intersect(rows, board.alive());
    for (const row of waiting()) clearBit(rows, row);
    const exact = wanted.kind === 'range' || wanted.exact;
    const doubtful = exact ? emptyBits(0) : rows.slice();
    for (const { row } of waitingHolds.all(folded)) setBit(rows, integer(row));
    const test = (row: number) => integer(holds.get(folded, row)?.place ?? 0) > 0;
    return { rows, doubt: exact ? null : { rows: doubtful, test, kind: 'rare' } };
  });
}
