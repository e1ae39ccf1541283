import { type DateField, fieldOf } from '../model/field-names.ts';
import { partsOf } from '../model/filter.ts';
import { fold } from '../model/filter-fold.ts';
import { type Bits, codeBits, hasBit, intersect, subtract } from '../store/bits.ts';
import type { SubscriptionQuery } from './cache-reader.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { Duplicates } from './duplicates.ts';
import type { FilterRows } from './filter-rows.ts';
import type { MatchingRows, Recheck } from './recheck.ts';
import type { ScopeRows } from './scope-rows.ts';
import type { TextSearch } from './text-search.ts';

export type SelectionQuery = Pick<
  SubscriptionQuery,
  'scope' | 'anyOf' | 'filter' | 'search' | 'connections' | 'distinct' | 'unreadable'
>;

/** The rows of a query, unordered. */
export interface Selection {
  /** Must not be changed. */
  readonly rows: Bits;
  readonly rechecks: readonly Recheck[];
}

/** Cached queries: the one on screen and the previous ones. */
const selectionsKept = 4;

/**
 * A key that is equal for equal queries at about the same time: relative dates are valid for a minute, read times for
 * one revision.
 */
export function selectionKey(
  { scope, anyOf, connections, filter, search, distinct = false, unreadable = [] }: SelectionQuery,
  now: number,
  revision: number,
): string {
  const parts = filter.flatMap(partsOf);
  const moves = parts.some((term) => ('when' in term && term.when.kind === 'days') || term.kind === 'equals');
  const readings = parts.some((term) => 'field' in term && fieldOf(term.field).as === 'reading');
  const until = [moves ? Math.floor(now / 60_000) : 0, readings ? revision : 0];
  return JSON.stringify([scope, anyOf ?? null, connections, filter, search, distinct, unreadable, ...until]);
}

export type Select = (query: SelectionQuery, now: number) => Selection;

interface SelectDeps {
  readonly snapshot: ColumnSnapshot;
  readonly scopeRows: ScopeRows;
  readonly search: TextSearch;
  readonly termRows: FilterRows;
  readonly duplicates: Duplicates;
}

export function selectOn({ snapshot, scopeRows, search, termRows, duplicates }: SelectDeps): Select {
  function select({ scope, anyOf, connections, filter, search: text, unreadable = [] }: SelectionQuery, now: number) {
    const rows = scopeRows.rowsIn(scope, connections);
    if (anyOf !== undefined) intersect(rows, scopeRows.rowsInAny(anyOf));
    const folded = text === null ? '' : fold(text.trim());
    for (const id of unreadable) intersect(rows, codeBits(snapshot.rows.flags(), withBit(bitOf(id))));
    const found: MatchingRows[] = filter.map((term) => termRows(term, now));
    if (folded !== '') found.push(search(folded));
    for (const each of found) intersect(rows, each.rows);
    return { rows, rechecks: found.flatMap(({ recheck }) => (recheck === null ? [] : [recheck])) };
  }

  const kept = snapshot.memoBy(selectionsKept, (): { selection: Selection | null } => ({ selection: null }));
  const all: Select = (query, now) => {
    const slot = kept(selectionKey({ ...query, distinct: false }, now, snapshot.revision()));
    slot.selection ??= select(query, now);
    return slot.selection;
  };

  /** Of several rows of one subscription the first matching one counts, not the first overall. */
  function distinct(selection: Selection): Selection {
    const more = duplicates.among(belongsTo(selection));
    if (more === null) return selection;
    const rows = selection.rows.slice();
    subtract(rows, more);
    return { ...selection, rows };
  }

  return (query, now) => {
    if (query.distinct !== true || duplicates.shared().size === 0) return all(query, now);
    const slot = kept(selectionKey(query, now, snapshot.revision()));
    slot.selection ??= distinct(all(query, now));
    return slot.selection;
  };
}

/** The bit of the column `flags` that says that a date cannot be read; 0, which no row has, where each can. */
function bitOf(id: DateField): number {
  const field = fieldOf(id);
  return field.as === 'instant' ? field.cells.unreadable : 0;
}

function withBit(bit: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, flags) => ((flags & bit) === 0 ? 0 : 1));
}

/** Whether a row is in a selection, rechecks included. */
export function belongsTo({ rows, rechecks }: Selection): (row: number) => boolean {
  return (row) => hasBit(rows, row) && passesRechecks(rechecks, row);
}

/** Whether a selected row passes the rechecks too. */
export function passesRechecks(rechecks: readonly Recheck[], row: number): boolean {
  return rechecks.every((recheck) => !hasBit(recheck.rows, row) || recheck.test(row));
}
