import { vendorIds } from '../model/vendor.ts';
import { type Bits, countBits, hasBit, itemsOf } from './bits.ts';
import type { Board } from './board.ts';
import type { SortField, SubscriptionQuery } from './book.ts';
import { Ordered } from './ordered.ts';
import { type Select, selectionKey } from './selection.ts';
import { numberKeys, rankKeys, type SortKeys, sortRows } from './sort-rows.ts';

type Sort = SubscriptionQuery['sort'];

const queriesKept = 6;
const ordersKept = 3;

/** The rows of a query in its order; rows that its sort leaves equal are in the order of their names. */
export type Order = (query: Omit<SubscriptionQuery, 'offset' | 'limit'>, now: number) => Ordered;

export function orderOn(board: Board, select: Select): Order {
  const { rows } = board;

  const connectionRanks = board.memo(() => {
    const ranks = new Uint32Array(2 ** 16);
    for (const [index, { code }] of board.connections().entries()) ranks[code] = index + 1;
    return ranks;
  });
  const vendorRanks = board.memo(() => {
    const ranks = new Uint32Array(2 ** 16);
    for (const { code, vendor } of board.connections()) ranks[code] = vendorIds.indexOf(vendor) + 1;
    return ranks;
  });
  const firstServiceRanks = board.memo(() => {
    const ranks = board.ranks('nodes');
    return Uint32Array.from(board.bundles(), (codes) => ranks[codes[0] ?? 0] ?? 0);
  });

  function keysOf(list: Uint32Array, field: SortField, descending: boolean): SortKeys {
    const through = (cells: Uint8Array | Uint16Array | Uint32Array, ranks: Uint32Array) =>
      rankKeys(list, (row) => ranks[cells[row] ?? 0] ?? 0, descending);
    const own = (cells: Uint8Array | Uint32Array) => rankKeys(list, (row) => cells[row] ?? 0, descending);
    switch (field) {
      case 'name':
        return own(board.ranks('names'));
      case 'id':
        return own(board.ranks('ids'));
      case 'status':
        return own(rows.status());
      case 'renewal':
        return own(rows.renewal());
      case 'connection':
        return through(rows.connection(), connectionRanks());
      case 'vendor':
        return through(rows.connection(), vendorRanks());
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
        return numberKeys(list, rows.quantity(), descending);
      case 'ends':
        return numberKeys(list, rows.ends(), descending);
      case 'starts':
        return numberKeys(list, rows.starts(), descending);
      case 'cancel':
        return numberKeys(list, rows.cancel(), descending);
      case 'price':
        return numberKeys(list, rows.price(), descending);
    }
  }

  function sorted(list: Uint32Array, sort: Sort): Uint32Array<ArrayBuffer> {
    const unique = sort.some(({ field }) => field === 'name' || field === 'id');
    const whole: Sort = unique ? sort : [...sort, { field: 'name', descending: false }];
    return sortRows(
      list,
      whole.map(({ field, descending }) => keysOf(list, field, descending)),
    );
  }

  const whole = board.memoBy(ordersKept, (): { rows: Uint32Array | null } => ({ rows: null }));

  function orderedRows(bits: Bits, sort: Sort): Uint32Array {
    const [wanted, all] = [countBits(bits), countBits(board.alive())];
    if (wanted * 16 < all) return sorted(itemsOf(bits), sort);
    const kept = whole(JSON.stringify(sort));
    kept.rows ??= sorted(itemsOf(board.alive()), sort);
    if (wanted === all) return kept.rows;
    const chosen = new Uint32Array(wanted);
    let next = 0;
    for (const row of kept.rows) {
      if (!hasBit(bits, row)) continue;
      chosen[next] = row;
      next += 1;
    }
    return chosen;
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
