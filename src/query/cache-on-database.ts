import type { Clock } from '../model/clock.ts';
import { wholeSecond } from '../model/date-text.ts';
import { fieldsToLoad } from '../model/field-names.ts';
import { plainId } from '../model/id-spelling.ts';
import { hasBit, itemsOf } from '../store/bits.ts';
import { changesOf } from '../store/changes.ts';
import { connectionsTable } from '../store/connections-table.ts';
import type { Database } from '../store/database.ts';
import { type CacheSettings, type FileWriter, fileWriterOn } from '../store/file-writer.ts';
import { integer } from '../store/sql-values.ts';
import { storedAnswersOn } from '../store/stored-answers.ts';
import type { CacheReader, Share, SubscriptionQuery, SubscriptionWindow } from './cache-reader.ts';
import { type ColumnSnapshot, columnSnapshotOn } from './column-snapshot.ts';
import { countRows, emptiesBelow } from './count-rows.ts';
import { type Duplicates, duplicatesOn } from './duplicates.ts';
import { filterRowsOn } from './filter-rows.ts';
import { type GroupCounter, groupCounterOn } from './group-counts.ts';
import { type LevelTotals, levelTotalsOn } from './level-totals.ts';
import { levelWindowsOn } from './level-windows.ts';
import { nodeNamesOn } from './node-names.ts';
import { type NodeTree, nodeTreeOn } from './node-tree.ts';
import { querySortOn } from './query-sort.ts';
import { release } from './release.ts';
import { rowsReaderOn } from './rows-reader.ts';
import { type ScopeRows, scopeRowsOn } from './scope-rows.ts';
import { belongsTo, passesRechecks, type SelectionQuery, selectionKey, selectOn } from './selection.ts';
import { sharesSteps } from './shares.ts';
import type { SortedList } from './sorted-list.ts';
import { finished, unlessStale } from './steps.ts';
import { sumCostsOf } from './sum-costs.ts';
import { textSearchOn } from './text-search.ts';
import { valuesBeginningOn } from './values-beginning.ts';

/** Rows that an export holds at once. */
const exportSlice = 200;
/** Likely queries: until V8 has optimized a query's code, its answer takes several times as long. */
const typed = ['e', 'en', 'ent', 'ac'];
/** Up to this far from the start of the cache, walking the file's index is cheaper than loading a column. */
const startRows = 500;
/** So often sliced work begins anew. */
const mostBegun = 2;

type Reads = Omit<CacheReader, 'notice' | 'close'>;

/** The cache on an open file. Throws what SQLite throws, and `DamagedError`. */
export function cacheOn(database: Database, settings: CacheSettings): Reads & FileWriter {
  const { clock, holds } = settings;
  const snapshot = columnSnapshotOn(database);
  const scopeRows = scopeRowsOn(database, snapshot);
  const tree = nodeTreeOn(database, snapshot, scopeRows);
  const counter = groupCounterOn(snapshot, scopeRows, tree);
  const duplicates = duplicatesOn(snapshot);
  const levelTotals = levelTotalsOn({ database, snapshot, tree, counter, duplicates });
  const keep = () => {
    snapshot.refresh();
    return levelTotals.steps(wholeSecond(clock.now()));
  };
  return {
    ...readerOn({ database, snapshot, scopeRows, tree, counter, duplicates, levelTotals, clock, holds }),
    ...fileWriterOn(database, settings, keep),
  };
}

interface ReaderDeps {
  readonly database: Database;
  readonly snapshot: ColumnSnapshot;
  readonly scopeRows: ScopeRows;
  readonly tree: NodeTree;
  readonly counter: GroupCounter;
  readonly duplicates: Duplicates;
  readonly levelTotals: LevelTotals;
  readonly clock: Clock;
  readonly holds: boolean;
}

