import { assumptions, limits } from './assumptions.ts';
import { wrongProperty } from './errors.ts';
import type { ListPage } from './wire.ts';

/** A query whose names are read in any case. */
export type Query = (name: string) => string | undefined;

export function readQuery(given: Readonly<Record<string, string>>): Query {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(name.toLowerCase());
}

export interface Window {
  readonly pageNumber: number;
  readonly pageSize: number;
}

/** Throws Refused (400) that names the property. */
export function readWindow(query: Query): Window {
  const { least, most, usual } = limits.pageSize;
  const pageNumber = integerIn(query('pageNumber') ?? '1');
  if (pageNumber === null || pageNumber < 1) throw wrongProperty('PageNumber', 'PageNumber must be at least 1.');
  const pageSize = integerIn(query('pageSize') ?? String(usual));
  if (pageSize === null || pageSize < least || pageSize > most) {
    throw wrongProperty('PageSize', `PageSize must be between ${least} and ${most}.`);
  }
  return { pageNumber, pageSize };
}

/** `undefined` where the query does not say; throws Refused where it says neither true nor false. */
export function readFlag(query: Query, name: string): boolean | undefined {
  const text = query(name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false') throw wrongProperty(name, `The value '${text}' is not valid.`);
  return text === 'true';
}

/** One page of a list that is known by its length and by how to make an item of a place in it. */
export function page<Item>(
  length: number,
  item: (at: number) => Item,
  { pageNumber, pageSize }: Window,
): ListPage<Item> {
  const start = (pageNumber - 1) * pageSize;
  const end = Math.min(length, start + pageSize);
  const items: Item[] = [];
  for (let at = start; at < end; at++) items.push(item(at));
  const hasNextPage = end < length;
  return {
    items: length === 0 ? assumptions.emptyItems : items,
    paginationParameters: { pageNumber, pageSize },
    totalPages: Math.ceil(length / pageSize),
    totalCount: length,
    hasPreviousPage: pageNumber > 1,
    hasNextPage,
    continuationToken: hasNextPage ? Buffer.from(`${pageNumber + 1}/${pageSize}`).toString('base64') : null,
  };
}

function integerIn(text: string): number | null {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}
