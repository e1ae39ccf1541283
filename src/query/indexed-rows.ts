import { type Bits, emptyBits, intersect, unite } from '../store/bits.ts';
import type { Database } from '../store/database.ts';
import { addPostings } from '../store/postings.ts';
import { bytes, integer } from '../store/sql-values.ts';
import { blockSize, linesAtMost, type TrigramRange, type WantedTrigrams } from '../store/trigrams.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';

/** Rows by line of the haystack: those that contain some trigrams in it. */
type LineRows = readonly (Bits | null)[];

/**
 * Candidate rows among the indexed ones, without those in `pending`; never too few. `line`: only matches in that line
 * of the haystack. A fresh set.
 */
export type IndexedRows = (wanted: WantedTrigrams, line: number | null) => Bits;

export function indexedRowsOn(database: Database, snapshot: ColumnSnapshot): IndexedRows {
  // CROSS JOIN: a run's postings are looked up, never scanned.
  const postings = database.statement(
    `SELECT block, trigram, rows FROM run CROSS JOIN posting ON posting.run = run.id
     WHERE ready = 1 AND trigram >= ? AND trigram <= ?`,
  );
  /**
   * The last query: typing another letter needs the same trigrams and one more. Valid for this shape of the file and
   * this many rows; a snapshot may know fewer.
   */
  let last: { readonly of: string; readonly ranges: readonly TrigramRange[]; readonly lines: LineRows } | null = null;

  function linesWith({ from, to }: TrigramRange): LineRows {
    const lines = new Array<Bits | null>(linesAtMost).fill(null);
    for (const { block, trigram, rows } of postings.iterate(from, to)) {
      const line = integer(trigram) % linesAtMost;
      const bits = lines[line] ?? emptyBits(snapshot.size());
      lines[line] = bits;
      const start = (integer(block) * blockSize) / 32;
      if (start < bits.length) addPostings(bytes(rows), bits.subarray(start, start + blockSize / 32));
    }
    return lines;
  }

  function linesWithAll(ranges: readonly TrigramRange[]): LineRows {
    const of = `${database.meta('shape')} ${snapshot.size()}`;
    const before = last?.of === of ? last : null;
    const isLonger = before?.ranges.every(({ from, to }, at) => ranges[at]?.from === from && ranges[at].to === to);
    const known = isLonger === true ? before : null;
    let lines = known?.lines ?? null;
    for (const range of ranges.slice(known?.ranges.length ?? 0)) {
      const found = linesWith(range);
      lines = lines === null ? found : lines.map((rows, line) => inBoth(rows, found[line] ?? null));
    }
    last = { of, ranges, lines: lines ?? [] };
    return last.lines;
  }

  return ({ ranges }, line) => {
    const all = emptyBits(snapshot.size());
    for (const [at, rows] of linesWithAll(ranges).entries()) {
      if (rows !== null && (line === null || at === line)) unite(all, rows);
    }
    return all;
  };
}

/** In the second one's memory. */
function inBoth(rows: Bits | null, others: Bits | null): Bits | null {
  if (rows === null || others === null) return null;
  intersect(others, rows);
  return others;
}