function readerOn({
  database,
  snapshot,
  scopeRows,
  tree,
  counter,
  duplicates,
  levelTotals,
  clock,
  holds,
}: ReaderDeps): Reads {
  const now = () => wholeSecond(clock.now());
  const connections = connectionsTable(database);
  const answers = storedAnswersOn(database);
  const firstByName = database.statement('SELECT row FROM subscription ORDER BY sort, row LIMIT ? OFFSET ?');
  const spelled = database.statement("SELECT row FROM subscription WHERE lower(replace(id, '-', '')) = ?");
  const read = rowsReaderOn(database, snapshot, duplicates);
  const search = textSearchOn(database, snapshot);
  const termRows = filterRowsOn(database, snapshot, read, search, duplicates);
  const select = selectOn({ snapshot, scopeRows, search, termRows, duplicates });
  const { order, rehearse } = querySortOn(snapshot, select, duplicates);
  const levels = levelWindowsOn(database, snapshot, scopeRows, counter, levelTotals);
  const nodeNames = nodeNamesOn(database);
  const valuesBeginning = valuesBeginningOn(database, snapshot, read);

  let held = { revision: database.revision(), commits: database.commits() };
  let isAsked = false;

  function refresh(): void {
    if (holds && !isAsked && held.commits === database.commits()) return;
    isAsked = false;
    held = { revision: database.revision(), commits: database.commits() };
    snapshot.refresh();
  }

  function fresh<Answer>(answer: () => Answer): Answer {
    return database.read(() => {
      refresh();
      try {
        return answer();
      } catch (error) {
        // The snapshot and newer rows in the file may disagree; that is not damage.
        if (held.revision === database.revision()) throw error;
        refreshSnapshot();
        refresh();
        return answer();
      }
    });
  }

  function refreshSnapshot(): void {
    isAsked = true;
  }

  /** The whole cache by name begins in an index of the file: a start needs no column. */
  function startOfCache(query: SubscriptionQuery): SubscriptionWindow | null {
    const { scope, anyOf, filter, search: text, sort, distinct = false, unreadable = [], offset, limit } = query;
    const byName = sort.length === 0 || (sort[0]?.field === 'name' && !sort[0].descending);
    const isWhole = scope.length === 0 && anyOf === undefined && filter.length === 0 && (text ?? '').trim() === '';
    if (!byName || !isWhole || distinct || unreadable.length > 0 || offset < 0 || offset + limit > startRows)
      return null;
    if (scopeRows.narrowed(query.connections) !== null) return null;
    const rows = firstByName.all(limit, offset).flatMap(({ row }) => read.subscription(integer(row)) ?? []);
    const total = snapshot.connections().reduce((sum, connection) => sum + connection.rows, 0);
    return { rows, offset, total, subscriptions: total - duplicates.count(() => true), counted: true };
  }

  const distinct = new WeakMap<SortedList, { readonly total: number; readonly subscriptions: number }>();
  /** The number of rows of a query, and of subscriptions among them. */
  function sizeOf(
    query: SelectionQuery,
    ordered: SortedList,
  ): Pick<SubscriptionWindow, 'total' | 'subscriptions' | 'counted'> {
    const { total, counted } = ordered;
    if (duplicates.shared().size === 0) return { total, subscriptions: total, counted };
    const known = distinct.get(ordered);
    if (known?.total === total) return { ...known, counted };
    const { rows, rechecks } = select(query, now());
    const isThere = rechecks.length === 0 ? (row: number) => hasBit(rows, row) : (row: number) => ordered.has(row);
    const size = { total, subscriptions: total - duplicates.count(isThere) };
    distinct.set(ordered, size);
    return { ...size, counted };
  }

  /** To be released by the caller. */
  function rowsOf(query: SelectionQuery): Uint32Array {
    const { rows, rechecks } = select(query, now());
    const items = itemsOf(rows);
    if (rechecks.length === 0) return items;
    const right = items.filter((row) => passesRechecks(rechecks, row));
    release(items);
    return right;
  }

  function withRows<Result>(query: SelectionQuery, work: (rows: Uint32Array) => Result): Result {
    const rows = rowsOf(query);
    const result = work(rows);
    release(rows);
    return result;
  }

  const totals = snapshot.memoBy(8, (): { counts: ReturnType<typeof countRows> | null } => ({ counts: null }));
  function totalsOf(query: SelectionQuery) {
    const slot = totals(`${selectionKey(query, now(), snapshot.revision())} ${Math.floor(now() / 60_000)}`);
    const whole = query.filter.length === 0 && query.anyOf === undefined && (query.search ?? '').trim() === '';
    const everything = whole && query.scope.length === 0 && scopeRows.narrowed(query.connections) === null;
    if (everything) slot.counts ??= levelTotals.totals(now());
    const empties = () => (whole ? emptiesBelow(tree, query.scope, query.connections) : []);
    slot.counts ??= withRows(query, (rows) => {
      const more = { duplicates: duplicates.among(belongsTo(select(query, now()))), empties: empties() };
      return countRows(snapshot, tree, rows, more, now());
    });
    return slot.counts;
  }

  const shares = snapshot.memoBy(4, (): { shares: readonly Share[] | null } => ({ shares: null }));

  const shape = snapshot.memo(() => ({}));
  /** Anew where the rows change meanwhile; where they do so again and again, in one go. */
  function* sharesIn(...[query, by, bases]: Parameters<CacheReader['shares']>): ReturnType<CacheReader['shares']> {
    for (let begun = 0; ; begun += 1) {
      const slot = fresh(() => shares(JSON.stringify([selectionKey(query, now(), snapshot.revision()), by, bases])));
      if (slot.shares !== null) return slot.shares;
      const of = shape();
      const rows = fresh(() => rowsOf({ ...query, distinct: true }));
      const steps = sharesSteps(database, snapshot, read, rows, by, bases);
      slot.shares = begun === mostBegun ? finished(steps) : yield* unlessStale(steps, () => shape() !== of);
      release(rows);
      if (slot.shares !== null) return slot.shares;
    }
  }

  function* each(query: Omit<SubscriptionQuery, 'offset' | 'limit'>) {
    // A caller that wants every row waits for them anyway.
    refreshSnapshot();
    const ordered = fresh(() => order(query, now()).lasting());
    for (let offset = 0; ; offset += exportSlice) {
      const rows = fresh(() => ordered.window(offset, exportSlice).map((row) => read.subscription(row)));
      for (const row of rows) if (row !== null) yield row;
      if (rows.length < exportSlice) return;
    }
  }

  const byName = { scope: [], connections: null, filter: [], search: null, sort: [] };
  /** Once per process; later changes are applied by the next query. */
  const warm = (function* () {
    // First what scrolling from the start of the cache needs.
    yield snapshot.alive();
    yield order(byName, now());
    for (const property of fieldsToLoad) yield snapshot.rows[property]();
    for (const column of Object.values(snapshot.nodes)) yield column();
    yield tree.empties();
    yield* rehearse();
    for (const text of typed) yield order({ ...byName, filter: [{ kind: 'word', text, negated: false }] }, now());
  })();

  return {
    levelWindow: (query) => fresh(() => levels.window(query, now())),
    levelPositionOf: (query, pin) => fresh(() => levels.positionOf(query, pin, now())),
    subscriptionWindow: (query) =>
      fresh(() => {
        const start = startOfCache(query);
        if (start !== null) return start;
        const ordered = order(query, now());
        const rows = ordered.window(query.offset, query.limit).flatMap((row) => read.subscription(row) ?? []);
        return { rows, offset: query.offset, ...sizeOf(query, ordered) };
      }),
    positionOf: (query, ref) =>
      fresh(() => {
        const slash = ref.indexOf('/');
        const row = read.rowOf(ref.slice(0, slash), ref.slice(slash + 1));
        return row === null ? null : order(query, now()).positionOf(row);
      }),
    eachSubscription: each,
    totals: (query) => fresh(() => totalsOf(query)),
    shares: sharesIn,
    costs: (query, bases) =>
      fresh(() => withRows({ ...query, distinct: true }, (rows) => sumCostsOf(database, snapshot, read, rows, bases))),
    count: (query, budgetMilliseconds) =>
      fresh(() => {
        const ordered = order(query, now());
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
    subscriptionsSpelled: (id) =>
      fresh(() => {
        const plain = plainId(id);
        const found = plain === '' ? [] : spelled.all(plain);
        return found.flatMap(({ row }) => read.subscription(integer(row)) ?? []);
      }),
    valuesBeginning: (field, begin, most) => fresh(() => valuesBeginning(field, begin, most)),
    raw: (connection, id) =>
      fresh(() => {
        const row = read.rowOf(connection, id);
        return row === null ? null : read.raw(row);
      }),
    answer: (key) => fresh(() => answers.find(key)),
    answerAges: (connection, id) => fresh(() => answers.ages(connection, id)),
    node: (pin) =>
      fresh(() => {
        const query = { level: pin.level, scope: [pin], connections: null, search: null, sort: null };
        const position = levels.positionOf({ ...query, offset: 0, limit: 1 }, pin, now());
        if (position === null) return null;
        return levels.window({ ...query, offset: position, limit: 1 }, now()).rows[0] ?? null;
      }),
    nodeNames: (after, most) => database.read(() => nodeNames(after, most)),
    namesRevision: () => database.read(() => database.meta('nodes')),
    freshness: (connection) => fresh(() => connections.freshness(connection)),
    revision: () => (holds ? fresh(() => held.revision) : database.revision()),
    refreshSnapshot,
  };
}
