import type { Period } from '../model/date-text.ts';
import { compareDecimals, decimalOf } from '../model/decimal.ts';
import { type Field, type FilterField, fieldOf, fieldsFor } from '../model/field-names.ts';
import { fields } from '../model/fields.ts';
import type { Comparison, SimpleTerm, Term } from '../model/filter.ts';
import { fold, sortKey } from '../model/filter-fold.ts';
import { allowed, matchesTerm, whenOfText } from '../model/filter-match.ts';
import { kindOf } from '../model/filter-parse.ts';
import { type Bits, codeBits, emptyBits, intersect, isNone, setBit, subtract, unite } from '../store/bits.ts';
import { flag } from '../store/column-layout.ts';
import type { Database } from '../store/database.ts';
import { integer } from '../store/sql-values.ts';
import { rowsWith } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import type { Duplicates } from './duplicates.ts';
import { matchingCodesOn, type TextTest, textTest } from './matching-codes.ts';
import { cellsOf, rowsBetween } from './number-column.ts';
import type { MatchingRows } from './recheck.ts';
import { release } from './release.ts';
import type { RowsReader } from './rows-reader.ts';
import type { TextSearch } from './text-search.ts';

/** The rows that match one term of a filter at `now`, as `matchesTerm` defines, from columns if possible. */
export type FilterRows = (term: Term, now: number) => MatchingRows;

/** `allowed` has 1 at each matching cell or code. */
interface Matching {
  readonly allowed: Uint8Array;
  readonly rowsOf: () => Bits;
}

const wordFields = fieldsFor('word');

type TextTerm = Extract<Term, { readonly kind: 'contains' | 'equals' }>;
type NumberTerm = Extract<Term, { readonly kind: 'number' | 'equals' }>;

