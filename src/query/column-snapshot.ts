import { type Bits, emptyBits } from '../store/bits.ts';
import { type ConnectionRow, connectionsTable } from '../store/connections-table.ts';
import type { Database } from '../store/database.ts';
import type { RankName } from '../store/rank-keys.ts';
import { exactRanks } from '../store/ranks.ts';
import { integer, text } from '../store/sql-values.ts';
import { columnLoaderOn, holdNodes, holdRows, type NodeCells, type RowCells } from './column-loader.ts';
import { recentValues } from './recent-values.ts';
import { release } from './release.ts';

/**
 * The data that windows are answered from: in-memory columns at one shape of the cache. Derived values are computed at
 * first use and kept until the shape changes.
 */
export interface ColumnSnapshot {
  /** Updates everything to the newest shape; called before each answer, inside one read transaction. */
  refresh(): void;
  /** The file's, at the last refresh. */
  revision(): number;
  /** A value derived from the shape alone. `left` is called when it is evicted. */
  memo<Value>(make: () => Value, left?: (value: Value) => void): () => Value;
  /** Values derived from the shape and a key; the `limit` most recently used are kept. */
  memoBy<Value>(limit: number, make: (key: string) => Value, left?: (value: Value) => void): (key: string) => Value;
  readonly rows: RowCells;
  readonly nodes: NodeCells;
  /** The length of every row column. */
  size(): number;
  /** Every row that holds a subscription. */
  alive(): Bits;
  /** Those of names and ids must be released by the caller. */
  ranks(order: RankName): Uint32Array;
  connections(): readonly ConnectionRow[];
  connection(code: number): ConnectionRow | null;
  /** The codes of each bundle's services, by the bundle's code. */
  bundles(): readonly (readonly number[])[];
}

/**
 * Bytes of columns kept per row: enough for lists, levels and the usual filters, with some spare. All columns together
 * need half as much again; loading one takes as long as sorting by it.
 */
const rowBytes = 24;

export function columnSnapshotOn(database: Database): ColumnSnapshot {
  const rowPieces = columnLoaderOn(database, 'rows', rowBytes);
  const nodePieces = columnLoaderOn(database, 'nodes', null);
  const rows = holdRows(rowPieces);
  const nodes = holdNodes(nodePieces);
  const table = connectionsTable(database);
  const forgetters: (() => void)[] = [];
  let shape = database.meta('shape');
  /** For the order of the nodes. */
  let version = database.meta('nodes');
  let revision = database.revision();

  function memo<Value>(make: () => Value, left: (value: Value) => void = () => undefined): () => Value {
    let kept: { readonly value: Value } | null = null;
    forgetters.push(() => {
      if (kept !== null) left(kept.value);
      kept = null;
    });
    return () => {
      kept ??= { value: make() };
      return kept.value;
    };
  }

  function memoBy<Value>(limit: number, make: (key: string) => Value, left?: (value: Value) => void) {
    const kept = recentValues<Value>(limit, left);
    forgetters.push(kept.clear);
    return (key: string) => kept.get(key, () => make(key));
  }

  function makeAlive(): Bits {
    const { cells } = rows.connection();
    const bits = emptyBits(cells.length);
    for (let start = 0, word = 0; start < cells.length; start += 32, word += 1) {
      let collected = 0;
      for (let item = start; item < start + 32; item += 1) collected |= (cells[item] === 0 ? 0 : 1) << (item & 31);
      bits[word] = collected;
    }
    return bits;
  }

  function makeBundles(): readonly (readonly number[])[] {
    const bundles: (readonly number[])[] = [[]];
    for (const { code, nodes: codes } of database.statement('SELECT code, nodes FROM bundle').all()) {
      bundles[integer(code)] = text(codes).split(' ').map(Number);
    }
    return bundles;
  }

  function ranks(order: RankName): Uint32Array {
    if (order === 'nodes') return nodeRanks();
    const stored = order === 'ids' ? rows.idRank() : rows.nameRank();
    const ranks = exactRanks(database, order, stored);
    if (ranks !== stored) release(stored);
    return ranks;
  }

  let ranked: { readonly version: number; readonly size: number; readonly ranks: Uint32Array } | null = null;
  function nodeRanks(): Uint32Array {
    const stored = nodes.rank();
    if (ranked?.version !== version || ranked.size !== stored.length) {
      ranked = { version, size: stored.length, ranks: exactRanks(database, 'nodes', stored) };
    }
    return ranked.ranks;
  }

  /** Titles, faults and read times change without a change of shape. */
  let known: { readonly revision: number; readonly list: readonly ConnectionRow[] } | null = null;
  function connections(): readonly ConnectionRow[] {
    if (known?.revision !== revision) known = { revision, list: table.all() };
    return known.list;
  }

  return {
    refresh() {
      const newest = database.revision();
      if (newest === revision) return;
      revision = newest;
      const target = database.meta('shape');
      if (target === shape) return;
      rowPieces.refresh(shape);
      nodePieces.refresh(shape);
      shape = target;
      version = database.meta('nodes');
      for (const forget of forgetters) forget();
    },
    revision: () => revision,
    memo,
    memoBy,
    rows,
    nodes,
    size: rowPieces.size,
    alive: memo(makeAlive),
    ranks,
    connections,
    connection: (code) => connections().find((each) => each.code === code) ?? null,
    bundles: memo(makeBundles),
  };
}
