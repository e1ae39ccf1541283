import { vendorIds } from '../model/vendor.ts';
import { type Bits, countBits, itemsOf } from './bits.ts';
import type { Board } from './board.ts';
import type { SortField, SubscriptionQuery } from './book.ts';
import { atCodes, type Codes } from './codes.ts';
import type { ConnectionRow } from './connections.ts';
import { Ordered } from './ordered.ts';
import { type Select, selectionKey } from './selection.ts';
import { byNumber, byRank, type Key, sortRows } from './sort-rows.ts';

type Sort = SubscriptionQuery['sort'];

/** Lists of as many rows as the query has, four bytes each. */
const queriesKept = 3;
const ordersKept = 2;

/** The rows of a query in its order; rows that its sort leaves equal are in the order of their names. */
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

  const allByName = board.memo(() => {
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
    return alive;
  });

  const allSorted = board.memoBy(ordersKept, (): { rows: Uint32Array | null } => ({ rows: null }));
  function allBy(sort: Sort): Uint32Array {
    const [first] = sort;
    if (first === undefined || (first.field === 'name' && !first.descending)) return allByName();
    const slot = allSorted(JSON.stringify(sort));
    // No two ranks are equal: the other way round is the list backwards.
    if (first.field === 'name') slot.rows ??= allByName().toReversed();
    slot.rows ??= sortRows(
      allByName(),
      sort.map(({ field, descending }) => keyOf(field, descending)),
    );
    return slot.rows;
  }

  function orderedRows(bits: Bits, sort: Sort): Uint32Array {
    const wanted = countBits(bits);
    const count = countBits(board.alive());
    if (wanted * 16 < count) {
      const whole: Sort = [...sort, { field: 'name', descending: false }];
      return sortRows(
        itemsOf(bits),
        whole.map(({ field, descending }) => keyOf(field, descending)),
      );
    }
    const all = allBy(sort);
    return wanted === count ? all : chosen(all, bits, wanted);
  }

  const kept = board.memoBy(queriesKept, (): { ordered: Ordered | null } => ({ ordered: null }));
  return (query, now) => {
    const slot = kept(`${selectionKey(query, now)} ${JSON.stringify(query.sort)}`);
    if (slot.ordered === null) {
      const { rows: bits, doubts } = select(query, now);
      const list = orderedRows(bits, query.sort);
      slot.ordered = new Ordered(doubts.length === 0 ? list : list.slice(), doubts);
    }
    return slot.ordered;
  };
}

/** The rows of a list that are in a set, in the order of the list. */
function chosen(list: Uint32Array, bits: Bits, count: number): Uint32Array {
  const rows = new Uint32Array(count + 1);
  let next = 0;
  for (let index = 0; index < list.length; index += 1) {
    const row = list[index] ?? 0;
    rows[next] = row;
    next += ((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1;
  }
  return rows.subarray(0, count);
}
