import { type FilterField, fieldOf } from '../model/field-names.ts';
import { fold, sortKey } from '../model/filter-fold.ts';
import type { Database } from '../store/database.ts';
import { kinds, type NodeKind } from '../store/node-kinds.ts';
import { text } from '../store/sql-values.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { RowsReader } from './rows-reader.ts';

/** Values of a field that begin with a text, in any case, up to `most`; from indexes, with a bounded number of look-ups. */
export type ValuesBeginning = (field: FilterField, begin: string, most: number) => readonly string[];

/** A key may look at so many nodes: others of the same letters lie between those of the wanted kind. */
const mostLookedAt = 2_000;
/** So many nodes of one kind and connection are looked at whole. */
const mostOfFew = 300;
/** Above every letter. */
const last = '\u{10ffff}';

export function valuesBeginningOn(database: Database, snapshot: ColumnSnapshot, read: RowsReader): ValuesBeginning {
  // Prepared when Tab is first used.
  const nodesFrom = () => database.statement('SELECT kind, name FROM node WHERE sort >= ? AND sort < ? ORDER BY sort');
  const nodesOf = () => database.statement('SELECT name FROM node WHERE connection = ? AND kind = ? LIMIT ?');
  const nextName = () =>
    database.statement('SELECT row, sort FROM subscription WHERE sort > ? AND sort < ? ORDER BY sort LIMIT 1');
  const ids = () => database.statement('SELECT DISTINCT id FROM subscription WHERE id >= ? AND id < ? LIMIT ?');

  /** Every name in order, of a kind that each connection has few of; null: there are more. */
  function fewNodes(kind: NodeKind): readonly string[] | null {
    const names = new Set<string>();
    for (const { code } of snapshot.connections()) {
      const rows = nodesOf().all(code, kinds[kind], mostOfFew + 1);
      if (rows.length > mostOfFew) return null;
      for (const row of rows) names.add(text(row.name));
    }
    return [...names].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  }

  /** Names of nodes of all connections by their order; without a text those that come first, in any order. */
  function nodeNames(kind: NodeKind, begin: string, most: number): readonly string[] {
    const names = new Set<string>();
    const few = fewNodes(kind);
    if (few !== null) return few.filter((name) => begins(name, begin)).slice(0, most);
    const key = rangeOf(begin);
    if (key === '') {
      for (const { code } of snapshot.connections()) {
        for (const row of nodesOf().all(code, kinds[kind], most)) names.add(text(row.name));
      }
      return [...names].sort().slice(0, most);
    }
    let looked = 0;
    for (const row of nodesFrom().iterate(key, `${key}${last}`)) {
      looked += 1;
      if (row.kind === kinds[kind] && begins(text(row.name), begin)) names.add(text(row.name));
      if (names.size === most || looked === mostLookedAt) break;
    }
    return [...names];
  }

  /** Texts without a connection are few. */
  function sharedTexts(kind: NodeKind, begin: string, most: number): readonly string[] {
    const all = nodesOf()
      .all(0, kinds[kind], mostLookedAt)
      .map(({ name }) => text(name));
    return all
      .filter((name) => begins(name, begin))
      .sort()
      .slice(0, most);
  }

  function subscriptionNames(begin: string, most: number): readonly string[] {
    const names: string[] = [];
    const key = rangeOf(begin);
    let at = key;
    for (let looked = 0; names.length < most && looked < mostLookedAt / 10; looked += 1) {
      const found = nextName().get(at, `${key}${last}`);
      if (found === undefined) break;
      at = text(found.sort);
      const name = read.subscription(Number(found.row))?.name;
      if (name !== undefined && begins(name, begin)) names.push(name);
    }
    return names;
  }

  return (id, begin, most) => {
    const field = fieldOf(id);
    switch (field.as) {
      case 'connection': {
        const all = snapshot.connections().map((each) => each[field.cells.of]);
        return [...new Set(all)].filter((each) => begins(each, begin)).slice(0, most);
      }
      case 'node':
        return nodeNames(field.property, begin, most);
      case 'services':
        return nodeNames('service', begin, most);
      case 'shared':
      case 'currency':
        return sharedTexts(field.property, begin, most);
      case 'ranked':
        if (field.cells.order === 'names') return subscriptionNames(begin, most);
        return ids()
          .all(begin, `${begin}${last}`, most)
          .map((row) => text(row.id));
      default:
        return [];
    }
  };
}

/** What all names that begin so have in front in their order: digits are ordered by their number, so they are left out. */
function rangeOf(begin: string): string {
  let end = begin.length;
  while (end > 0 && /\d/.test(begin.charAt(end - 1))) end -= 1;
  return sortKey(begin.slice(0, end));
}

function begins(name: string, begin: string): boolean {
  return fold(name).startsWith(fold(begin));
}
