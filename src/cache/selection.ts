import type { Filter } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import type { Place } from '../model/place.ts';
import { type Bits, hasBit, intersect } from './bits.ts';
import type { Board } from './board.ts';
import type { SubscriptionQuery } from './book.ts';
import type { Doubt, Found } from './doubt.ts';
import type { PlaceRows } from './place-rows.ts';
import type { Search } from './search.ts';
import type { TermRows } from './term-rows.ts';

export type SelectionQuery = Pick<SubscriptionQuery, 'place' | 'filter' | 'search' | 'connections'>;

/** The rows of a query, in no order. */
export interface Selection {
  /** Not to be changed. */
  readonly rows: Bits;
  readonly doubts: readonly Doubt[];
}

/** Queries kept: the one on screen and those just left. */
const selectionsKept = 4;

/** One text for equal queries at about the same time; dates that count from now are good for a minute. */
export function selectionKey({ place, connections, filter, search }: SelectionQuery, now: number): string {
  const moves = filter.some((term) => ('when' in term && term.when.kind === 'days') || term.kind === 'equals');
  return JSON.stringify([place, connections, filter, search, moves ? Math.floor(now / 60_000) : 0]);
}

export type Select = (query: SelectionQuery, now: number) => Selection;

export function selectOn(board: Board, places: PlaceRows, search: Search, termRows: TermRows): Select {
  function select(
    place: Place,
    connections: readonly string[] | null,
    filter: Filter,
    text: string | null,
    now: number,
  ) {
    const rows = places.rowsIn(place, connections);
    const folded = text === null ? '' : fold(text.trim());
    const found: Found[] = filter.map((term) => termRows(term, now));
    if (folded !== '') found.push(search(folded));
    for (const each of found) intersect(rows, each.rows);
    return { rows, doubts: found.flatMap(({ doubt }) => (doubt === null ? [] : [doubt])) };
  }

  const kept = board.memoBy(selectionsKept, (): { selection: Selection | null } => ({ selection: null }));
  return (query, now) => {
    const slot = kept(selectionKey(query, now));
    slot.selection ??= select(query.place, query.connections, query.filter, query.search, now);
    return slot.selection;
  };
}

/** Whether a selected row passes the closer looks too. */
export function passesDoubts(doubts: readonly Doubt[], row: number): boolean {
  return doubts.every((doubt) => !hasBit(doubt.rows, row) || doubt.test(row));
}
