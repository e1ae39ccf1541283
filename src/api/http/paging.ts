import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { createPagesAhead, pagesInVain } from './pages-ahead.ts';

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
  /** Pages to ask for beside the present one, where their addresses are known; none where absent. Asked before each page. */
  ahead?(): number;
  /** What to do where the vendor sends one page over and over. */
  readonly ifRepeated?: string;
  /** Told when the list cannot be vouched for: it moved while it was read, or the vendor's paging runs in circles. */
  onIncomplete(fault: Fault): void;
  /** Told at the end of a list that counts so many more items than it sent; absent: such a list is incomplete. */
  onShortfall?(items: number): void;
}

/** No real list has more pages. */
const mostPages = 20_000;
/** Keys kept to notice repetitions: a list of millions is not held, and one that repeats does so soon. */
const mostKeys = 50_000;

/** A page of a numbered list. */
export interface NumberedSlice<Item> extends Slice<Item> {
  /** How many items a page has, where the vendor says it; null: it does not. */
  readonly size: number | null;
  /** Null: the vendor does not say whether there is another page. */
  readonly hasNext: boolean | null;
}

/**
 * Pages counted from 1 by number and size. The list ends where the vendor says so: with all of its total, `hasNext`, an empty
 * page, or a refusal of what would stand behind a short page. A short page alone is no end: where the first one is shorter than
 * was asked for, the vendor has a size of its own, and the pages behind it are asked for in that size, so that none is skipped
 * whichever of the two sizes it counts by. A page that was sent before ends the list too; the list is doubted then, unless it
 * is a short last page again. Fewer items than the total are told.
 */
export async function* pagesByNumber<Item>(
  fetch: (page: number, size: number) => Promise<NumberedSlice<Item>>,
  options: PagerOptions<Item> & { readonly size: number },
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const first = startOf(options.start);
  const tally = createTally(options);
  let size = first.size ?? options.size;
  let done = first.done ?? (first.at - 1) * size;
  const before = done;
  let mayBeOver = false;
  /** The last page that the list can have; null: not known. Before the first page came, nothing is. */
  let last: number | null = first.at;
  const pages = createPagesAhead((page: number) => fetch(page, size));
  for (let page = first.at; ; page++) {
    const slice: NumberedSlice<Item> | null = await pages
      .take(page, following(page, 1, last, options))
      .catch((error: unknown) => {
        if (mayBeOver && isRefusal(error)) return null;
        throw error;
      });
    if (slice === null) {
      yield { items: [], done, total: null, next: null };
      return;
    }
    const seen = tally.take(slice);
    done = before + tally.count();
    const isWhole = slice.total !== null && done >= slice.total;
    const isLast = slice.hasNext === false || slice.items.length === 0 || (slice.hasNext !== true && isWhole);
    const isEndAgain = (mayBeOver && page > 2) || tally.isEnd((page - 1) * size + slice.items.length);
    const goesOn = !isLast && tally.mayGoOn(isEndAgain ? 'end' : 'doubtful');
    if (!goesOn) tally.expect(done, slice.total);
    const isShort = slice.items.length < size;
    mayBeOver = isShort && slice.total === null && slice.hasNext === null;
    if (page === 1 && isShort) size = Math.min(size, slice.size ?? size, slice.items.length);
    last = slice.total === null ? null : Math.ceil(slice.total / Math.max(1, size));
    yield { ...seen, done, next: goesOn ? markOf(page + 1, done, size) : null };
    if (!goesOn) return;
  }
}

/** A page of a list whose pages begin at result numbers. `next`: where the next one begins; null: the vendor does not say. */
export interface ResultSlice<Item> extends Slice<Item> {
  readonly next: number | null;
}

/**
 * Pages that begin at a result number counted from 1. `next` leads on where it is greater than the present one
 * and not beyond the total; where it does not, the results behind this page are asked for, unless all of the total was seen.
 * Never relies on the size of a page. Fewer items than the total are told.
 */
export async function* pagesByResult<Item>(
  fetch: (start: number) => Promise<ResultSlice<Item>>,
  options: PagerOptions<Item>,
): AsyncGenerator<PagedItems<Item>, void, undefined> {
  const tally = createTally(options);
  const first = startOf(options.start);
  let done = first.done ?? first.at - 1;
  const before = done;
  let mayBeOver = false;
  /** From one page to the next, as it was when nothing was asked for ahead. 0: not known. */
  let stride = 0;
  let isOff = false;
  let total: number | null = null;
  const pages = createPagesAhead(fetch);
  for (let start = first.at; ; ) {
    // After a short page nothing is asked for ahead before a page is reached that was; never again where one was asked for in
    // vain, or the end is not known.
    const isMissed = pages.isMissed(start);
    if (pages.isPassed(start) || (isMissed && total === null)) isOff = true;
    const canGuess: boolean = stride > 0 && !isMissed && !isOff;
    const beside: readonly number[] = canGuess ? following(start, stride, total, options) : [];
    const slice: ResultSlice<Item> | null = await pages.take(start, beside).catch((error: unknown) => {
      if (mayBeOver && isRefusal(error)) return null;
      throw error;
    });
    if (slice === null) {
      yield { items: [], done, total: null, next: null };
      return;
    }
    const seen = tally.take(slice);
    done = before + tally.count();
    const leads = slice.next !== null && slice.next > start && (slice.total === null || slice.next <= slice.total);
    const next = leads && slice.next !== null ? slice.next : start + slice.items.length;
    const isWhole = slice.total !== null && done >= slice.total;
    const isLast = slice.items.length === 0 || (!leads && isWhole);
    const isEndAgain = tally.isEnd(start - 1 + slice.items.length);
    const goesOn = !isLast && tally.mayGoOn(isEndAgain ? 'end' : 'doubtful');
    if (!goesOn) tally.expect(done, slice.total);
    mayBeOver = !leads && slice.total === null;
    if (!pages.isAhead()) stride = next - start;
    total = slice.total;
    yield { ...seen, done, next: goesOn ? markOf(next, done) : null };
    if (!goesOn) return;
    start = next;
  }
}

