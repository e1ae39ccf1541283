import type { Clock } from '../model/clock.ts';
import { hasBit, itemsOf } from '../store/bits.ts';
import { changesOf } from '../store/changes.ts';
import { connectionsTable } from '../store/connections-table.ts';
import type { Database } from '../store/database.ts';
import { type BookSettings, type Writer, writerOn } from '../store/file-writer.ts';
import { integer } from '../store/sql-values.ts';
import type { Book, Share, SubscriptionQuery, SubscriptionWindow } from './cache-reader.ts';
import { type Board, boardOn } from './column-snapshot.ts';
import { countRows, emptiesBelow, sumMoney } from './count-rows.ts';
import { type Duplicates, duplicatesOn } from './duplicates.ts';
import { termRowsOn } from './filter-rows.ts';
import { type Counter, counterOn } from './group-counts.ts';
import { type Kept, keptOn } from './level-totals.ts';
import { levelsOn } from './level-windows.ts';
import { type Tree, treeOn } from './node-tree.ts';
import { orderingOn } from './query-sort.ts';
import { release } from './release.ts';
import { rowsReadOn } from './rows-reader.ts';
import { type PlaceRows, placeRowsOn } from './scope-rows.ts';
import { belongsTo, passesDoubts, type SelectionQuery, selectionKey, selectOn } from './selection.ts';
import { sharesOf } from './shares.ts';
import type { Ordered } from './sorted-list.ts';
import { searchOn } from './text-search.ts';

/** Rows that an export holds at once. */
const exportSlice = 200;
/** Columns that a first level, sort or filter is likely to ask for. */
const usual = [
  'connection',
  'seller',
  'reseller',
  'organization',
  'bundle',
  'product',
  'status',
  'quantity',
  'ends',
  'cancel',
  'starts',
  'renewal',
  'billing',
  'term',
] as const;
/** What somebody might type: until a question was asked a few times, its answer takes several times as long. */
const typed = ['e', 'en', 'ent', 'ac'];
/** As far from the start of the book, walking the file's index costs less than any column. */
const startRows = 500;

type Reading = Omit<Book, 'notice' | 'close'>;

/** The book on an open file. Throws what SQLite throws, and `Damaged`. */
export function bookOn(database: Database, settings: BookSettings): Reading & Writer {
  const { clock, holds } = settings;
  const board = boardOn(database);
  const places = placeRowsOn(database, board);
  const tree = treeOn(database, board, places);
  const counter = counterOn(board, places, tree);
  const duplicates = duplicatesOn(board);
  const kept = keptOn({ database, board, tree, counter, duplicates });
  const keep = () => {
    board.refresh();
    return kept.steps(clock.now());
  };
  return {
    ...readerOn({ database, board, places, tree, counter, duplicates, kept, clock, holds }),
    ...writerOn(database, settings, keep),
  };
}

interface Parts {
  readonly database: Database;
  readonly board: Board;
  readonly places: PlaceRows;
  readonly tree: Tree;
  readonly counter: Counter;
  readonly duplicates: Duplicates;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly holds: boolean;
}

