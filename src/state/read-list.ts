import type { Window } from '../query/cache-reader.ts';
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

/** `whole`: the pages before and behind the screen, too. What is on screen comes first where something else is asked. */
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
