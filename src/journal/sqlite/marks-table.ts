import type { DatabaseSync } from 'node:sqlite';
import { lazily } from '../../model/lazily.ts';
import { type MarkedItem, type TodayMark, unmarked, withMark } from '../../model/today-mark.ts';
import { markShape } from './row-shapes.ts';
import { sealedLines } from './sealed-lines.ts';

export const markTable = `
  CREATE TABLE mark (
    entry TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (entry, number)
  ) STRICT;
`;

/** The `mark` table: what was said of the items of Today, line after line; `entry` is an item's KEY. Lines are added and never changed. */
export interface Marks {
  /** By KEY. Only lines that were added since the last call are read. */
  all(): ReadonlyMap<string, MarkedItem>;
  add(key: string, mark: TodayMark): void;
}

/** A damaged line is one damaged mark: it affects nothing else in the file and blocks no write. */
export function marksOf(database: DatabaseSync): Marks {
  const lines = sealedLines<TodayMark>(database, 'mark', markShape);
  // A file of an older Subdeck that can only be read has none.
  const isThere = lazily(() => database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'mark'`).get() !== undefined);
  const items = new Map<string, MarkedItem>();
  let last = 0;

  return {
    all() {
      if (!isThere.get()) return items;
      for (const { place, entry, body } of lines.after(last)) {
        items.set(entry, withMark(items.get(entry) ?? unmarked, body));
        last = place;
      }
      return items;
    },
    add: (key, mark) => lines.insert(key, lines.next(key), mark),
  };
}
