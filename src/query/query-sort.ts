import { fieldOf, type SortField } from '../model/field-names.ts';
import { type Bits, countBits, hasBit, itemsOf } from '../store/bits.ts';
import type { ConnectionRow } from '../store/connections-table.ts';
import { DamagedError } from '../store/sql-values.ts';
import type { SubscriptionQuery } from './cache-reader.ts';
import { type Codes, valuesAtCodes } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { Duplicates } from './duplicates.ts';
import { type RecentValues, recentValues } from './recent-values.ts';
import { release } from './release.ts';
import { type Select, selectionKey } from './selection.ts';
import { byNumber, byRank, type Key, sortRows } from './sort-rows.ts';
import { SortedList } from './sorted-list.ts';

type Sort = SubscriptionQuery['sort'];

/** The sort keys of a field, and which of them to release. */
interface SortKeys {
  readonly keys: readonly Key[];
  readonly lent: readonly Key[];
}

/** Cached queries: in each order of all rows, and of few rows, each with a list of its own. */
const queriesKept = 4;
/** Cached orders of all rows besides that by name, at four bytes a row. */
const ordersKept = 1;

/** All rows in an order, and the queries on it. */
interface SortedRows {
  readonly list: Uint32Array;
  readonly queries: RecentValues<SortedList>;
}

/**
 * The rows of a query in its order; equal rows are sorted by name. Valid until the cache changes or other queries run.
 */
export type SortOrder = (query: Omit<SubscriptionQuery, 'offset' | 'limit'>, now: number) => SortedList;

export interface QuerySort {
  readonly order: SortOrder;
  /**
   * Sorts a part of the cache in every way, to warm up: a sort takes several times as long until V8 has optimized it.
   */
  rehearse(): Generator<undefined>;
}

/** No comes before yes. */
function flagRanks(bit: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, flags) => ((flags & bit) === 0 ? 1 : 2));
}

/** Sorted in some milliseconds. */
const rehearsedRows = 50_000;

