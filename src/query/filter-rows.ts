import type { Comparison, FilterField, Term } from '../model/filter.ts';
import { fold, sortKey } from '../model/filter-fold.ts';
import { allowed, matchesTerm, whenOfText } from '../model/filter-match.ts';
import { kindOf } from '../model/filter-parse.ts';
import { type Bits, codeBits, emptyBits, setBit, subtract, unite } from '../store/bits.ts';
import { flag } from '../store/column-layout.ts';
import type { Database } from '../store/database.ts';
import { integer } from '../store/sql-values.ts';
import { rowsWith } from './code-column.ts';
import type { ColumnSnapshot } from './column-snapshot.ts';
import { matchingCodesOn, type TextTest, textTest } from './matching-codes.ts';
import { type Numbers, rowsBetween } from './number-column.ts';
import type { MatchingRows } from './recheck.ts';
import type { RowsReader } from './rows-reader.ts';
import type { TextSearch } from './text-search.ts';

/** The rows that pass one term of a filter at `now`, as `matchesTerm` says, from columns wherever they can tell. */
export type FilterRows = (term: Term, now: number) => MatchingRows;

type TextTerm = Extract<Term, { readonly kind: 'contains' | 'equals' }>;

export function filterRowsOn(
  database: Database,
  snapshot: ColumnSnapshot,
  read: RowsReader,
  search: TextSearch,
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
    /** A column that no text of is meant need not be there. */
    const add = (allowed: Uint8Array, rowsOf: (allowed: Uint8Array) => Bits) => {
      if (allowed.includes(1)) unite(sure, rowsOf(allowed));
    };
    add(codes.statuses(test, false), (allowed) => codeBits(rows.status(), allowed));
    add(codes.renewals(test, false), (allowed) => codeBits(rows.renewal(), allowed));
    add(codes.connections('name', test, false), (allowed) => rowsWith(rows.connection(), allowed));
    add(codes.connections('vendor', test, false), (allowed) => rowsWith(rows.connection(), allowed));
    add(codes.nodes('billing', test, false), (allowed) => rowsWith(rows.billing(), allowed));
    add(codes.nodes('term', test, false), (allowed) => rowsWith(rows.term(), allowed));
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
  function ownText(term: TextTerm, field: 'name' | 'id', now: number): MatchingRows {
    if (term.kind === 'equals') {
      const candidates = bitsOf(field === 'id' ? byId.all(term.text) : bySort.all(sortKey(term.text)));
      return closer(term.negated ? snapshot.alive() : candidates, candidates, term, now);
    }
    const folded = fold(term.text);
    // Nothing but accents: a part of every text.
    if (folded === '') return exactly(term.negated ? emptyBits(snapshot.size()) : snapshot.alive());
    const found = search(folded, field === 'name' ? 0 : 1);
    if (!term.negated) return found;
    const { recheck } = found;
    const rest = without(found.rows);
    if (recheck === null) return exactly(rest);
    unite(rest, recheck.rows);
    return { rows: rest, recheck: { rows: recheck.rows, kind: 'often', test: (row) => !recheck.test(row) } };
  }

  function textRows(term: TextTerm, field: FilterField, now: number): MatchingRows {
    const test = textTest(term);
    const { negated } = term;
    switch (field) {
      case 'status':
        return exactly(codeBits(rows.status(), codes.statuses(test, negated)));
      case 'renewal':
        return exactly(codeBits(rows.renewal(), codes.renewals(test, negated)));
      case 'connection':
        return exactly(rowsWith(rows.connection(), codes.connections('name', test, negated)));
      case 'vendor':
        return exactly(rowsWith(rows.connection(), codes.connections('vendor', test, negated)));
      case 'reseller':
        return exactly(rowsWith(rows.reseller(), codes.nodes('reseller', test, negated)));
      case 'org':
        return exactly(rowsWith(rows.organization(), codes.nodes('organization', test, negated)));
      case 'product':
        return exactly(rowsWith(rows.product(), codes.nodes('product', test, negated)));
      case 'billing':
        return exactly(rowsWith(rows.billing(), codes.nodes('billing', test, negated)));
      case 'term':
        return exactly(rowsWith(rows.term(), codes.nodes('term', test, negated)));
      case 'service':
        return exactly(rowsWith(rows.bundle(), codes.bundles(test, negated)));
      case 'name':
      case 'id':
        return ownText(term, field, now);
      default:
        return closer(snapshot.alive(), snapshot.alive(), term, now);
    }
  }

  const numbers = (field: FilterField): Numbers => {
    if (field === 'qty') return rows.quantity();
    if (field === 'price') return rows.price();
    return field === 'ends' ? rows.ends() : field === 'starts' ? rows.starts() : rows.cancel();
  };

  return (term, now) => {
    switch (term.kind) {
      case 'word':
        return word(term.text, term.negated);
      case 'is': {
        const bit = term.what === 'trial' ? flag.trial : flag.addon;
        const passing = Uint8Array.from({ length: 256 }, (_, flags) =>
          ((flags & bit) !== 0) !== term.negated ? 1 : 0,
        );
        return exactly(codeBits(rows.flags(), passing));
      }
      case 'number': {
        const { from, to } = span(term.comparison, Number(term.value));
        return exactly(rowsBetween(numbers(term.field), from, to, term.negated));
      }
      case 'date': {
        const { from, to } = allowed(term.comparison, term.when, now);
        return exactly(rowsBetween(numbers(term.field), from, to, term.negated));
      }
      case 'contains':
        return textRows(term, term.field, now);
      case 'equals': {
        const kind = kindOf(term.field);
        if (kind === 'text') return textRows(term, term.field, now);
        const value = Number(term.text);
        const { from, to } =
          kind === 'date' ? allowed('=', whenOfText(term.text), now) : { from: value, to: nextUp(value) };
        return exactly(rowsBetween(numbers(term.field), from, to, term.negated));
      }
    }
  };
}

/** The numbers a comparison allows: `from` included, `to` not. */
function span(comparison: Comparison, value: number): { readonly from: number; readonly to: number } {
  switch (comparison) {
    case '<':
      return { from: Number.NEGATIVE_INFINITY, to: value };
    case '<=':
      return { from: Number.NEGATIVE_INFINITY, to: nextUp(value) };
    case '>':
      return { from: nextUp(value), to: Number.POSITIVE_INFINITY };
    case '>=':
      return { from: value, to: Number.POSITIVE_INFINITY };
  }
}

/** The next larger float: nothing lies between, so that "at most" is "below the next". */
function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  view.setBigInt64(0, view.getBigInt64(0) + (value >= 0 ? 1n : -1n));
  return view.getFloat64(0);
}