/** Where the pages behind the one at `at` begin, as many as are to be asked for beside it. `last`: none begins behind it. */
function following(
  at: number,
  stride: number,
  last: number | null,
  { ahead }: Pick<PagerOptions<unknown>, 'ahead'>,
): readonly number[] {
  const most = ahead?.() ?? 0;
  const count = last === null ? Math.min(most, pagesInVain) : Math.min(most, Math.floor((last - at) / stride));
  return Array.from({ length: Math.max(0, count) }, (_, index) => at + (index + 1) * stride);
}

/** The vendor answered, and has nothing under what was asked for. */
function isRefusal(error: unknown): boolean {
  return error instanceof FaultError && (error.fault.kind === 'refused' || error.fault.kind === 'missing');
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
      options.onIncomplete(incomplete(options.connection, 'sent the same page token twice'));
      yield { ...seen, done: tally.count(), next: null };
      return;
    }
    const goesOn = next !== null && tally.mayGoOn('harmless');
    yield { ...seen, done: tally.count(), next: goesOn ? next : null };
    if (!goesOn || next === null) return;
    used.add(next);
    cursor = next;
  }
}

interface GroupCounts<Item> {
  take(slice: Slice<Item>): { readonly items: readonly Item[]; readonly total: number | null };
  /**
   * Whether the page that was taken last, whose last item would be the `position`th, is the end of the list once more: some
   * rows are counted and not sent, so the last ones stand where those would.
   */
  isEnd(position: number): boolean;
  /** `repeated`: what it means when the page that was taken last brought nothing new. */
  mayGoOn(repeated: 'harmless' | 'end' | 'doubtful'): boolean;
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
  let isRepeated = false;
  /** The page begins with another item than the one before: it is not simply sent again. */
  let beginsAnew = false;
  let firstKey: string | null = null;
  let keyless: string | null = null;

  const isNew = (item: Item) => {
    const key = options.keyOf(item);
    if (key === null) return true;
    if (keys.has(key)) return false;
    keys.add(key);
    if (keys.size > mostKeys) keys.delete(keys.values().next().value ?? key);
    return true;
  };

  /** Items without a key are never taken for known ones; a page of nothing else is, where the page before was the same. */
  const isSeenBefore = (all: readonly Item[], fresh: readonly Item[]) => {
    const isKeyed = (item: Item) => options.keyOf(item) !== null;
    if (all.some(isKeyed)) {
      keyless = null;
      return !fresh.some(isKeyed);
    }
    const before = keyless;
    keyless = JSON.stringify(all);
    return all.length > 0 && keyless === before;
  };

  const tell = (what: string, next?: string) => {
    if (!told) options.onIncomplete(incomplete(options.connection, what, next));
    told = true;
  };

  return {
    take(slice) {
      pages++;
      if (total !== null && slice.total !== null && slice.total !== total)
        tell('changed its list while it was being read');
      total = slice.total ?? total;
      const fresh = slice.items.filter(isNew);
      items += fresh.length;
      isRepeated = isSeenBefore(slice.items, fresh);
      const [first] = slice.items;
      const key = first === undefined ? null : options.keyOf(first);
      beginsAnew = key !== null && key !== firstKey;
      firstKey = key;
      return { items: fresh, total };
    },
    isEnd: (position) => isRepeated && beginsAnew && position === total,
    mayGoOn(repeated) {
      if (isRepeated && repeated !== 'harmless') {
        if (repeated === 'doubtful') tell('sent the same page twice', options.ifRepeated);
        return false;
      }
      if (pages < mostPages) return true;
      tell(`sent more than ${mostPages} pages`);
      return false;
    },
    expect(done, total) {
      if (total === null || done >= total) return;
      if (options.onShortfall === undefined || told) tell('reported more rows than it sent');
      else options.onShortfall(total - done);
    },
    count: () => items,
  };
}

/** Items to ask for when `limit` rows are enough: not many more, nor so few that it takes many pages. Null: all are wanted. */
export function pageSizeFor(limit: number | null, usual: number): number {
  return limit === null ? usual : Math.min(usual, Math.max(50, limit));
}

/** Where to go on, how many items were seen before, and how many a page has: `3/50/25`. */
function markOf(at: number, done: number, size?: number): string {
  return size === undefined ? `${at}/${done}` : `${at}/${done}/${size}`;
}

/** What a mark does not say is null. */
function startOf(mark: string | undefined): {
  readonly at: number;
  readonly done: number | null;
  readonly size: number | null;
} {
  const [at, done, size] = /^(\d{1,15})(?:\/(\d{1,15}))?(?:\/(\d{1,9}))?$/.exec(mark ?? '1')?.slice(1) ?? [];
  const number = Number(at ?? '1');
  return {
    at: number > 0 ? number : 1,
    done: done === undefined ? null : Number(done),
    size: size === undefined || Number(size) === 0 ? null : Number(size),
  };
}

function incomplete(connection: string, what: string, next = 'Sync again to see the whole list.'): Fault {
  const message = `The vendor ${what}: rows may be missing.`;
  return fault('partial', message, next, { connection }).fault;
}
