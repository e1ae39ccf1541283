import { pieceLimit, pieceSize, spaces } from './column-layout.ts';
import type { Patch } from './column-patch.ts';
import type { Database } from './database.ts';
import { type RankName, rankKeys } from './rank-keys.ts';
import { integer, text } from './sql-values.ts';

/**
 * Places an item in an order when its text is new or changed: unranked, with the rank of the item before it. While
 * nothing has a rank, all items are unranked, and none is recorded.
 */
export function markUnranked(
  database: Database,
  patch: Patch,
  name: RankName,
  item: number,
  at: [string, number],
): void {
  const { key, space, column, before } = rankKeys[name];
  if (patch.meta(`ranked:${name}`) > 0) {
    const earlier = database.statement(before).get(...at);
    patch.set(space, column, item, earlier === undefined ? 0 : patch.get(column, integer(earlier.item)));
    database.statement('INSERT OR IGNORE INTO unranked (space, item) VALUES (?, ?)').run(key, item);
  }
  patch.touch(space, item);
  patch.reorder(name);
}

export function forgetUnranked(database: Database, name: RankName, item: number): void {
  database.statement('DELETE FROM unranked WHERE space = ? AND item = ?').run(rankKeys[name].key, item);
}

/** The exact rank of every item, from its stored rank and the order of the unranked ones. Ranks start at 1. */
export function exactRanks(database: Database, name: RankName, stored: Uint32Array): Uint32Array {
  const { key, unranked, all } = rankKeys[name];
  const highest = database.meta(`ranked:${name}`);
  const unrankedCount = integer(database.statement('SELECT count(*) AS n FROM unranked WHERE space = ?').get(key)?.n);
  if (highest > 0 && unrankedCount === 0) return stored;
  const ranks = new Uint32Array(stored.length);
  if (unrankedCount >= highest) {
    let place = 0;
    for (const { item } of database.statement(all).iterate()) {
      place += 1;
      ranks[integer(item)] = place;
    }
    return ranks;
  }
  const items = database
    .statement(unranked)
    .all()
    .map(({ item }) => integer(item));
  const unrankedBefore = new Uint32Array(highest + 2);
  for (const item of items) {
    const next = (stored[item] ?? 0) + 1;
    unrankedBefore[next] = (unrankedBefore[next] ?? 0) + 1;
  }
  for (let rank = 1; rank < unrankedBefore.length; rank += 1) {
    unrankedBefore[rank] = (unrankedBefore[rank] ?? 0) + (unrankedBefore[rank - 1] ?? 0);
  }
  for (let item = 0; item < stored.length; item += 1) {
    const rank = stored[item] ?? 0;
    ranks[item] = rank + (unrankedBefore[rank] ?? 0);
  }
  for (const [index, item] of items.entries()) ranks[item] = (stored[item] ?? 0) + 1 + index;
  return ranks;
}

/**
 * Whether recomputing ranks is worthwhile: every change costs time for each unranked item, and this many are allowed.
 * `rarely`: while more and more of them arrive.
 */
export function ranksAreOld(database: Database, name: RankName, unrankedAtMost: number, rarely: boolean): boolean {
  const { key, count } = rankKeys[name];
  const ranked = database.meta(`ranked:${name}`);
  const limit = Math.max(unrankedAtMost, Math.floor(ranked / (rarely ? 4 : 32)));
  if (ranked === 0) return integer(database.statement(count).get()?.n ?? 0) > limit;
  return database.statement(`SELECT 1 FROM unranked WHERE space = ${key} LIMIT 1 OFFSET ?`).get(limit) !== undefined;
}

/**
 * Recomputes the ranks of one order, in slices of a few milliseconds; returns `false` and changes nothing if the order
 * changed meanwhile.
 */
export function* makeRanks(database: Database, name: RankName): Generator<undefined, boolean> {
  const { key, space, column, walk } = rankKeys[name];
  const version = database.meta(name);
  const next = database.statement(walk);
  let ranks = new Uint32Array(pieceSize);
  let [a, b, rank, last] = ['', -1, 0, 0];
  for (;;) {
    const slice = next.all(a, b, 4000);
    for (const row of slice) {
      const item = integer(row.item);
      if (item >= ranks.length) ranks = longer(ranks, item);
      rank += 1;
      ranks[item] = rank;
      if (item > last) last = item;
    }
    const end = slice.at(-1);
    if (end === undefined) break;
    [a, b] = [text(end.a), integer(end.b)];
    yield;
    if (database.meta(name) !== version) return false;
  }
  return database.write(() => {
    if (database.meta(name) !== version) return false;
    const shape = database.meta('shape') + 1;
    const insert = database.statement('INSERT OR REPLACE INTO part (place, data) VALUES (?, ?)');
    const mark = database.statement('INSERT OR REPLACE INTO segment (place, shape) VALUES (?, ?)');
    for (let piece = 0; piece * pieceSize <= last; piece += 1) {
      const cells = ranks.slice(piece * pieceSize, (piece + 1) * pieceSize);
      insert.run(column.key * pieceLimit + piece, new Uint8Array(cells.buffer));
      mark.run(spaces[space] + piece, shape);
    }
    database.statement('DELETE FROM unranked WHERE space = ?').run(key);
    database.setMeta(`ranked:${name}`, rank);
    database.setMeta(name, shape);
    database.setMeta('shape', shape);
    return true;
  });
}

/** Capacity for an item, in whole pieces. */
function longer(ranks: Uint32Array<ArrayBuffer>, item: number): Uint32Array<ArrayBuffer> {
  const wanted = Math.max(item + 1, Math.floor(ranks.length * 1.5));
  const grown = new Uint32Array(Math.ceil(wanted / pieceSize) * pieceSize);
  grown.set(ranks);
  return grown;
}
