import { type Fault, FaultError } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Choices } from '../assumption.ts';
import { type NumberedSlice, type PagedItems, type PagerOptions, pagesByNumber } from '../http/paging.ts';
import type { ReadClient } from '../http/read-client.ts';
import type { Query } from '../http/url-path.ts';
import { listOf } from '../identity.ts';
import { type interworksAssumptions, pageSize } from './assumptions.ts';
import { pageWire } from './wire.ts';

export interface ListCall {
  readonly path: string;
  readonly query?: Query;
  /** Items per page; default: the usual number. */
  readonly size?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A list, page by page. */
export type ReadPages = (
  call: ListCall,
  options: Pick<PagerOptions<unknown>, 'start' | 'ahead' | 'onIncomplete' | 'onShortfall'>,
) => AsyncGenerator<PagedItems<unknown>, void, undefined>;

type Paging = Choices<typeof interworksAssumptions>['list-paging'];

/** The `pageIndex` of the first page. */
type Base = 0 | 1;

/** Lists of one connection, page by page. What one list shows of how the index is counted holds for all. */
export function createPager(connection: string, paging: Paging): (read: ReadClient) => ReadPages {
  let base: Base | null = paging === 'page-index-0' ? 0 : paging === 'page-index-1' ? 1 : null;
  let names: Names = namesOf[paging];

  async function* pages(read: ReadClient, ...[call, options]: Parameters<ReadPages>): ReturnType<ReadPages> {
    const { start, ahead, onIncomplete, onShortfall } = options;
    const [named, known, mark] = /^(?:(both|page-size|page-index)([01]):)?(.*)$/.exec(start ?? '')?.slice(1) ?? [];
    // Pages counted from 1 continue so: otherwise some would be read twice, and the last ones never.
    if (known !== undefined && paging === 'learned') {
      base = known === '1' ? 1 : 0;
      names = named === 'page-size' || named === 'page-index' ? named : 'both';
    }
    const fetch = async (page: number, size: number, from: Base, by = names): Promise<NumberedSlice<unknown>> => {
      const query = { ...call.query, ...pageNames(by, page, size, from) };
      const slice = await read.get({ path: call.path, asked: listOf({}), query, signal: call.signal }, pageWire);
      return { ...slice, hasNext: paging === 'none' ? false : null };
    };
    let first: ReadonlySet<string | null> = new Set();

    const learning = async (page: number, size: number): Promise<NumberedSlice<unknown>> => {
      if (base !== null || paging !== 'learned') return fetch(page, size, base ?? 0);
      if (page === 1) {
        const slice = await firstPage(size);
        first = new Set(slice.items.map(idOf));
        return slice;
      }
      const slice = await fetch(page, size, 0);
      if (page !== 2 || !isSamePage(slice, first)) {
        if (page === 2 && slice.items.length > 0) base = 0;
        return slice;
      }
      // The index counts from 1 and 0 returned the first page, or it is ignored.
      const other = await fetch(page, size, 1);
      if (isSamePage(other, first)) return slice;
      base = 1;
      // The list moved between the two answers: it is the other total that shows it.
      return other.total === slice.total ? other : { ...other, total: slice.total };
    };

    /**
     * An index that counts from 1 may answer 0 with an error, or with nothing; one pair of names may be refused because
     * of the other.
     */
    const firstPage = async (size: number): Promise<NumberedSlice<unknown>> => {
      let refused: FaultError | null = null;
      let nothing: NumberedSlice<unknown> | null = null;
      for (const [by, from] of firstTries) {
        // Accepted names with an empty result are not refused because of the others.
        if (by !== 'both' && nothing !== null) break;
        const tried = await fetch(1, size, from, by).catch((error: unknown) => {
          if (error instanceof FaultError && mayBeNames(error.fault)) return error;
          throw error;
        });
        if (tried instanceof FaultError) refused ??= tried;
        else if (tried.items.length === 0 && tried.total !== 0) nothing ??= tried;
        else {
          names = by;
          if (from === 1 || by !== 'both') base = from;
          return tried;
        }
      }
      if (nothing !== null) return nothing;
      throw refused ?? new Error('A page was neither returned nor refused.');
    };

    const ifRepeated = `It seems to ignore paging. If its list is complete without pages: \`subdeck connection set ${shellWord(connection)} assume.list-paging=none\`.`;
    const size = call.size ?? pageSize;
    const from = { ...(mark && { start: mark }), ...(onShortfall && { onShortfall }) };
    // Until it is known how the index is counted, one page says how the next is asked for.
    const isKnown = () => base !== null || paging !== 'learned';
    const beside = () => (isKnown() ? (ahead?.() ?? 0) : 0);
    const asked = { connection, keyOf: idOf, size, ifRepeated, onIncomplete, ahead: beside, ...from };
    const found = pagesByNumber(learning, asked);
    for await (const page of found) {
      yield page.next === null || base === null ? page : { ...page, next: `${names}${base}:${page.next}` };
    }
  }

  return (read) => (call, options) => pages(read, call, options);
}

type Names = 'none' | 'both' | 'page-size' | 'page-index';

const namesOf: Readonly<Record<Paging, Names>> = {
  learned: 'both',
  'page-size': 'page-size',
  'page-index-0': 'page-index',
  'page-index-1': 'page-index',
  none: 'none',
};

/** The variants of a first page request, tried until one works. */
const firstTries: readonly (readonly [Names, Base])[] = [
  ['both', 0],
  ['both', 1],
  ['page-size', 0],
  ['page-index', 0],
  ['page-index', 1],
];

function pageNames(names: Names, page: number, size: number, base: Base): Query {
  const numbered = { page, size };
  const indexed = { pageIndex: page - 1 + base, pageSize: size };
  return { none: {}, both: { ...numbered, ...indexed }, 'page-size': numbered, 'page-index': indexed }[names];
}

function mayBeNames({ kind, vendor }: Fault): boolean {
  const status = vendor?.status ?? 0;
  return kind === 'refused' || kind === 'missing' || status === 500;
}

function isSamePage({ items }: NumberedSlice<unknown>, first: ReadonlySet<string | null>): boolean {
  return items.length > 0 && items.every((item) => first.has(idOf(item)));
}

function idOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const id = 'id' in item ? item.id : 'Id' in item ? item.Id : null;
  return id === null || id === undefined ? null : String(id);
}
