import { vendorIds } from '../model/vendor.ts';
import { countBits, itemsOf } from './bits.ts';
import type { Board } from './board.ts';
import type { SortField, SubscriptionQuery } from './book.ts';
import { atCodes, type Codes } from './codes.ts';
import type { ConnectionRow } from './connections.ts';
import { type Latest, latest } from './latest.ts';
import { Ordered } from './ordered.ts';
import { release } from './release.ts';
import { type Select, type Selection, selectionKey } from './selection.ts';
import { byNumber, byRank, type Key, sortRows } from './sort-rows.ts';

type Sort = SubscriptionQuery['sort'];

/** Orders kept, each but that by name a list of all rows in four bytes, and queries kept in each. */
const sortsKept = 3;
const queriesKept = 3;

interface SortedBook {
  /** All rows; null while nobody needs them, and where they are by name. */
  list: Uint32Array | null;
  /** The queries that look at the list. */
  readonly queries: Latest<Ordered>;
}

/**
 * The rows of a query in its order; rows that its sort leaves equal are in the order of their names. Good until the cache
 * changes or other questions are asked.
 */
export type Order = (query: Omit<SubscriptionQuery, 'offset' | 'limit'>, now: number) => Ordered;

export function orderOn(board: Board, select: Select): Order {
  const { rows } = board;

  function ranksOf(of: (connection: ConnectionRow, index: number) => number): Uint32Array {
    const ranks = new Uint32Array(2 ** 16);
    for (const [index, connection] of board.connections().entries()) ranks[connection.code] = of(connection, index) + 1;
    return ranks;
  }

  function firstServiceRanks(): Uint32Array {
    const ranks = board.ranks('nodes');
    return Uint32Array.from(board.bundles(), (codes) => ranks[codes[0] ?? 0] ?? 0);
  }

  function keyOf(field: SortField, descending: boolean): Key {
    const through = (column: Codes, ranks: Uint32Array) => byRank(column.cells, atCodes(ranks, column), descending);
    switch (field) {
      case 'name':
        return byRank(board.ranks('names'), null, descending);
      case 'id':
        return byRank(board.ranks('ids'), null, descending);
      case 'status':
        return byRank(rows.status(), null, descending);
      case 'renewal':
        return byRank(rows.renewal(), null, descending);
      case 'connection':
        return through(
          rows.connection(),
          ranksOf((_, index) => index),
        );
      case 'vendor':
        return through(
          rows.connection(),
          ranksOf(({ vendor }) => vendorIds.indexOf(vendor)),
        );
      case 'reseller':
        return through(rows.reseller(), board.ranks('nodes'));
      case 'org':
        return through(rows.organization(), board.ranks('nodes'));
      case 'product':
        return through(rows.product(), board.ranks('nodes'));
      case 'billing':
        return through(rows.billing(), board.ranks('nodes'));
      case 'term':
        return through(rows.term(), board.ranks('nodes'));
      case 'service':
        return through(rows.bundle(), firstServiceRanks());
      case 'qty':
        return byNumber(rows.quantity(), descending);
      case 'ends':
        return byNumber(rows.ends(), descending);
      case 'starts':
        return byNumber(rows.starts(), descending);
      case 'cancel':
        return byNumber(rows.cancel(), descending);
      case 'price':
        return byNumber(rows.price(), descending);
    }
  }

  function sorted(list: Uint32Array, sort: Sort): Uint32Array {
    const keys = sort.map(({ field, descending }) => keyOf(field, descending));
    const rows = sortRows(list, keys);
    for (const [index, { field }] of sort.entries()) if (field === 'id') release(keys[index]?.cells);
    return rows;
  }

  const allByName = board.memo(makeAllByName, release);
  function makeAllByName(): Uint32Array {
    const alive = itemsOf(board.alive());
    const ranks = board.ranks('names');
    const placed = new Uint32Array(ranks.length + 1);
    let highest = 0;
    for (const row of alive) {
      const rank = ranks[row] ?? 0;
      if (rank >= placed.length) return sortRows(alive, [keyOf('name', false)]);
      placed[rank] = row + 1;
      if (rank > highest) highest = rank;
    }
    let next = 0;
    for (let rank = 0; rank <= highest; rank += 1) {
      const row = placed[rank] ?? 0;
      if (row === 0) continue;
      alive[next] = row - 1;
      next += 1;
    }
    release(placed);
    return alive;
  }

  const sorts = board.memoBy(
    sortsKept,
    (): SortedBook => ({ list: null, queries: latest(queriesKept) }),
    ({ list }) => release(list),
  );

  function listOf(book: SortedBook, sort: Sort): Uint32Array {
    const [first] = sort;
    if (first === undefined || (first.field === 'name' && !first.descending)) return allByName();
    // No two ranks are equal: the other way round is the list backwards.
    if (first.field === 'name') book.list ??= allByName().toReversed();
    book.list ??= sorted(allByName(), sort);
    return book.list;
  }

  function orderedBy(book: SortedBook, sort: Sort, { rows, doubts }: Selection): Ordered {
    const [wanted, all] = [countBits(rows), countBits(board.alive())];
    const own = doubts.length === 0 ? rows : rows.slice();
    if (wanted === all && doubts.length === 0) return new Ordered(listOf(book, sort), null, doubts);
    if (wanted * 16 >= all) return new Ordered(listOf(book, sort), own, doubts);
    const whole: Sort = [...sort, { field: 'name', descending: false }];
    return new Ordered(sorted(itemsOf(rows), whole), doubts.length === 0 ? null : own, doubts);
  }

  return (query, now) => {
    const book = sorts(JSON.stringify(query.sort));
    return book.queries.get(selectionKey(query, now), () => orderedBy(book, query.sort, select(query, now)));
  };
}
