import { nodeColumns, rowColumns, type Space } from './column-layout.ts';

/**
 * The three text orders. An item's rank is its position when ranks were last computed; a later item is unranked (table
 * `unranked`): it shares the rank of the ranked item before it until ranks are recomputed.
 */
export type RankName = 'names' | 'ids' | 'nodes';

interface RankKey {
  /** The order's number in the table `unranked`. */
  readonly key: number;
  readonly space: Space;
  readonly column: (typeof rowColumns)['nameRank'];
  /** The item directly before a key and an item: parameters in this order. */
  readonly before: string;
  /** Items after a key and an item, in order: `item`, `a`, `b` (where to continue), at most `?`. */
  readonly walk: string;
  /** The unranked items in order. */
  readonly unranked: string;
  /** All of them in order. */
  readonly all: string;
  /** Their number, or slightly more. */
  readonly count: string;
}

export const rankKeys: Readonly<Record<RankName, RankKey>> = {
  names: {
    key: 1,
    space: 'rows',
    column: rowColumns.nameRank,
    before: 'SELECT row AS item FROM subscription WHERE (sort, row) < (?, ?) ORDER BY sort DESC, row DESC LIMIT 1',
    walk: 'SELECT row AS item, sort AS a, row AS b FROM subscription WHERE (sort, row) > (?, ?) ORDER BY sort, row LIMIT ?',
    unranked:
      'SELECT unranked.item FROM unranked CROSS JOIN subscription ON row = item WHERE space = 1 ORDER BY subscription.sort, row',
    all: 'SELECT row AS item FROM subscription ORDER BY sort, row',
    count: 'SELECT max(row) + 1 AS n FROM subscription',
  },
  ids: {
    key: 2,
    space: 'rows',
    column: rowColumns.idRank,
    before:
      'SELECT row AS item FROM subscription WHERE (id, connection) < (?, ?) ORDER BY id DESC, connection DESC LIMIT 1',
    walk: 'SELECT row AS item, id AS a, connection AS b FROM subscription WHERE (id, connection) > (?, ?) ORDER BY id, connection LIMIT ?',
    unranked:
      'SELECT unranked.item FROM unranked CROSS JOIN subscription ON row = item WHERE space = 2 ORDER BY subscription.id, connection',
    all: 'SELECT row AS item FROM subscription ORDER BY id, connection',
    count: 'SELECT max(row) + 1 AS n FROM subscription',
  },
  nodes: {
    key: 3,
    space: 'nodes',
    column: nodeColumns.rank,
    before: 'SELECT code AS item FROM node WHERE (sort, code) < (?, ?) ORDER BY sort DESC, code DESC LIMIT 1',
    walk: 'SELECT code AS item, sort AS a, code AS b FROM node WHERE (sort, code) > (?, ?) ORDER BY sort, code LIMIT ?',
    unranked:
      'SELECT unranked.item FROM unranked CROSS JOIN node ON code = item WHERE space = 3 ORDER BY node.sort, code',
    all: 'SELECT code AS item FROM node ORDER BY sort, code',
    count: 'SELECT max(code) AS n FROM node',
  },
};
