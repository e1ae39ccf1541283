import type { Clock } from '../model/clock.ts';
import { itemsOf } from './bits.ts';
import { type Board, boardOn } from './board.ts';
import type { Book, BookWriter, SubscriptionQuery } from './book.ts';
import { changesOf } from './changes.ts';
import { type ConnectionsTable, connectionsTable } from './connections.ts';
import { countRows, emptiesBelow, sumMoney } from './counting.ts';
import type { Database } from './database.ts';
import { levelsOn } from './levels.ts';
import { orderOn } from './ordering.ts';
import { placeRowsOn } from './place-rows.ts';
import { rowsReadOn } from './rows-read.ts';
import { searchOn } from './search.ts';
import { passesDoubts, type SelectionQuery, selectionKey, selectOn } from './selection.ts';
import { termRowsOn } from './term-rows.ts';
import { treeOn } from './tree.ts';
import { writerOn } from './writer.ts';

/** Rows that an export holds at once. */
const exportSlice = 200;

type Reading = Omit<Book, 'notice' | 'close'>;

/** The book on an open file. Throws what SQLite throws, and `Damaged`. */
export function bookOn(database: Database, clock: Clock): Reading & BookWriter {
  const board = boardOn(database);
  return { ...readerOn(database, board, connectionsTable(database), clock), ...writerOn(database, clock) };
}

function readerOn(database: Database, board: Board, connections: ConnectionsTable, clock: Clock): Reading {
  const read = rowsReadOn(database, board);
  const places = placeRowsOn(database, board);
  const search = searchOn(database, board);
  const select = selectOn(board, places, search, termRowsOn(database, board, read, search));
  const order = orderOn(board, select);
  const tree = treeOn(database, board, places);
  const levels = levelsOn(database, board, places, tree);

  function fresh<Answer>(answer: () => Answer): Answer {
    return database.read(() => {
      board.refresh();
      return answer();
    });
  }

  function rowsOf(query: SelectionQuery): Uint32Array {
    const { rows, doubts } = select(query, clock.now());
    const items = itemsOf(rows);
    return doubts.length === 0 ? items : items.filter((row) => passesDoubts(doubts, row));
  }

  const totals = board.memoBy(8, (): { counts: ReturnType<typeof countRows> | null } => ({ counts: null }));
  function totalsOf(query: SelectionQuery) {
    const slot = totals(`${selectionKey(query, clock.now())} ${Math.floor(clock.now() / 60_000)}`);
    const whole = query.filter.length === 0 && (query.search ?? '').trim() === '';
    const empties = () => (whole ? emptiesBelow(tree, query.place, query.connections) : []);
    slot.counts ??= countRows(board, tree, rowsOf(query), empties(), clock.now());
    return slot.counts;
  }

  function* each(query: Omit<SubscriptionQuery, 'offset' | 'limit'>) {
    const ordered = fresh(() => order(query, clock.now()));
    for (let offset = 0; ; offset += exportSlice) {
      const rows = fresh(() => ordered.window(offset, exportSlice).map((row) => read.subscription(row)));
      for (const row of rows) if (row !== null) yield row;
      if (rows.length < exportSlice) return;
    }
  }

  return {
    levelWindow: (query) => fresh(() => levels.window(query, clock.now())),
    levelPositionOf: (query, pin) => fresh(() => levels.positionOf(query, pin, clock.now())),
    subscriptionWindow: (query) =>
      fresh(() => {
        const ordered = order(query, clock.now());
        const rows = ordered.window(query.offset, query.limit).flatMap((row) => read.subscription(row) ?? []);
        return { rows, offset: query.offset, total: ordered.total, counted: ordered.counted };
      }),
    positionOf: (query, ref) =>
      fresh(() => {
        const slash = ref.indexOf('/');
        const row = read.rowOf(ref.slice(0, slash), ref.slice(slash + 1));
        return row === null ? null : order(query, clock.now()).positionOf(row);
      }),
    eachSubscription: each,
    totals: (query) => fresh(() => totalsOf(query)),
    money: (query) => fresh(() => sumMoney(database, board, read, rowsOf(query))),
    count: (query, budgetMilliseconds) =>
      fresh(() => {
        const ordered = order(query, clock.now());
        const end = clock.monotonic() + budgetMilliseconds;
        ordered.lookUntil(() => clock.monotonic() > end);
        return { total: ordered.total, counted: ordered.counted };
      }),
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
    revision: database.revision,
  };
}