export function filterRowsOn(
  database: Database,
  snapshot: ColumnSnapshot,
  read: RowsReader,
  search: TextSearch,
  duplicates: Duplicates,
): FilterRows {
  const codes = matchingCodesOn(database, snapshot);
  const byId = database.statement('SELECT row FROM subscription WHERE id = ?');
  const bySort = database.statement('SELECT row FROM subscription WHERE sort = ?');
  const { rows } = snapshot;

  const exactly = (bits: Bits): MatchingRows => ({ rows: bits, recheck: null });
  const closer = (bits: Bits, doubtful: Bits, term: Term, now: number): MatchingRows => ({
    rows: bits,
    recheck: {
      rows: doubtful,
      kind: 'often',
      test: (row) => {
        const subscription = read.subscription(row);
        return subscription !== null && matchesTerm(term, subscription, now);
      },
    },
  });
  const without = (bits: Bits): Bits => {
    const rest = snapshot.alive().slice();
    subtract(rest, bits);
    return rest;
  };
  const bitsOf = (found: readonly Readonly<Record<string, unknown>>[]): Bits => {
    const bits = emptyBits(snapshot.size());
    for (const { row } of found) setBit(bits, integer(row));
    return bits;
  };

  function word(wanted: string, negated: boolean): MatchingRows {
    const folded = fold(wanted);
    if (folded === '') return exactly(negated ? emptyBits(snapshot.size()) : snapshot.alive());
    const test: TextTest = { kind: 'contains', text: folded };
    const sure = emptyBits(snapshot.size());
    /** A column without any matching text need not be loaded. */
    for (const field of wordFields) {
      const found = matching(field, test, false);
      if (found?.allowed.includes(1)) unite(sure, found.rowsOf());
    }
    const found = search(folded);
    const doubtful = found.recheck?.rows.slice() ?? emptyBits(0);
    subtract(doubtful, sure);
    unite(sure, found.rows);
    if (!negated) return { rows: sure, recheck: found.recheck === null ? null : { ...found.recheck, rows: doubtful } };
    const { recheck } = found;
    if (recheck === null) return exactly(without(sure));
    subtract(sure, doubtful);
    return { rows: without(sure), recheck: { rows: doubtful, kind: 'often', test: (row) => !recheck.test(row) } };
  }

  /** Fields whose texts are not shared by rows. */
  function ownText(term: TextTerm, line: 0 | 1, now: number): MatchingRows {
    if (term.kind === 'equals') {
      const candidates = bitsOf(line === 1 ? byId.all(term.text) : bySort.all(sortKey(term.text)));
      return closer(term.negated ? snapshot.alive() : candidates, candidates, term, now);
    }
    const folded = fold(term.text);
    // Only accents: contained in every text.
    if (folded === '') return exactly(term.negated ? emptyBits(snapshot.size()) : snapshot.alive());
    const found = search(folded, line);
    if (!term.negated) return found;
    const { recheck } = found;
    const rest = without(found.rows);
    if (recheck === null) return exactly(rest);
    unite(rest, recheck.rows);
    return { rows: rest, recheck: { rows: recheck.rows, kind: 'often', test: (row) => !recheck.test(row) } };
  }

  /** A field that is a part of what is searched: rows that hold the text anywhere may hold it there. */
  function searchedText(term: TextTerm, now: number): MatchingRows {
    const folded = fold(term.text);
    const candidates = folded === '' || term.negated ? snapshot.alive() : search(folded).rows;
    return closer(candidates, candidates, term, now);
  }

  /** Null, for rows that no other connection has, never matches. */
  function otherConnections(term: TextTerm, now: number): MatchingRows {
    const candidates = duplicates.rows();
    return closer(candidates, candidates, term, now);
  }

  function textRows(term: TextTerm, field: FilterField, now: number): MatchingRows {
    const { negated } = term;
    const of = fieldOf(field);
    if (of.as === 'ranked') return ownText(term, of.cells.line, now);
    if (of.as === 'searched') return searchedText(term, now);
    if (of.as === 'other connections') return otherConnections(term, now);
    const found = matching(of, textTest(term), negated);
    // A part of a number or of a date: only the row knows how the vendor wrote it.
    return found === null ? closer(snapshot.alive(), snapshot.alive(), term, now) : exactly(found.rowsOf());
  }

  /** Cells that match a text condition, and how to find their rows; null if a field has no such cells. */
  function matching(field: Field, test: TextTest, negated: boolean): Matching | null {
    switch (field.as) {
      case 'word': {
        const allowed = codes.words(field.cells.words, test, negated);
        return { allowed, rowsOf: () => codeBits(rows[field.property](), allowed) };
      }
      case 'flag': {
        const allowed = codes.switches(field.cells.bit, test, negated);
        return { allowed, rowsOf: () => codeBits(rows.flags(), allowed) };
      }
      case 'connection': {
        const allowed = codes.connections(field.cells.of, test, negated);
        return { allowed, rowsOf: () => rowsWith(rows.connection(), allowed) };
      }
      case 'node':
      case 'shared':
      case 'currency': {
        const allowed = codes.nodes(field.property, test, negated);
        return { allowed, rowsOf: () => rowsWith(rows[field.property](), allowed) };
      }
      case 'services': {
        const allowed = codes.bundles(test, negated);
        return { allowed, rowsOf: () => rowsWith(rows.services(), allowed) };
      }
      default:
        return null;
    }
  }

  /** Rows whose date is at least `from` and below `to`, or, negated, outside that range. */
  function between(id: FilterField, { from, to }: Period, negated: boolean): MatchingRows {
    const field = fieldOf(id);
    switch (field.as) {
      case 'instant':
        return exactly(rowsBetween(rows[field.property](), from, to, negated));
      case 'reading': {
        const lent = rows[field.property]();
        const found = rowsBetween(lent, from, to, negated);
        release(cellsOf(lent));
        return exactly(found);
      }
      default:
        throw new Error(`The field ${id} has no dates.`);
    }
  }

  /**
   * Rows whose number compares so with a decimal. A cell is the float nearest to the row's own decimal, so that only those
   * cells say nothing that are the float nearest to the given one: of these, amounts with more digits than a cell holds
   * are compared row by row.
   */
  function compared(term: NumberTerm, comparison: Comparison | '=', wanted: string, now: number): MatchingRows {
    const field = fieldOf(term.field);
    if (field.as !== 'number' && field.as !== 'amount') throw new Error(`The field ${term.field} has no numbers.`);
    const cells = rows[field.property]();
    const nearest = Number(wanted);
    const { from, to } = span(comparison, wanted);
    const found = rowsBetween(cells, from, to, term.negated);
    if (field.as === 'number') return exactly(found);
    const doubtful = rowsBetween(cells, nearest, nextUp(nearest), false);
    const fine = codes.switches(flag.fineMoney, { kind: 'equals', text: 'true' }, false);
    intersect(doubtful, codeBits(rows.flags(), fine));
    if (isNone(doubtful)) return exactly(found);
    unite(found, doubtful);
    return closer(found, doubtful, term, now);
  }

  /** `a|b`: a row that surely matches one part needs no exact test of the others. */
  function anyOf(term: Extract<Term, { readonly kind: 'any' }>, now: number): MatchingRows {
    const found = term.of.map((each) => partRows(each, now));
    const all = term.negated ? snapshot.alive().slice() : emptyBits(snapshot.size());
    const sure = emptyBits(snapshot.size());
    const doubtful = emptyBits(snapshot.size());
    for (const { rows: part, recheck } of found) {
      if (term.negated) intersect(all, part);
      else unite(all, part);
      if (recheck !== null) unite(doubtful, recheck.rows);
      const certain = part.slice();
      if (recheck !== null) subtract(certain, recheck.rows);
      unite(sure, certain);
    }
    if (!term.negated) subtract(doubtful, sure);
    intersect(doubtful, all);
    return isNone(doubtful) ? exactly(all) : closer(all, doubtful, term, now);
  }

  function partRows(term: SimpleTerm, now: number): MatchingRows {
    switch (term.kind) {
      case 'word':
        return word(term.text, term.negated);
      case 'is': {
        const { bit } = (term.what === 'trial' ? fields.isTrial : fields.isAddon).cells;
        return exactly(codeBits(rows.flags(), codes.switches(bit, { kind: 'equals', text: 'true' }, term.negated)));
      }
      case 'number':
        return compared(term, term.comparison, term.value, now);
      case 'date':
        return between(term.field, allowed(term.comparison, term.when, now), term.negated);
      case 'contains':
        return textRows(term, term.field, now);
      case 'equals': {
        const kind = kindOf(term.field);
        if (kind === 'text') return textRows(term, term.field, now);
        if (kind === 'number') return compared(term, '=', term.text, now);
        return between(term.field, allowed('=', whenOfText(term.text), now), term.negated);
      }
    }
  }

  return (term, now) => (term.kind === 'any' ? anyOf(term, now) : partRows(term, now));
}

/**
 * The floats that compare so with a decimal: `from` inclusive, `to` exclusive. The float nearest to it stands for the
 * shortest decimal of that float, which can be less, equal or more.
 */
function span(comparison: Comparison | '=', wanted: string): Period {
  const nearest = Number(wanted);
  const above = nextUp(nearest);
  const order = compareTexts(String(nearest), wanted);
  switch (comparison) {
    case '<':
      return { from: Number.NEGATIVE_INFINITY, to: order < 0 ? above : nearest };
    case '<=':
      return { from: Number.NEGATIVE_INFINITY, to: order <= 0 ? above : nearest };
    case '>':
      return { from: order > 0 ? nearest : above, to: Number.POSITIVE_INFINITY };
    case '>=':
      return { from: order >= 0 ? nearest : above, to: Number.POSITIVE_INFINITY };
    case '=':
      return { from: nearest, to: order === 0 ? above : nearest };
  }
}

function compareTexts(one: string, other: string): number {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  return left === null || right === null ? Number.NaN : compareDecimals(left, right);
}

/** The next larger float, so that "at most" becomes "below the next". */
function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  view.setBigInt64(0, view.getBigInt64(0) + (value >= 0 ? 1n : -1n));
  return view.getFloat64(0);
}
