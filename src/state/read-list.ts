import type { Window } from '../cache/book.ts';
import type { List } from './list.ts';
import { clamp, covers, fitToHeight, wantedRange } from './list.ts';

/** A list's question to the cache or the journal, at one revision. */
export interface Question<Row> {
  /** Place, filter and sort. */
  readonly text: string;
  readonly revision: number;
  readonly idOf: (row: Row) => string;
  /** Rows before this one in the order asked for; null when it is not among them. */
  readonly positionOf: (id: string) => number | null;
  readonly read: (range: { readonly offset: number; readonly limit: number }) => Window<Row>;
}

/**
 * Brings a list up to date, or returns it as it is when it already answers the question for what is on screen. The cursor
 * stays on its row, and the row stays where it is on screen, as far as the ends of the list allow. When the row is gone
 * the cursor goes to the one that took its position; when another question was asked and the row is not part of the
 * answer, to the first.
 */
export function readList<Row>(list: List<Row>, question: Question<Row>, height: number): List<Row> {
  const stamp = `${question.revision} ${question.text}`;
  if (list.stamp === stamp) {
    if (list.cursor !== null && covers(list, height)) return fitToHeight(list, height);
    return filled(list, question, height);
  }
  const moved = list.cursor === null ? null : question.positionOf(list.cursor);
  if (moved !== null) {
    const top = Math.max(0, list.top + moved - list.index);
    return filled({ ...list, stamp, index: moved, top, total: Math.max(list.total, moved + 1) }, question, height);
  }
  const sameQuestion = list.stamp === null || list.stamp.endsWith(` ${question.text}`);
  const from = sameQuestion ? list : { ...list, index: 0, top: 0 };
  return filled({ ...from, stamp, cursor: null }, question, height);
}

function filled<Row>(list: List<Row>, question: Question<Row>, height: number): List<Row> {
  let next = loaded(fitToHeight(list, height), question, height);
  if (!covers(next, height)) next = loaded(next, question, height);
  const row = next.rows[next.index - next.offset];
  return { ...next, cursor: row === undefined ? null : question.idOf(row) };
}

function loaded<Row>(list: List<Row>, question: Question<Row>, height: number): List<Row> {
  const { rows, offset, total, counted } = question.read(wantedRange(list, height));
  return fitToHeight({ ...list, rows, offset, total, counted, index: clamp(list.index, total - 1) }, height);
}

/** A question whose whole answer is small enough to hold. */
export function inMemory<Row>(text: string, revision: number, idOf: (row: Row) => string, all: () => readonly Row[]) {
  return {
    text,
    revision,
    idOf,
    positionOf: (id: string) => {
      const position = all().findIndex((row) => idOf(row) === id);
      return position === -1 ? null : position;
    },
    read: ({ offset, limit }: { readonly offset: number; readonly limit: number }) => {
      const rows = all();
      return { rows: rows.slice(offset, offset + limit), offset, total: rows.length, counted: true };
    },
  };
}
