import { type Fault, fault } from '../model/fault.ts';

/** One page of a list as a pager needs it. `total` null: the vendor does not say. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  readonly total: number | null;
}

/** What a pager hands on: items not seen on an earlier page, and how far it is. */
export interface PagedItems<Item> {
  readonly items: readonly Item[];
  readonly done: number;
  readonly total: number | null;
  /** Handing this to the pager as `start` goes on behind this page; null on the last one. */
  readonly next: string | null;
}

export interface PagerOptions<Item> {
  readonly connection: string;
  /** Items with the same key are handed on once; null is never taken for a repetition. */
  keyOf(item: Item): string | null;
  /** Where to begin; the vendor's beginning where absent. */
  readonly start?: string | undefined;
  /** Told when the list cannot be vouched for: it moved while it was read, or the vendor's paging runs in circles. */
  onDoubt(fault: Fault): void;
}

/** No real list has more pages. */
const mostPages = 20_000;
/** Keys kept to notice repetitions: a list of millions is not held, and one that repeats does so soon. */
const mostKeys = 50_000;

/**
 * Pages counted from 1 by number and size. Ends on a short, empty or repeated page, or when all of the total were seen; where no total is given, a page longer than
 * was asked for is the whole list.
 */
export async function* pagesByNumber<Item>(
  fetch: (page: number) => Promise<Slice<Item> & { readonly size: number; readonly hasNext?: boolean | null }>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const first = startNumber(options.start);
  const tally = createTally(options);
  for (let page = first; ; page++) {
    const slice = await fetch(page);
    const seen = tally.take(slice);
    const reached = (page - first + 1) * slice.size + (first - 1) * slice.size;
    const isLast =
      slice.hasNext === false ||
      slice.items.length === 0 ||
      (slice.hasNext !== true && (slice.total === null ? slice.items.length !== slice.size : reached >= slice.total));
    const goesOn = !isLast && tally.mayGoOn(seen, slice);
    yield { ...seen, done: (first - 1) * slice.size + tally.count(), next: goesOn ? String(page + 1) : null };
    if (!goesOn) return;
  }
}

/**
 * Pages that begin at a result number counted from 1 (VMware). Ends where `next` is missing, 0, no greater than the
 * present one or beyond the total; never relies on the size of a page.
 */
export async function* pagesByResult<Item>(
  fetch: (start: number) => Promise<Slice<Item> & { readonly next: number | null }>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const tally = createTally(options);
  const first = startNumber(options.start);
  for (let start = first; ; ) {
    const slice = await fetch(start);
    const seen = tally.take(slice);
    const next = slice.next ?? 0;
    const isLast = next <= start || slice.items.length === 0 || (slice.total !== null && next > slice.total);
    const goesOn = !isLast && tally.mayGoOn(seen, slice);
    yield { ...seen, done: first - 1 + tally.count(), next: goesOn ? String(next) : null };
    if (!goesOn) return;
    start = next;
  }
}

/** Pages linked by an opaque cursor. Ends where there is none; a cursor seen before is doubtful and ends it too. */
export async function* pagesByCursor<Item>(
  fetch: (cursor: string | null) => Promise<Slice<Item> & { readonly cursor: string | null }>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const tally = createTally(options);
  const used = new Set<string>();
  for (let cursor: string | null = options.start ?? null; ; ) {
    const slice: Slice<Item> & { readonly cursor: string | null } = await fetch(cursor);
    const seen = tally.take(slice);
    const next = slice.cursor === '' ? null : slice.cursor;
    if (next !== null && (used.has(next) || next === cursor)) {
      options.onDoubt(doubt(options.connection, 'sent the same page mark twice'));
      yield { ...seen, done: tally.count(), next: null };
      return;
    }
    const goesOn =
      next !== null && tally.mayGoOn({ items: seen.items.length > 0 ? seen.items : [...slice.items] }, slice);
    yield { ...seen, done: tally.count(), next: goesOn ? next : null };
    if (!goesOn || next === null) return;
    used.add(next);
    cursor = next;
  }
}

interface Tally<Item> {
  take(slice: Slice<Item>): { readonly items: readonly Item[]; readonly total: number | null };
  mayGoOn(seen: { readonly items: readonly Item[] }, slice: Slice<Item>): boolean;
  count(): number;
}

function createTally<Item>(options: PagerOptions<Item>): Tally<Item> {
  const keys = new Set<string>();
  let items = 0;
  let pages = 0;
  let total: number | null = null;
  let told = false;

  const isNew = (item: Item) => {
    const key = options.keyOf(item);
    if (key === null) return true;
    if (keys.has(key)) return false;
    keys.add(key);
    if (keys.size > mostKeys) keys.delete(keys.values().next().value ?? key);
    return true;
  };

  const tell = (what: string) => {
    if (!told) options.onDoubt(doubt(options.connection, what));
    told = true;
  };

  return {
    take(slice) {
      pages++;
      if (total !== null && slice.total !== null && slice.total !== total) tell('changed its list while it was read');
      total = slice.total ?? total;
      const fresh = slice.items.filter(isNew);
      items += fresh.length;
      return { items: fresh, total };
    },
    mayGoOn(seen, slice) {
      if (seen.items.length === 0 && slice.items.length > 0) {
        tell('sent the same page twice');
        return false;
      }
      if (pages < mostPages) return true;
      tell(`sent more than ${mostPages} pages`);
      return false;
    },
    count: () => items,
  };
}

function startNumber(start: string | undefined): number {
  const number = Number(start ?? '1');
  return Number.isSafeInteger(number) && number > 0 ? number : 1;
}

function doubt(connection: string, what: string): Fault {
  const message = `The vendor ${what}: rows may be missing.`;
  return fault('partial', message, 'Sync again to see the whole list.', { connection }).fault;
}