function readerOn({ database, board, places, tree, counter, duplicates, kept, clock, holds }: Parts): Reading {
  const connections = connectionsTable(database);
  const firstByName = database.statement('SELECT row FROM subscription ORDER BY sort, row LIMIT ? OFFSET ?');
  const read = rowsReadOn(database, board, duplicates);
  const search = searchOn(database, board);
  const termRows = termRowsOn(database, board, read, search);
  const select = selectOn({ board, places, search, termRows, duplicates });
  const { order, rehearse } = orderingOn(board, select);
  const levels = levelsOn(database, board, places, counter, kept);

  let held = { revision: database.revision(), commits: database.commits() };
  let isAsked = false;

  function refresh(): void {
    if (holds && !isAsked && held.commits === database.commits()) return;
    isAsked = false;
    held = { revision: database.revision(), commits: database.commits() };
    board.refresh();
  }

  function fresh<Answer>(answer: () => Answer): Answer {
    return database.read(() => {
      refresh();
      try {
        return answer();
      } catch (error) {
        // What is held and what others wrote since need not fit together; that is no damage.
        if (held.revision === database.revision()) throw error;
        catchUp();
        refresh();
        return answer();
      }
    });
  }

  function catchUp(): void {
    isAsked = true;
  }

  /** The whole book by name begins in an index of the file: a start needs no column. */
  function startOfBook(query: SubscriptionQuery): SubscriptionWindow | null {
    const { place, filter, search: text, sort, distinct = false, offset, limit } = query;
    const byName = sort.length === 0 || (sort[0]?.field === 'name' && !sort[0].descending);
    const isWhole = place.length === 0 && filter.length === 0 && (text ?? '').trim() === '';
    if (!byName || !isWhole || distinct || offset < 0 || offset + limit > startRows) return null;
    if (places.narrowed(query.connections) !== null) return null;
    const rows = firstByName.all(limit, offset).flatMap(({ row }) => read.subscription(integer(row)) ?? []);
    const total = board.connections().reduce((sum, connection) => sum + connection.rows, 0);
    return { rows, offset, total, subscriptions: total - duplicates.count(() => true), counted: true };
  }

  const distinct = new WeakMap<Ordered, { readonly total: number; readonly subscriptions: number }>();
  /** How many rows a query has, and how many subscriptions these are. */
  function sizeOf(
    query: SelectionQuery,
    ordered: Ordered,
  ): Pick<SubscriptionWindow, 'total' | 'subscriptions' | 'counted'> {
    const { total, counted } = ordered;
    if (duplicates.shared().size === 0) return { total, subscriptions: total, counted };
    const known = distinct.get(ordered);
    if (known?.total === total) return { ...known, counted };
    const { rows, doubts } = select(query, clock.now());
    const isThere = doubts.length === 0 ? (row: number) => hasBit(rows, row) : (row: number) => ordered.has(row);
    const size = { total, subscriptions: total - duplicates.count(isThere) };
    distinct.set(ordered, size);
    return { ...size, counted };
  }

  function withRows<Result>(query: SelectionQuery, work: (rows: Uint32Array) => Result): Result {
    const { rows, doubts } = select(query, clock.now());
    const items = itemsOf(rows);
    const right = doubts.length === 0 ? items : items.filter((row) => passesDoubts(doubts, row));
    const result = work(right);
    release(items, right);
    return result;
  }

  const totals = board.memoBy(8, (): { counts: ReturnType<typeof countRows> | null } => ({ counts: null }));
  function totalsOf(query: SelectionQuery) {
    const slot = totals(`${selectionKey(query, clock.now())} ${Math.floor(clock.now() / 60_000)}`);
    const whole = query.filter.length === 0 && (query.search ?? '').trim() === '';
    const everything = whole && query.place.length === 0 && places.narrowed(query.connections) === null;
    if (everything) slot.counts ??= kept.totals(clock.now());
    const empties = () => (whole ? emptiesBelow(tree, query.place, query.connections) : []);
    slot.counts ??= withRows(query, (rows) => {
      const more = { duplicates: duplicates.among(belongsTo(select(query, clock.now()))), empties: empties() };
      return countRows(board, tree, rows, more, clock.now());
    });
    return slot.counts;
  }

  const shares = board.memoBy(4, (): { shares: readonly Share[] | null } => ({ shares: null }));

  function* each(query: Omit<SubscriptionQuery, 'offset' | 'limit'>) {
    // Who wants every row waits for them anyway.
    catchUp();
    const ordered = fresh(() => order(query, clock.now()).lasting());
    for (let offset = 0; ; offset += exportSlice) {
      const rows = fresh(() => ordered.window(offset, exportSlice).map((row) => read.subscription(row)));
      for (const row of rows) if (row !== null) yield row;
      if (rows.length < exportSlice) return;
    }
  }

  const byName = { place: [], connections: null, filter: [], search: null, sort: [] };
  /** Once a process; what changes later is brought up to date by the next question. */
  const warm = (function* () {
    // First what scrolling on from the start of the book asks for.
    yield board.alive();
    yield order(byName, clock.now());
    for (const name of usual) yield board.rows[name]();
    for (const column of Object.values(board.nodes)) yield column();
    yield tree.empties();
    yield* rehearse();
    for (const text of typed) yield order({ ...byName, filter: [{ kind: 'word', text, negated: false }] }, clock.now());
  })();

  return {
    levelWindow: (query) => fresh(() => levels.window(query, clock.now())),
    levelPositionOf: (query, pin) => fresh(() => levels.positionOf(query, pin, clock.now())),
    subscriptionWindow: (query) =>
      fresh(() => {
        const start = startOfBook(query);
        if (start !== null) return start;
        const ordered = order(query, clock.now());
        const rows = ordered.window(query.offset, query.limit).flatMap((row) => read.subscription(row) ?? []);
        return { rows, offset: query.offset, ...sizeOf(query, ordered) };
      }),
    positionOf: (query, ref) =>
      fresh(() => {
        const slash = ref.indexOf('/');
        const row = read.rowOf(ref.slice(0, slash), ref.slice(slash + 1));
        return row === null ? null : order(query, clock.now()).positionOf(row);
      }),
    eachSubscription: each,
    totals: (query) => fresh(() => totalsOf(query)),
    shares: (query, by) =>
      fresh(() => {
        const slot = shares(JSON.stringify([selectionKey(query, clock.now()), by]));
        slot.shares ??= withRows({ ...query, distinct: true }, (rows) => sharesOf(database, board, read, rows, by));
        return slot.shares;
      }),
    money: (query) =>
      fresh(() => withRows({ ...query, distinct: true }, (rows) => sumMoney(database, board, read, rows))),
    count: (query, budgetMilliseconds) =>
      fresh(() => {
        const ordered = order(query, clock.now());
        const end = clock.monotonic() + budgetMilliseconds;
        ordered.lookUntil(() => clock.monotonic() > end);
        return sizeOf(query, ordered);
      }),
    warm: () => fresh(() => warm.next().done !== true),
    changes: (query) => fresh(() => changesOf(database, query)),
    subscription: (connection, id) =>
      fresh(() => {
        const row = read.rowOf(connection, id);
        return row === null ? null : read.subscription(row);
      }),
    raw: (connection, id) =>
      fresh(() => {
        const row = read.rowOf(connection, id);
        return row === null ? null : read.raw(row);
      }),
    node: (pin) =>
      fresh(() => {
        const query = { level: pin.level, place: [pin], connections: null, search: null, sort: null };
        const position = levels.positionOf({ ...query, offset: 0, limit: 1 }, pin, clock.now());
        if (position === null) return null;
        return levels.window({ ...query, offset: position, limit: 1 }, clock.now()).rows[0] ?? null;
      }),
    freshness: (connection) => fresh(() => connections.freshness(connection)),
    revision: () => (holds ? fresh(() => held.revision) : database.revision()),
    catchUp,
  };
}
