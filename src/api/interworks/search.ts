import type { Filter, Term } from '../../model/filter.ts';
import { allowed } from '../../model/filter-match.ts';
import type { Pin } from '../../model/scope.ts';
import type { FoundPage, LiveQuery, Reading } from '../contract.ts';
import { pageSizeFor } from '../http/paging.ts';
import { isBelow } from '../is-below.ts';
import { narrowedOrWhole } from '../narrowed-or-whole.ts';
import { pageSize, properties, zoneSlack } from './assumptions.ts';
import type { InterworksClient } from './client.ts';

/** What of a question `$filter` and `$orderby` can say. */
interface Question {
  readonly $filter: string | null;
  readonly $orderby: string | null;
}

/**
 * Rows asked of the platform itself, narrowed by what `$filter` is documented to know: `eq`, `gt` and `contains`. Its names
 * are not folded as Subdeck folds them, and a row without one is called after its product: a question with `contains` is
 * not exhaustive.
 */
export async function* searchInterworks(
  client: InterworksClient,
  { filter, sort, within, limit, signal }: LiveQuery,
): AsyncGenerator<FoundPage> {
  const question: Question = { $filter: filterText(within, filter, client.now()), $orderby: orderText(sort) };
  const inOrder = sortsAlike(sort);
  const size = pageSizeFor(inOrder ? limit : null, pageSize);
  const pages = (query: Question) =>
    client.pages({ path: '/api/subscriptions', query: { ...query }, size, signal }, { onIncomplete });
  const whole = { $filter: null, $orderby: null };
  let asked = question;
  const found = narrowedOrWhole(pages(question), () => {
    asked = whole;
    return pages(whole);
  });
  for await (const { items, done, total, next } of found) {
    const rows = items.map((item) => client.reading(item)).filter((reading): reading is Reading => reading !== null);
    yield {
      rows: rows.filter(({ subscription }) => within.every((pin) => isBelow(subscription, pin))),
      nodes: [],
      progress: { done, total },
      resume: null,
      complete: next === null,
      missing: [],
      inOrder: inOrder && asked === question,
      exhaustive: asked === whole || !filter.some(comparesText),
    };
  }
}

/** A live look is not kept, so a list that moves meanwhile does no harm. */
function onIncomplete(): void {}

/** The conditions joined with `and`; null where nothing can be handed down. */
export function filterText(within: readonly Pin[], filter: Filter, now: number): string | null {
  const conditions = [...within.map(pinCondition), ...filter.map((term) => conditionOf(term, now))];
  const said = conditions.filter((condition) => condition !== null);
  return said.length === 0 ? null : said.join(' and ');
}

/** The branch below an account or a product; null for what no property names. */
export function pinCondition({ level, id }: Pin): string | null {
  if (id === null || (level !== 'organization' && level !== 'service')) return null;
  return `${properties[level]} eq ${/^\d{1,15}$/.test(id) ? id : quoted(id)}`;
}

function conditionOf(term: Term, now: number): string | null {
  if (term.negated) return null;
  switch (term.kind) {
    case 'contains':
      return comparesText(term) ? `contains(${properties.name},${quoted(term.text)})` : null;
    case 'equals':
      if (term.field === 'id') return `${properties.id} eq ${quoted(term.text)}`;
      return term.field === 'qty' && isCount(term.text) ? `${properties.qty} eq ${term.text}` : null;
    case 'number':
      return term.field === 'qty' ? quantityCondition(term.comparison, term.value) : null;
    case 'date':
      return term.field === 'starts' || term.field === 'ends'
        ? dateCondition(properties[term.field], allowed(term.comparison, term.when, now))
        : null;
    default:
      return null;
  }
}

/** A text that the vendor is asked to look for: one of letters that sanitising leaves as they are. */
function comparesText(term: Term): boolean {
  return !term.negated && term.kind === 'contains' && term.field === 'name' && /^[A-Za-z0-9 _.-]+$/.test(term.text);
}

function isCount(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function quantityCondition(comparison: string, value: string): string | null {
  if (!isCount(value)) return null;
  if (comparison === '>') return `${properties.qty} gt ${value}`;
  return comparison === '>=' ? `${properties.qty} gt ${Number(value) - 1}` : null;
}

/** Only the lower end: `gt` is the only comparison of dates that is documented. */
function dateCondition(property: string, { from }: { readonly from: number }): string | null {
  if (!Number.isFinite(from)) return null;
  return `${property} gt datetime'${new Date(from - zoneSlack).toISOString().slice(0, 19)}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function orderText(sort: LiveQuery['sort']): string | null {
  const field = sortable.find((one) => one === sort?.field);
  return field === undefined ? null : `${properties[field]} ${sort?.descending ? 'desc' : 'asc'}`;
}

const sortable = ['name', 'id', 'qty', 'starts', 'ends'] as const;

/** Numbers and dates sort alike everywhere; texts do not. */
function sortsAlike(sort: LiveQuery['sort']): boolean {
  return sort?.field === 'qty' || sort?.field === 'starts' || sort?.field === 'ends';
}
