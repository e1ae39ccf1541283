import { lazily } from '../model/lazily.ts';
import type { Window } from '../query/cache-reader.ts';
import type { List } from './list.ts';
import { clamp, covers, fitToHeight, wantedRange } from './list.ts';

/** A list's query to the cache or the journal, at one revision. */
export interface Question<Row> {
  /** Scope, filter and sort. */
  readonly text: string;
  readonly revision: number | string;
  readonly idOf: (row: Row) => string;
  /** Number of rows before this one in the sort order; null if it is not in the list. */
  readonly positionOf: (id: string) => number | null;
  readonly read: (range: { readonly offset: number; readonly limit: number }) => Window<Row>;
}

/**
 * Updates a list, or returns it unchanged if it already has the visible rows of the query. The cursor stays on its row,
 * and the row stays at its place on screen, as far as the ends of the list allow. If the row is gone, the cursor moves
 * to the one at its position; for a different query without the row, to the first.
 */
export function readList<Row>(list: List<Row>, question: Question<Row>, height: number): List<Row> {
  const stamp = `${question.revision} ${question.text}`;
  if (list.stamp === stamp) {
    if (list.cursor !== null && covers(list, height)) return fitToHeight(list, height);
    return filled(list, question, height, true);
  }
  const moved = list.cursor === null ? null : question.positionOf(list.cursor);
  if (moved !== null) {
    const top = Math.max(0, list.top + moved - list.index);
    return filled(
      { ...list, stamp, index: moved, top, total: Math.max(list.total, moved + 1) },
      question,
      height,
      false,
    );
  }
  const sameQuestion = list.stamp === null || list.stamp.endsWith(` ${question.text}`);
  const from = sameQuestion ? list : { ...list, index: 0, top: 0 };
  return filled({ ...from, stamp, cursor: null }, question, height, false);
}

/** `whole`: also the pages before and after the screen. For a new query the visible rows come first. */
function filled<Row>(list: List<Row>, question: Question<Row>, height: number, whole: boolean): List<Row> {
  let next = loaded(fitToHeight(list, height), question, height, whole);
  if (!covers(next, height)) next = loaded(next, question, height, true);
  const row = next.rows[next.index - next.offset];
  return { ...next, cursor: row === undefined ? null : question.idOf(row) };
}

function loaded<Row>(list: List<Row>, question: Question<Row>, height: number, whole: boolean): List<Row> {
  const range = whole ? wantedRange(list, height) : { offset: list.top, limit: height };
  const { rows, offset, total, counted } = question.read(range);
  return fitToHeight({ ...list, rows, offset, total, counted, index: clamp(list.index, total - 1) }, height);
}

/** A query whose complete result is small enough to keep. */
export function inMemory<Row>(text: string, revision: number, idOf: (row: Row) => string, read: () => readonly Row[]) {
  const rows = lazily(read);
  const all = () => rows.get();
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
