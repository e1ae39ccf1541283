import { beginOf, type Period, periodOf, wholeSecond } from './date-text.ts';
import { compareDecimals, decimalOf } from './decimal.ts';
import { type FilterField, fieldOf, fieldsFor } from './field-names.ts';
import {
  type Comparison,
  type FieldTerm,
  type Filter,
  holdsAny,
  type ListFilter,
  type SimpleTerm,
  type Term,
  type When,
} from './filter.ts';
import { fold } from './filter-fold.ts';
import { kindOf } from './filter-parse.ts';
import { type LevelField, levelFields } from './level-fields.ts';
import type { ListField, ListFields } from './list-fields.ts';
import type { LevelNode } from './scope.ts';
import type { Subscription } from './subscription.ts';

const day = 86_400_000;

/** Whether a subscription matches a filter at `now` (milliseconds): the filter language's definition for one row. */
export function matches(filter: Filter, subscription: Subscription, now: number): boolean {
  return filter.every((term) => matchesTerm(term, subscription, now));
}

/** One term. Null never matches, negated or not. */
export function matchesTerm(term: Term, subscription: Subscription, now: number): boolean {
  if (term.kind === 'any') return holdsAny(term, (each) => matchesTerm(each, subscription, now));
  const answer = holds(term, subscription, now);
  return answer !== null && answer !== term.negated;
}

/** The range of a comparison, unbounded if infinite; `from` inclusive, `to` exclusive. */
export function allowed(comparison: Comparison | '=', when: When, now: number): Period {
  if (when.kind === 'days') {
    const limit = wholeSecond(now) + when.days * day;
    const since = when.days > 0 ? wholeSecond(now) : Number.NEGATIVE_INFINITY;
    if (comparison === '<') return { from: since, to: limit };
    if (comparison === '<=') return { from: since, to: limit + 1 };
    if (comparison === '>') return { from: limit + 1, to: Number.POSITIVE_INFINITY };
    return { from: limit, to: comparison === '=' ? limit + day : Number.POSITIVE_INFINITY };
  }
  const { from, to } = periodOf(when.text) ?? { from: Number.NaN, to: Number.NaN };
  if (comparison === '<') return { from: Number.NEGATIVE_INFINITY, to: from };
  if (comparison === '<=') return { from: Number.NEGATIVE_INFINITY, to };
  if (comparison === '>') return { from: to, to: Number.POSITIVE_INFINITY };
  return { from, to: comparison === '=' ? to : Number.POSITIVE_INFINITY };
}

/** What a date's `=` compares: days from now, or a date as written. */
export function whenOfText(text: string): When {
  const [, count] = /^(-?\d{1,6})d$/i.exec(text) ?? [];
  return count === undefined ? { kind: 'date', text } : { kind: 'days', days: Number(count) };
}

/** As decimals, since floats take `0.1` and `0.10000000000000001` for one number. Null for a text that is no number. */
function compares(text: string | null, comparison: Comparison | '=', wanted: string): boolean | null {
  const [left, right] = [decimalOf(text ?? ''), decimalOf(wanted)];
  if (left === null || right === null) return null;
  const order = compareDecimals(left, right);
  if (comparison === '<') return order < 0;
  if (comparison === '<=') return order <= 0;
  if (comparison === '=') return order === 0;
  return comparison === '>' ? order > 0 : order >= 0;
}

/**
 * Every searchable text by field: names and ids of a subscription and of its ancestors: name, id, organization,
 * reseller, product, services, and all other ids.
 */
export function searchLines(subscription: Subscription): readonly (readonly string[])[] {
  const { name, id, organization, reseller, product, services, externalIds } = subscription;
  const nodes = [organization, reseller, product].map((node) => (node === null ? [] : [node]));
  const ids = [...nodes.flat(), ...services].map((node) => node.id);
  const names = [...nodes, services].map((each) => each.map((node) => node.name));
  return [[name], [id], ...names, [...ids, ...Object.values(externalIds)]];
}

function searchTexts(subscription: Subscription): readonly string[] {
  return searchLines(subscription).flat();
}

const wordFields = fieldsFor('word');

