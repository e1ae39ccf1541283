import { type Bits, emptyBits, intersect, unite } from './bits.ts';
import type { Board } from './board.ts';
import { bytes, integer, text } from './cells.ts';
import type { Database } from './database.ts';
import { blockBits, blockSize, GramCollector, type GramRange, linesAtMost, type Wanted } from './grams.ts';
import { addPostings, encodePostings } from './postings.ts';

/** Rows of each line of the haystack: those that have some grams in it. */
type LineRows = readonly (Bits | null)[];

/**
 * Rows indexed so far, apart from those that wait in `pending`; never too few of them. `line`: only what stands in that
 * line of the haystack. A fresh set.
 */
export type IndexedRows = (wanted: Wanted, line: number | null) => Bits;

export function indexedRowsOn(database: Database, board: Board): IndexedRows {
  // CROSS JOIN: a run's postings are looked up, never walked through.
  const postings = database.statement(
    `SELECT block, gram, rows FROM run CROSS JOIN posting ON posting.run = run.id
     WHERE ready = 1 AND gram >= ? AND gram <= ?`,
  );
  /**
   * What was asked for last: who types a letter more wants the same grams and one more. Good for this shape of the file
   * and as many rows, of which a board that holds still may know fewer.
   */
  let last: { readonly of: string; readonly ranges: readonly GramRange[]; readonly lines: LineRows } | null = null;

  function linesWith({ from, to }: GramRange): LineRows {
    const lines = new Array<Bits | null>(linesAtMost).fill(null);
    for (const { block, gram, rows } of postings.iterate(from, to)) {
      const line = integer(gram) % linesAtMost;
      const bits = lines[line] ?? emptyBits(board.size());
      lines[line] = bits;
      const start = (integer(block) * blockSize) / 32;
      if (start < bits.length) addPostings(bytes(rows), bits.subarray(start, start + blockSize / 32));
    }
    return lines;
  }

  function linesWithAll(ranges: readonly GramRange[]): LineRows {
    const of = `${database.meta('shape')} ${board.size()}`;
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
    const all = emptyBits(board.size());
    for (const [at, rows] of linesWithAll(ranges).entries()) {
      if (rows !== null && (line === null || at === line)) unite(all, rows);
    }
    return all;
  };
}

/** In the memory of the second. */
function inBoth(rows: Bits | null, others: Bits | null): Bits | null {
  if (rows === null || others === null) return null;
  intersect(others, rows);
  return others;
}

/**
 * The block that most needs its index made, or null when at most so many rows wait: looking at one costs about a
 * microsecond a search.
 */
export function blockToIndex(database: Database, waitingAtMost: number): number | null {
  const many = database.statement('SELECT 1 FROM pending LIMIT 1 OFFSET ?').get(waitingAtMost);
  if (many === undefined) return null;
  const worst = database
    .statement(`SELECT row >> ${blockBits} AS block FROM pending GROUP BY block ORDER BY count(*) DESC LIMIT 1`)
    .get();
  return worst === undefined ? null : integer(worst.block);
}

/** Makes a block's index again in slices of a few milliseconds. Rows that change meanwhile go on waiting. */
export function* indexBlock(database: Database, block: number): Generator<undefined, void> {
  const since = database.meta('shape');
  const collector = new GramCollector();
  const slice = database.statement('SELECT row, text FROM haystack WHERE row >= ? AND row < ?');
  const first = block * blockSize;
  for (let row = first; row < first + blockSize; row += 256) {
    for (const found of slice.all(row, row + 256)) collector.add(integer(found.row) - first, text(found.text));
    yield;
  }
  const run = database.write(() => {
    database
      .statement('DELETE FROM posting WHERE run IN (SELECT id FROM run WHERE block = ? AND ready = 0)')
      .run(block);
    database.statement('DELETE FROM run WHERE block = ? AND ready = 0').run(block);
    return Number(database.statement('INSERT INTO run (block, ready) VALUES (?, 0)').run(block).lastInsertRowid);
  });
  const insert = database.statement('INSERT INTO posting (run, gram, rows) VALUES (?, ?, ?)');
  const postings = collector.postings();
  for (let done = false; !done; ) {
    done = database.write(() => {
      for (let count = 0; count < 500; count += 1) {
        const next = postings.next();
        if (next.done === true) return true;
        insert.run(run, next.value.gram, encodePostings(next.value.rows));
      }
      return false;
    });
    yield;
  }
  yield* replaceRun(database, block, run, since);
}

/** Puts the new run in the place of the old one, unless another process began the same block later. */
function* replaceRun(database: Database, block: number, run: number, since: number): Generator<undefined, void> {
  const first = block * blockSize;
  const old = database.write(() => {
    if (database.statement('SELECT 1 FROM run WHERE id = ?').get(run) === undefined) return [run];
    const stale = database.statement('SELECT id FROM run WHERE block = ? AND id <> ?').all(block, run);
    database.statement('UPDATE run SET ready = id = ? WHERE block = ?').run(run, block);
    database
      .statement('DELETE FROM pending WHERE row >= ? AND row < ? AND shape <= ?')
      .run(first, first + blockSize, since);
    database.setMeta('shape', database.meta('shape') + 1);
    return stale.map(({ id }) => integer(id));
  });
  const some = database.statement(
    'DELETE FROM posting WHERE run = ? AND gram IN (SELECT gram FROM posting WHERE run = ? LIMIT 1000)',
  );
  for (const id of old) {
    while (database.write(() => some.run(id, id).changes) !== 0) yield;
    database.write(() => database.statement('DELETE FROM run WHERE id = ?').run(id));
  }
}
