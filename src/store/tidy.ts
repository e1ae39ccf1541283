import type { Database } from './database.ts';
import type { RankName } from './rank-keys.ts';
import { makeRanks, ranksAreOld } from './ranks.ts';
import { blockToIndex, indexBlock } from './trigram-index.ts';

const orderNames: readonly RankName[] = ['names', 'ids', 'nodes'];

/**
 * While rows arrive, this many times more of them may wait for index and rank: two blocks, so that each is indexed
 * once.
 */
const waitingLonger = 128;

/**
 * Runs the next useful slice; false if there is none. `keep` is work for when no page is being written: it restarts
 * with every change.
 */
export function tidyOn(
  database: Database,
  untidyRows: number,
  keep: () => Generator<undefined, void> | null,
): (when: 'idle' | 'between-pages') => boolean {
  let work: Generator<undefined, unknown> | null = null;

  function nextWork(when: 'idle' | 'between-pages'): Generator<undefined, unknown> | null {
    const busy = when === 'between-pages';
    const atMost = untidyRows * (busy ? waitingLonger : 1);
    const order = orderNames.find((name) => ranksAreOld(database, name, atMost, busy));
    if (order !== undefined) return makeRanks(database, order);
    const block = blockToIndex(database, atMost);
    if (block !== null) return indexBlock(database, block);
    return when === 'idle' ? keep() : null;
  }

  return (when) => {
    work ??= nextWork(when);
    if (work === null) return false;
    try {
      if (work.next().done === true) work = null;
    } catch (error) {
      work = null;
      throw error;
    }
    return true;
  };
}