/** What a bare word searches beyond `searchTexts`. */
function wordTexts(subscription: Subscription): readonly string[] {
  return wordFields.flatMap(({ value }) => value.texts(subscription)).filter((text) => text !== '');
}

/** Whether a search text occurs in one of the texts; an empty one always does. */
export function matchesSearch(search: string, subscription: Subscription): boolean {
  const wanted = fold(search.trim());
  return searchTexts(subscription).some((text) => fold(text).includes(wanted));
}

/** Null: the field is null, and neither the term nor its negation matches. */
function holds(term: SimpleTerm, subscription: Subscription, now: number): boolean | null {
  switch (term.kind) {
    case 'word': {
      const wanted = fold(term.text);
      return [...searchTexts(subscription), ...wordTexts(subscription)].some((text) => fold(text).includes(wanted));
    }
    case 'contains':
    case 'equals':
    case 'number':
    case 'date':
      return holdsOfField(term, valuesOf(term.field, subscription), now);
    case 'is':
      return term.what === 'trial' ? subscription.isTrial : subscription.isAddon;
  }
}

function valuesOf(field: FilterField, subscription: Subscription): FieldValues {
  const { texts, ids, instant } = fieldOf(field).value;
  const kind = kindOf(field);
  const at = kind === 'date' ? instant(subscription) : null;
  return { kind, texts: texts(subscription), ids: ids(subscription), instant: at };
}

/** What a row says of a field. A number is one text, if any. */
interface FieldValues {
  readonly kind: 'text' | 'number' | 'date';
  readonly texts: readonly string[];
  /** What `=` compares with beside the texts. */
  readonly ids: readonly string[];
  /** Of a date, in milliseconds. */
  readonly instant: number | null;
}

/** Whether a condition about a level's row holds, negated or not; null never does. */
export function matchesLevelTerm(term: FieldTerm<LevelField>, node: LevelNode, now: number): boolean {
  return matchesListField(term, levelFields[term.field], node, now);
}

/** Whether a row of a list in memory matches a filter: a word is looked for in all of its texts. */
export function matchesRow<Row>(filter: ListFilter, fields: ListFields<Row>, row: Row, now: number): boolean {
  const test = (term: ListFilter[number]): boolean => {
    switch (term.kind) {
      case 'any':
        return holdsAny(term, test);
      case 'is':
        return false;
      case 'word': {
        const wanted = fold(term.text);
        const texts = Object.values(fields).flatMap((field) => field.texts(row));
        return texts.some((text) => fold(text).includes(wanted)) !== term.negated;
      }
      default: {
        const field = fields[term.field];
        return field !== undefined && matchesListField(term, field, row, now);
      }
    }
  };
  return filter.every(test);
}

function matchesListField<Row>(term: FieldTerm<string>, { kind, texts }: ListField<Row>, row: Row, now: number) {
  const values = texts(row);
  const instant = kind === 'date' ? beginOf(values[0] ?? null) : null;
  const answer = holdsOfField(term, { kind, texts: values, ids: [], instant }, now);
  return answer !== null && answer !== term.negated;
}

function holdsOfField(term: FieldTerm<string>, values: FieldValues, now: number): boolean | null {
  const [text = null] = values.texts;
  switch (term.kind) {
    case 'contains': {
      const wanted = fold(term.text);
      return some(values.texts, (each) => fold(each).includes(wanted));
    }
    case 'equals':
      return equals(values, term.text, now);
    case 'number':
      return compares(text, term.comparison, term.value);
    case 'date':
      return within(values.instant, allowed(term.comparison, term.when, now));
  }
}

function equals({ kind, texts, ids, instant }: FieldValues, wanted: string, now: number): boolean | null {
  const [text = null] = texts;
  if (kind === 'date') return within(instant, allowed('=', whenOfText(wanted), now));
  if (kind === 'number') return compares(text, '=', wanted);
  return some([...texts, ...ids], (each) => each === wanted);
}

function some(texts: readonly string[], test: (text: string) => boolean): boolean | null {
  return texts.length === 0 ? null : texts.some(test);
}

function within(instant: number | null, { from, to }: Period): boolean | null {
  return instant === null ? null : instant >= from && instant < to;
}
