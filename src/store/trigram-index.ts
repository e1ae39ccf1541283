import type { Database } from './database.ts';
import { encodePostings } from './postings.ts';
import { integer, text } from './sql-values.ts';
import { blockBits, blockSize, TrigramCollector } from './trigrams.ts';

/**
 * The block with the most unindexed rows, or null if few enough wait: scanning one costs about a microsecond a search.
 */
export function blockToIndex(database: Database, waitingAtMost: number): number | null {
  const many = database.statement('SELECT 1 FROM pending LIMIT 1 OFFSET ?').get(waitingAtMost);
  if (many === undefined) return null;
  const worst = database
    .statement(`SELECT row >> ${blockBits} AS block FROM pending GROUP BY block ORDER BY count(*) DESC LIMIT 1`)
    .get();
  return worst === undefined ? null : integer(worst.block);
}

/** Reindexes a block in slices of a few milliseconds. Rows that change meanwhile stay pending. */
export function* indexBlock(database: Database, block: number): Generator<undefined, void> {
  const since = database.meta('shape');
  const collector = new TrigramCollector();
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
  const insert = database.statement('INSERT INTO posting (run, trigram, rows) VALUES (?, ?, ?)');
  const postings = collector.postings();
  for (let done = false; !done; ) {
    done = database.write(() => {
      for (let count = 0; count < 500; count += 1) {
        const next = postings.next();
        if (next.done === true) return true;
        insert.run(run, next.value.trigram, encodePostings(next.value.rows));
      }
      return false;
    });
    yield;
  }
  yield* replaceRun(database, block, run, since);
}

/** Replaces the old run by the new one, unless another process began the same block later. */
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
    'DELETE FROM posting WHERE run = ? AND trigram IN (SELECT trigram FROM posting WHERE run = ? LIMIT 1000)',
  );
  for (const id of old) {
    while (database.write(() => some.run(id, id).changes) !== 0) yield;
    database.write(() => database.statement('DELETE FROM run WHERE id = ?').run(id));
  }
}
