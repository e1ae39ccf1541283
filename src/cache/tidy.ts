import type { Database } from './database.ts';
import { blockToIndex, indexBlock } from './gram-index.ts';
import type { OrderName } from './orders.ts';
import { makeRanks, ranksAreOld } from './ranks.ts';

const orderNames: readonly OrderName[] = ['names', 'ids', 'nodes'];

/** Does the next slice of what is worth doing; false when nothing is. */
export function tidyOn(database: Database): () => boolean {
  let work: Generator<undefined, unknown> | null = null;

  function nextWork(): Generator<undefined, unknown> | null {
    const order = orderNames.find((name) => ranksAreOld(database, name));
    if (order !== undefined) return makeRanks(database, order);
    const block = blockToIndex(database);
    return block === null ? null : indexBlock(database, block);
  }

  return () => {
    work ??= nextWork();
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
