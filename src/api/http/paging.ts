import { type Fault, fault } from '../../model/fault.ts';

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
  onIncomplete(fault: Fault): void;
}

/** No real list has more pages. */
const mostPages = 20_000;
/** Keys kept to notice repetitions: a list of millions is not held, and one that repeats does so soon. */
const mostKeys = 50_000;

/**
 * Pages counted from 1 by number and size. Where the vendor gives a total, the list ends when all of it was seen, however
 * short its pages are; else at a page that is not as long as was asked for (a longer one is the whole list). Ends at an
 * empty or repeated page and where the vendor says so; fewer items than the total are doubtful.
 */
export async function* pagesByNumber<Item>(
  fetch: (page: number) => Promise<Slice<Item> & { readonly size: number; readonly hasNext?: boolean | null }>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const first = startOf(options.start);
  const tally = createTally(options);
  for (let page = first.at; ; page++) {
    const slice = await fetch(page);
    const seen = tally.take(slice);
    const done = (first.done ?? (first.at - 1) * slice.size) + tally.count();
    const isWhole = slice.total === null ? slice.items.length !== slice.size : done >= slice.total;
    const isLast = slice.hasNext === false || slice.items.length === 0 || (slice.hasNext !== true && isWhole);
    const goesOn = !isLast && tally.mayGoOn(seen, slice);
    if (!goesOn) tally.expect(done, slice.total);
    yield { ...seen, done, next: goesOn ? markOf(page + 1, done) : null };
    if (!goesOn) return;
  }
}

/**
 * Pages that begin at a result number counted from 1 (VMware). `next` leads on where it is greater than the present one
 * and not beyond the total; where it does not although the total says that there is more, the results behind this page
 * are asked for. Never relies on the size of a page. Fewer items than the total are doubtful.
 */
export async function* pagesByResult<Item>(
  fetch: (start: number) => Promise<Slice<Item> & { readonly next: number | null }>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const tally = createTally(options);
  const first = startOf(options.start);
  for (let start = first.at; ; ) {
    const slice = await fetch(start);
    const seen = tally.take(slice);
    const done = (first.done ?? first.at - 1) + tally.count();
    const leads = slice.next !== null && slice.next > start && (slice.total === null || slice.next <= slice.total);
    const next = leads && slice.next !== null ? slice.next : start + slice.items.length;
    const isLast = slice.items.length === 0 || (!leads && (slice.total === null || done >= slice.total));
    const goesOn = !isLast && tally.mayGoOn(seen, slice);
    if (!goesOn) tally.expect(done, slice.total);
    yield { ...seen, done, next: goesOn ? markOf(next, done) : null };
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
      options.onIncomplete(incomplete(options.connection, 'sent the same page mark twice'));
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

interface GroupCounts<Item> {
  take(slice: Slice<Item>): { readonly items: readonly Item[]; readonly total: number | null };
  mayGoOn(seen: { readonly items: readonly Item[] }, slice: Slice<Item>): boolean;
  /** At the end of the list: doubts one that brought fewer items than it counts. */
  expect(done: number, total: number | null): void;
  count(): number;
}

function createTally<Item>(options: PagerOptions<Item>): GroupCounts<Item> {
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
    if (!told) options.onIncomplete(incomplete(options.connection, what));
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
    expect(done, total) {
      if (total !== null && done < total) tell('counts more rows than it sent');
    },
    count: () => items,
  };
}

/** Items to ask for when `limit` rows are enough: not many more, nor so few that it takes many pages. Null: all are wanted. */
export function pageSizeFor(limit: number | null, usual: number): number {
  return limit === null ? usual : Math.min(usual, Math.max(50, limit));
}

/** Where to go on, and how many items were seen before: `3/50`. */
function markOf(at: number, done: number): string {
  return `${at}/${done}`;
}

/** `done` null: the mark does not say. */
function startOf(mark: string | undefined): { readonly at: number; readonly done: number | null } {
  const [at, done] = /^(\d{1,15})(?:\/(\d{1,15}))?$/.exec(mark ?? '1')?.slice(1) ?? [];
  const number = Number(at ?? '1');
  return { at: number > 0 ? number : 1, done: done === undefined ? null : Number(done) };
}

function incomplete(connection: string, what: string): Fault {
  const message = `The vendor ${what}: rows may be missing.`;
  return fault('partial', message, 'Sync again to see the whole list.', { connection }).fault;
}
