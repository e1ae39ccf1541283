import type { Context } from 'hono';
import type { SandboxEnv } from '../vendor.ts';
import { ok, problem } from './answers.ts';
import { paging, type Readings } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { BadQuery, order, readFilter, type Value } from './filter.ts';

/** Something that can be listed page by page. */
export interface Collection<Item> {
  readonly count: number;
  /** Rises with every change. */
  readonly version: number;
  at(index: number): Item | null;
  shown(item: Item): unknown;
  /** What may stand in `$filter` and `$orderby`, in lower case, `/` between levels. */
  readonly properties: Readonly<Record<string, (item: Item) => Value>>;
}

type List = (c: Context<SandboxEnv>) => Response;

/** The same list for each reseller's dataset, each keeping its own last question. */
export function listingOf<Item>(
  collectionOf: (dataset: Dataset) => Collection<Item>,
): (dataset: Dataset, c: Context<SandboxEnv>) => Response {
  const lists = new Map<Dataset, List>();
  return (dataset, c) => {
    const list = lists.get(dataset) ?? listing(collectionOf(dataset), dataset.readings);
    lists.set(dataset, list);
    return list(c);
  };
}

/**
 * Answers a list request: paging by whichever names it reads, `$filter`, `$orderby`. Without filter and order only the page's own items are
 * computed; with them the matching indexes are kept until the next change or another question.
 */
export function listing<Item>(collection: Collection<Item>, { 'list-paging': manner }: Readings): List {
  let kept: { readonly question: string; readonly indexes: Uint32Array } | null = null;
  return (c) => {
    const window = windows[manner]((name) => c.req.query(name));
    if (window === null) return problem(400, 'BadRequest', 'There is no such page.');
    const filter = c.req.query('$filter') ?? '';
    const orderby = c.req.query('$orderby') ?? '';
    const question = JSON.stringify([filter, orderby, collection.version, collection.count]);
    try {
      if (filter.trim() === '' && orderby.trim() === '') return window(collection, null);
      if (kept?.question !== question) kept = { question, indexes: matching(collection, filter, orderby) };
      return window(collection, kept.indexes);
    } catch (error) {
      if (error instanceof BadQuery) return problem(400, 'InvalidQuery', error.message);
      throw error;
    }
  };
}

type Asking = (name: string) => string | undefined;
type Window = <Item>(collection: Collection<Item>, indexes: Uint32Array | null) => Response;

/** How each reading of the paging answers a query; null: there is no such page. */
const windows: Readonly<Record<Readings['list-paging'], (query: Asking) => Window | null>> = {
  'page-size': numbered,
  'page-size-strict': (query) => (isAsked(query, 'pageIndex', 'pageSize') ? null : numbered(query)),
  'page-index-only': (query) => (isAsked(query, 'page', 'size') ? null : bare(indexIn(query, 0), sizeIn(query))),
  'page-index-0': (query) => bare(indexIn(query, 0), sizeIn(query)),
  'page-index-1': (query) => bare(Math.max(0, indexIn(query, 1) - 1), sizeIn(query)),
  'page-index-strict': (query) => (indexIn(query, 1) < 1 ? null : bare(indexIn(query, 1) - 1, sizeIn(query))),
  'capped-offset': (query) => {
    const [page, size] = [Number(query('page') ?? 1), Number(query('size') ?? paging.size)];
    return (collection, indexes) => ok(rowsOf(collection, indexes, (page - 1) * size, Math.min(size, paging.size)));
  },
  none: () => (collection, indexes) => ok(rowsOf(collection, indexes, 0, Number.MAX_SAFE_INTEGER)),
};

function isAsked(query: Asking, ...names: readonly string[]): boolean {
  return names.some((name) => query(name) !== undefined);
}

function numbered(query: Asking): Window | null {
  const page = positiveIn(query('page'), 1);
  const asked = positiveIn(query('size'), paging.size);
  if (page === null || asked === null) return null;
  const size = Math.min(asked, paging.largest);
  return (collection, indexes) => {
    const totalItems = indexes?.length ?? collection.count;
    const data = rowsOf(collection, indexes, (page - 1) * size, size);
    return ok({ data, pagination: { page, size, totalItems, totalPages: Math.ceil(totalItems / size) } });
  };
}

function bare(index: number, size: number): Window {
  return (collection, indexes) => ok(rowsOf(collection, indexes, index * size, size));
}

function indexIn(query: Asking, usual: number): number {
  return Number(query('pageIndex') ?? usual);
}

function sizeIn(query: Asking): number {
  return Math.min(Number(query('pageSize') ?? paging.size), paging.size);
}

function rowsOf<Item>(
  collection: Collection<Item>,
  indexes: Uint32Array | null,
  start: number,
  size: number,
): readonly unknown[] {
  const rows: unknown[] = [];
  for (let at = start; at < Math.min(start + size, indexes?.length ?? collection.count); at++) {
    const item = collection.at(indexes?.[at] ?? at);
    if (item !== null) rows.push(collection.shown(item));
  }
  return rows;
}

function matching<Item>(collection: Collection<Item>, filter: string, orderby: string): Uint32Array {
  const property = (name: string) => collection.properties[name];
  const known = (name: string) => Object.hasOwn(collection.properties, name);
  const test = filter.trim() === '' ? () => true : readFilter(filter, known);
  const keys = orderKeys(orderby, known);
  const found: { readonly index: number; readonly keys: readonly Value[] }[] = [];
  for (let index = 0; index < collection.count; index++) {
    const item = collection.at(index);
    if (item === null || !test((name) => property(name)?.(item))) continue;
    found.push({ index, keys: keys.map(({ name }) => property(name)?.(item)) });
  }
  if (keys.length > 0) {
    found.sort((a, b) => {
      for (const [at, { sign }] of keys.entries()) {
        const difference = order(a.keys[at], b.keys[at]);
        if (difference !== 0) return difference * sign;
      }
      return a.index - b.index;
    });
  }
  return Uint32Array.from(found, ({ index }) => index);
}

function orderKeys(orderby: string, known: (name: string) => boolean) {
  if (orderby.trim() === '') return [];
  return orderby.split(',').map((part) => {
    const [written = '', direction = 'asc', ...more] = part.trim().split(/\s+/);
    const name = written.replaceAll('.', '/').toLowerCase();
    if (!known(name)) throw new BadQuery(`The property "${written}" cannot be ordered by.`);
    if (more.length > 0 || !/^(asc|desc)$/i.test(direction)) throw new BadQuery(`"${part.trim()}" is no order.`);
    return { name, sign: direction.toLowerCase() === 'asc' ? 1 : -1 };
  });
}

function positiveIn(text: string | undefined, usual: number): number | null {
  if (text === undefined) return usual;
  return /^\d{1,9}$/.test(text) && Number(text) >= 1 ? Number(text) : null;
}
