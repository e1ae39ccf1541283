import { fieldsAs } from '../../model/field-names.ts';
import type { Filter, Term } from '../../model/filter.ts';
import { fold } from '../../model/filter-fold.ts';
import type { Named, Status } from '../../model/subscription.ts';
import type { LiveQuery } from '../contract.ts';
import { queryNames, searched, stableSort, statusFilterNames, statusSeparator } from './assumptions.ts';
import type { Directory } from './directory.ts';
import type { Role } from './role.ts';
import { documentedWords } from './wire.ts';

/** The parameters of a list query. */
type QueryWords = Readonly<Record<string, string | null>>;

/** The vendor's words for ours. Ambiguous ones (pending, suspended, error, unknown) are not used in queries. */
const statusWords: Readonly<Partial<Record<Status, readonly string[]>>> = {
  active: ['Active'],
  expired: ['Expired', 'Disabled'],
  cancelled: ['Deleted'],
};

const sortNames: Readonly<Record<string, string>> = {
  service: 'Offer.Name',
  product: 'Offer.Name',
  status: 'Status',
  starts: 'StartDate',
  ends: 'EndDate',
};

/**
 * Fields that the vendor's search certainly does not cover, but Subdeck's does: status, renewal, the connection's
 * vendor, and the vendor's own words.
 */
const otherWords: readonly string[] = [
  ...fieldsAs('word').flatMap(({ cells }) => cells.words),
  'cloudcockpit',
  ...Object.values(documentedWords).flat(),
];

/** Up to this many lists of single customers are faster than the list of all. */
const mostCustomers = 10;

/**
 * The customers whose own lists contain all wanted rows; null: the list of all, which a CSP has. Names come from the
 * directory.
 */
export function customersOf(
  role: Role,
  { customers }: Directory,
  { filter, within }: Pick<LiveQuery, 'filter' | 'within'>,
): readonly string[] | null {
  const pinned = within.find(({ level }) => level === 'organization')?.id;
  if (pinned) return [pinned];
  const terms = filter.filter((term) => 'field' in term && term.field === 'org' && !term.negated);
  const wanted = customers.filter((customer) => terms.every((term) => isCalled(customer, term))).map(({ id }) => id);
  if (role.kind !== 'csp') return wanted;
  return terms.length > 0 && wanted.length > 0 && wanted.length <= mostCustomers ? wanted : null;
}

function isCalled({ id, name }: Named, term: Term): boolean {
  if (term.kind === 'equals') return term.text === name || term.text === id;
  return term.kind !== 'contains' || fold(name).includes(fold(term.text));
}

/** What every list takes. */
export function generalQuery(query: Pick<LiveQuery, 'filter' | 'search' | 'sort'>): QueryWords {
  const property = query.sort === null ? undefined : sortNames[query.sort.field];
  return {
    [queryNames.search]: searchText(query),
    [queryNames.sort]: property ?? stableSort,
    [queryNames.ascending]: String(property === undefined || !query.sort?.descending),
  };
}

/** Additional parameters for the list of one customer. */
export function customerQuery(
  query: Pick<LiveQuery, 'filter' | 'search' | 'sort' | 'within'>,
  { resellers }: Pick<Directory, 'resellers'>,
  statusFilter: keyof typeof statusFilterNames,
): QueryWords {
  const pinned = (level: 'reseller' | 'service') => query.within.find((pin) => pin.level === level)?.id ?? null;
  const reseller = equalText(query.filter, 'reseller');
  const offer = equalText(query.filter, 'service');
  return {
    ...generalQuery(query),
    ...Object.fromEntries(statusFilterNames[statusFilter].map((name) => [name, statusesOf(query.filter)])),
    resellerId: pinned('reseller') ?? (reseller === null ? null : idOf(reseller, resellers)),
    offerId: pinned('service') ?? (offer !== null && isUuid(offer) ? offer : null),
  };
}

/**
 * The one text to search at the vendor, from search, bare words and parts of names: how it combines several is unknown.
 * Null for a text that may match columns which the vendor does not search: ids, and the words of its enumerations.
 */
export function searchText({ filter, search }: Pick<LiveQuery, 'filter' | 'search'>): string | null {
  const words = filter.flatMap((term) => (term.kind === 'word' && !term.negated ? [term.text] : []));
  const names = filter.flatMap((term) =>
    term.kind === 'contains' && searched.includes(term.field) && !term.negated ? [term.text] : [],
  );
  const anywhere = [...(search?.trim() ? [search.trim()] : []), ...words].filter(isOfNamesOnly);
  return names[0] ?? anywhere[0] ?? null;
}

function isOfNamesOnly(text: string): boolean {
  const folded = fold(text);
  return !/^[0-9a-f-]*$/.test(folded) && !otherWords.some((word) => fold(word).includes(folded));
}

function statusesOf(filter: Filter): string | null {
  const status = equalText(filter, 'status');
  const words = Object.entries(statusWords).find(([ours]) => ours === status)?.[1];
  return words === undefined ? null : words.join(statusSeparator);
}

function equalText(filter: Filter, field: 'status' | 'reseller' | 'service'): string | null {
  const term = filter.find((one) => one.kind === 'equals' && one.field === field && !one.negated);
  return term?.kind === 'equals' ? term.text : null;
}

/** Null if no company, or more than one, has this name. */
function idOf(text: string, companies: readonly Named[]): string | null {
  const found = companies.filter(({ id, name }) => id === text || name === text);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
