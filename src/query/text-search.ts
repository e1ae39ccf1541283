import { clearBit, intersect, setBit } from '../store/bits.ts';
import type { Database } from '../store/database.ts';
import { haystackLine } from '../store/row-codec.ts';
import { integer, text } from '../store/sql-values.ts';
import { wantedTrigrams } from '../store/trigrams.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { indexedRowsOn } from './indexed-rows.ts';
import type { MatchingRows } from './recheck.ts';

/** Cached searches: typing letter by letter and deleting again. */
const searchesKept = 4;

/**
 * Rows with a name or id that contains a non-empty folded text; or, with a line of the haystack (0 the name, 1 the id),
 * those that contain it there.
 */
export type TextSearch = (folded: string, line?: 0 | 1) => MatchingRows;

export function textSearchOn(database: Database, snapshot: ColumnSnapshot): TextSearch {
  const indexedRows = indexedRowsOn(database, snapshot);
  /** The file's current state, like the index: a snapshot may be behind. */
  let waits: { readonly shape: number; readonly rows: readonly number[] } = { shape: -1, rows: [] };
  function waiting(): readonly number[] {
    const shape = database.meta('shape');
    if (waits.shape !== shape) {
      const found = database.statement('SELECT row FROM pending').all();
      waits = { shape, rows: found.map(({ row }) => integer(row)) };
    }
    return waits.rows;
  }
  const textOf = database.statement('SELECT text FROM haystack WHERE row = ?');
  const place = database.statement('SELECT instr(text, ?) AS place FROM haystack WHERE row = ?');
  // CROSS JOIN: SQLite would otherwise scan every text.
  const waitingHolds = database.statement(
    'SELECT pending.row FROM pending CROSS JOIN haystack ON haystack.row = pending.row WHERE instr(text, ?)',
  );

  function find(folded: string, line: 0 | 1 | null): MatchingRows {
    const wanted = wantedTrigrams(folded);
    const rows = indexedRows(wanted, line);
    intersect(rows, snapshot.alive());
    for (const row of waiting()) clearBit(rows, row);
    const doubtful = wanted.exact ? null : rows.slice();
    const test = (row: number): boolean => {
      if (line === null) return integer(place.get(folded, row)?.place ?? 0) > 0;
      const found = textOf.get(row)?.text;
      return found !== undefined && haystackLine(text(found), line).includes(folded);
    };
    for (const found of waitingHolds.all(folded)) {
      const row = integer(found.row);
      if (line === null || test(row)) setBit(rows, row);
    }
    return { rows, recheck: doubtful === null ? null : { rows: doubtful, test, kind: 'rare' } };
  }

  const anywhere = snapshot.memoBy(searchesKept, (folded) => find(folded, null));
  const names = snapshot.memoBy(searchesKept, (folded) => find(folded, 0));
  const ids = snapshot.memoBy(searchesKept, (folded) => find(folded, 1));
  return (folded, line) => (line === undefined ? anywhere : line === 0 ? names : ids)(folded);
}
