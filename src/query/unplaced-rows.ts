import { type DateField, fieldsAs } from '../model/field-names.ts';
import { partsOf, type Term } from '../model/filter.ts';
import type { CacheReader, SubscriptionQuery } from './cache-reader.ts';

/** Rows of a query that a date would have placed, had it been readable. */
export interface UnplacedRows {
  /** The filter leaves them out, or they come last in the sort order. */
  readonly by: 'filter' | 'sort';
  readonly fields: readonly DateField[];
  readonly total: number;
  /** Some of them. */
  readonly refs: readonly string[];
}

type Query = Omit<SubscriptionQuery, 'offset' | 'limit'>;

const refsNamed = 3;

/** Null is no date and needs no place: only texts that cannot be read are told of. */
export function unplacedRows(cache: Pick<CacheReader, 'subscriptionWindow'>, query: Query): readonly UnplacedRows[] {
  const isAny = (field: DateField) => rowsWith(cache, { ...query, filter: [], search: null }, [field]).length > 0;
  const filtered = [...new Set(query.filter.flatMap(datesOf))].filter(isAny);
  const subsets = subsetsOf(filtered);
  const left = found(
    'filter',
    filtered,
    subsets.flatMap((fields) => rowsWith(cache, query, fields)),
  );
  const isFiltered = (field: DateField) => query.filter.some((term) => datesOf(term).includes(field));
  const sorted = query.sort.flatMap(({ field }) =>
    isDate(field) && !isFiltered(field) && isAny(field) ? [field] : [],
  );
  const last = sorted.flatMap((field) => found('sort', [field], rowsWith(cache, query, [field])));
  return [...left, ...last];
}

/** Rows in which just these dates cannot be read, and that pass all that the other terms ask for. */
function rowsWith(cache: Pick<CacheReader, 'subscriptionWindow'>, query: Query, unreadable: readonly DateField[]) {
  const filter = query.filter.filter((term) => !unreadable.some((field) => datesOf(term).includes(field)));
  const { rows, total } = cache.subscriptionWindow({
    ...query,
    ...{ filter, unreadable, sort: [], offset: 0, limit: refsNamed },
  });
  return total === 0 ? [] : [{ refs: rows.map(({ ref }) => ref), total }];
}

function found(
  by: UnplacedRows['by'],
  fields: readonly DateField[],
  parts: readonly { readonly refs: readonly string[]; readonly total: number }[],
): readonly UnplacedRows[] {
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  const refs = parts.flatMap((part) => part.refs).slice(0, refsNamed);
  return total === 0 ? [] : [{ by, fields, total, refs }];
}

/** All but the empty one. */
function subsetsOf(fields: readonly DateField[]): readonly (readonly DateField[])[] {
  const [first, ...rest] = fields;
  if (first === undefined) return [];
  const others = subsetsOf(rest);
  return [[first], ...others, ...others.map((subset) => [first, ...subset])];
}

/** The fields whose dates a term compares. */
function datesOf(term: Term): readonly DateField[] {
  return partsOf(term).flatMap((part) => {
    if (part.kind === 'date') return [part.field];
    return part.kind === 'equals' && isDate(part.field) ? [part.field] : [];
  });
}

const dates = fieldsAs('instant').map(({ id }) => id);

function isDate(field: string): field is DateField {
  return dates.some((id) => id === field);
}