export function querySortOn(snapshot: ColumnSnapshot, select: Select, duplicates: Duplicates): QuerySort {
  const { rows } = snapshot;

  function ranksOf(of: (connection: ConnectionRow, index: number) => number): Uint32Array {
    const ranks = new Uint32Array(2 ** 16);
    for (const [index, connection] of snapshot.connections().entries())
      ranks[connection.code] = of(connection, index) + 1;
    return ranks;
  }

  const through = (column: Codes, ranks: Uint32Array, descending: boolean) =>
    byRank(column.cells, valuesAtCodes(ranks, column), descending);

  function firstServiceRanks(): Uint32Array {
    const ranks = snapshot.ranks('nodes');
    return Uint32Array.from(snapshot.bundles(), (codes) => ranks[codes[0] ?? 0] ?? 0);
  }

  const byNode = (column: Codes, descending: boolean) => through(column, snapshot.ranks('nodes'), descending);
  const byConnection = (of: (connection: ConnectionRow, index: number) => number, descending: boolean) =>
    through(rows.connection(), ranksOf(of), descending);
  const byVendor = (descending: boolean) => {
    const vendors = [...new Set(snapshot.connections().map(({ vendor }) => vendor))].sort();
    return byConnection(({ vendor }) => vendors.indexOf(vendor), descending);
  };
  const lentKey = (key: Key): SortKeys => ({ keys: [key], lent: [key] });
  const heldKey = (key: Key): SortKeys => ({ keys: [key], lent: [] });

  /** By the connection of the first other row, then by the id that they share. */
  function byOtherConnection(descending: boolean): SortKeys {
    const others = duplicates.firstOthers();
    const { cells, codes } = rows.connection();
    const ranks = ranksOf((_, index) => index);
    const connections = others.map((other) => (other === 0 ? 0 : (ranks[codes[cells[other - 1] ?? 0] ?? 0] ?? 0)));
    const ids = snapshot.ranks('ids');
    for (const [row, other] of others.entries()) if (other === 0) ids[row] = 0;
    const keys = [byRank(connections, null, descending), byRank(ids, null, descending)];
    return { keys, lent: keys };
  }

  function keysOf(id: Exclude<SortField, 'name'>, descending: boolean): SortKeys {
    const field = fieldOf(id);
    switch (field.as) {
      case 'ranked':
        return lentKey(byRank(snapshot.ranks(field.cells.order), null, descending));
      case 'word':
        return heldKey(byRank(rows[field.property](), null, descending));
      case 'flag':
        return heldKey(byRank(rows.flags(), flagRanks(field.cells.bit), descending));
      case 'connection':
        return heldKey(
          field.cells.of === 'name' ? byConnection((_, index) => index, descending) : byVendor(descending),
        );
      case 'reference': {
        const ids = byRank(snapshot.ranks('ids'), null, descending);
        return { keys: [byConnection((_, index) => index, descending), ids], lent: [ids] };
      }
      case 'node':
      case 'shared':
      case 'currency':
        return heldKey(byNode(rows[field.property](), descending));
      case 'services':
        return heldKey(through(rows.services(), firstServiceRanks(), descending));
      case 'number':
      case 'amount':
      case 'instant':
        return heldKey(byNumber(rows[field.property](), descending));
      case 'reading':
        return lentKey(byNumber(rows[field.property](), descending));
      case 'other connections':
        return byOtherConnection(descending);
      case 'searched':
      case null:
        throw new Error(`Rows cannot be sorted by the field ${id}.`);
    }
  }

  /**
   * Applies a sort to rows in name order. Name ranks are unique, so sorting by name only reverses them, and later sort
   * keys do not matter. Returns the list itself or a new one.
   */
  function sorted(named: Uint32Array, sort: Sort): Uint32Array {
    const keys: Key[] = [];
    const lent: Key[] = [];
    let list = named;
    for (const { field, descending } of sort) {
      if (field === 'name') {
        if (descending) list = named.toReversed();
        break;
      }
      const own = keysOf(field, descending);
      keys.push(...own.keys);
      lent.push(...own.lent);
    }
    if (keys.length === 0) return list;
    const rows = sortRows(list, keys);
    release(...lent.map(({ cells }) => cells), list === named ? null : list);
    return rows;
  }

  /** Ranks are unique. */
  function allBy(field: 'name' | 'id'): Uint32Array {
    const alive = itemsOf(snapshot.alive());
    const ranks = snapshot.ranks(field === 'name' ? 'names' : 'ids');
    const placed = new Uint32Array(ranks.length + 1);
    let highest = 0;
    for (const row of alive) {
      const rank = ranks[row] ?? 0;
      if (rank >= placed.length) return sortRows(alive, [byRank(ranks, null, false)]);
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
    release(placed, ranks);
    // Ranks are read on demand: they may be newer than the rows in memory.
    if (next < alive.length) throw new DamagedError('two rows have the same rank');
    return alive;
  }

  const sortedCache = (list: Uint32Array): SortedRows => ({ list, queries: recentValues(queriesKept) });
  const leave = (cache: SortedRows | null) => release(cache?.list);
  const byName = snapshot.memo(() => sortedCache(allBy('name')), leave);
  const others = snapshot.memoBy(
    ordersKept,
    (): { cache: SortedRows | null } => ({ cache: null }),
    ({ cache }) => leave(cache),
  );

  function listBy({ field, descending }: Sort[number], sort: Sort): Uint32Array {
    if (field !== 'id') return sorted(byName().list, sort);
    const ascending = allBy('id');
    if (!descending) return ascending;
    const backwards = ascending.toReversed();
    release(ascending);
    return backwards;
  }

  /** A few rows in the order of a sort. */
  function fewBy(rows: Bits, count: number, sort: Sort): Uint32Array {
    const { list } = byName();
    const named = new Uint32Array(count);
    for (let place = 0, next = 0; place < list.length && next < count; place += 1) {
      const row = list[place] ?? 0;
      if (!hasBit(rows, row)) continue;
      named[next] = row;
      next += 1;
    }
    const few = sorted(named, sort);
    if (few !== named) release(named);
    return few;
  }

  /** Read times change without a change of the shape. */
  function readings(sort: Sort): number {
    return sort.some(({ field }) => fieldOf(field).as === 'reading') ? snapshot.revision() : 0;
  }

  function cacheBy(sort: Sort): SortedRows {
    const [first] = sort;
    if (first === undefined || (first.field === 'name' && !first.descending)) return byName();
    const slot = others(`${JSON.stringify(sort)} ${readings(sort)}`);
    slot.cache ??= sortedCache(listBy(first, sort));
    return slot.cache;
  }

  const all = snapshot.memo(() => countBits(snapshot.alive()));
  const few = snapshot.memoBy(queriesKept, (): { ordered: SortedList | null } => ({ ordered: null }));

  function* rehearse(): Generator<undefined> {
    const { list } = byName();
    const some = list.slice(0, rehearsedRows);
    for (const field of ['status', 'org', 'ends'] as const) {
      yield;
      release(sorted(some, [{ field, descending: false }]));
    }
    yield;
    // As for a column with as many distinct cells as rows.
    release(sortRows(some, [byRank(list, null, false)]), some);
  }

  const order: SortOrder = (query, now) => {
    const { rows, rechecks } = select(query, now);
    const key = selectionKey(query, now, snapshot.revision());
    const wanted = countBits(rows);
    const members = () => (rechecks.length === 0 ? rows : rows.slice());
    if (wanted * 16 < all()) {
      const slot = few(`${key} ${JSON.stringify(query.sort)} ${readings(query.sort)}`);
      slot.ordered ??= new SortedList(
        fewBy(rows, wanted, query.sort),
        rechecks.length === 0 ? null : members(),
        rechecks,
      );
      return slot.ordered;
    }
    const { list, queries } = cacheBy(query.sort);
    const isWhole = wanted === all() && rechecks.length === 0;
    return queries.get(key, () => new SortedList(list, isWhole ? null : members(), rechecks));
  };
  return { order, rehearse };
}
