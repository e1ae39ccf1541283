import type { Filter, Term } from '../../model/filter.ts';
import type { LiveQuery, Page, Reading } from '../vendor.ts';
import { isBelow } from '../within.ts';
import type { InterworksApi } from './api.ts';
import { properties } from './assumptions.ts';

/**
 * Rows asked of the platform itself, narrowed by what `$filter` is documented to know: `eq`, `gt` and `contains`. Every
 * term narrows without losing a row, and none is claimed as `applied`: the caller looks at each row again, since the two
 * sides may differ in case and in time zones.
 */
export async function* searchInterworks(
  api: InterworksApi,
  { filter, sort, within, signal }: LiveQuery,
): AsyncGenerator<Page & { readonly applied: readonly number[] }> {
  const query = { $filter: filterText(filter), $orderby: orderText(sort) };
  for await (const { items, done, total, next } of api.pages(
    { path: '/api/subscriptions', query, signal },
    { onDoubt },
  )) {
    const rows = items.map((item) => api.reading(item)).filter((reading): reading is Reading => reading !== null);
    yield {
      rows: rows.filter(({ subscription }) => within.every((pin) => isBelow(subscription, pin))),
      nodes: [],
      progress: { done, total },
      resume: null,
      complete: next === null,
      missing: [],
      applied: [],
    };
  }
}

/** A live look is not kept, so a list that moves meanwhile does no harm. */
function onDoubt(): void {}

/** The conditions joined with `and`; null where nothing can be handed down. */
export function filterText(filter: Filter): string | null {
  const conditions = filter.map(conditionOf).filter((condition) => condition !== null);
  return conditions.length === 0 ? null : conditions.join(' and ');
}

function conditionOf(term: Term): string | null {
  if (term.negated) return null;
  switch (term.kind) {
    case 'contains':
      return term.field === 'name' && isPlain(term.text) ? `contains(name,${quoted(term.text)})` : null;
    case 'equals':
      return term.field === 'id' ? `id eq ${quoted(term.text)}` : null;
    case 'number':
      return term.field === 'qty' ? quantityCondition(term.comparison, term.value) : null;
    default:
      return null;
  }
}

/** Words that sanitising and folding leave as they are. */
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9 _.-]+$/.test(text);
}

function quantityCondition(comparison: string, value: string): string | null {
  if (!/^\d{1,15}$/.test(value)) return null;
  if (comparison === '>') return `quantity gt ${value}`;
  return comparison === '>=' ? `quantity gt ${Number(value) - 1}` : null;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function orderText(sort: LiveQuery['sort']): string | null {
  const property = sort === null ? undefined : properties[sort.field];
  return property === undefined ? null : `${property} ${sort?.descending ? 'desc' : 'asc'}`;
}
