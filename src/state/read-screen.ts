import { matches, matchesRow } from '../model/filter-match.ts';
import { parseReference } from '../model/reference.ts';
import type { LevelNode } from '../model/scope.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import type { LevelQuery, SubscriptionQuery } from '../query/cache-reader.ts';
import { unplacedRows } from '../query/unplaced-rows.ts';
import { timelineFields } from '../today/merged-timeline.ts';
import { whoChanged } from '../today/who-changed.ts';
import { wayBackNow } from '../writes/way-back.ts';
import type { ConsoleState } from './console-state.ts';
import { listedRows } from './customer-screen.ts';
import { listHeight } from './layout.ts';
import { markTotals } from './mark-totals.ts';
import { readCustomer, readFrame } from './read-customer.ts';
import { inMemory, readList } from './read-list.ts';
import { readBulk, readCalls, readToday } from './read-today.ts';
import { journalRows, latestChanges, requestRows, timelineRows } from './record-rows.ts';
import { rowId } from './row-id.ts';
import {
  type ChangesScreen,
  type EntryScreen,
  type JournalScreen,
  type LevelScreen,
  type RequestsScreen,
  type Screen,
  type SubscriptionScreen,
  type SubscriptionsScreen,
  tabOf,
} from './screen.ts';
import type { Sources } from './sources.ts';
import { pinFromKey, scopeOf } from './trail.ts';

/** The screen with the current data of cache and journal; the same object if nothing on it changed. */
export function readScreen(screen: Screen, state: ConsoleState, from: Sources): Screen {
  const height = listHeight(state);
  switch (screen.kind) {
    case 'level':
      return readLevel(screen, from, height);
    case 'subscriptions':
      return readSubscriptions(withFrameRead(screen, from), from, height);
    case 'subscription':
      return readTimeline(readSubscription(screen, from), from, height);
    case 'customer':
      return readCustomer(screen, from, height);
    case 'changes':
      return readChanges(screen, from, height);
    case 'requests':
      return readRequests(screen, from, height);
    case 'journal':
      return readJournal(screen, from, height);
    case 'entry':
      return readEntry(screen, from);
    case 'today':
      return readToday(screen, state.today, from, height);
    case 'calls':
      return readCalls(screen, from, height);
    case 'bulk':
      return readBulk(screen, from, height);
    // Added up in slices (charts-lookup.ts).
    case 'charts':
    case 'reply':
      return screen;
  }
}

function readLevel(screen: LevelScreen, { cache }: Sources, height: number): LevelScreen {
  const asked: Omit<LevelQuery, 'offset' | 'limit'> = {
    level: screen.level,
    scope: scopeOf(screen.trail),
    connections: null,
    search: null,
    filter: screen.filter,
    sort: screen.sort,
  };
  const list = readList<LevelNode>(
    screen.list,
    {
      text: JSON.stringify(asked),
      revision: cache.revision(),
      idOf: rowId.level,
      positionOf: (id) => cache.levelPositionOf({ ...asked, offset: 0, limit: 0 }, pinFromKey(screen.level, id)),
      read: (range) => cache.levelWindow({ ...asked, ...range }),
    },
    height,
  );
  if (list === screen.list) return screen;
  if (list.stamp === screen.list.stamp) return { ...screen, list };
  const unfiltered =
    screen.filter.length === 0 ? list.total : cache.levelWindow({ ...asked, filter: [], offset: 0, limit: 1 }).total;
  return { ...screen, list, unfiltered };
}

function questionOf(screen: SubscriptionsScreen): Omit<SubscriptionQuery, 'offset' | 'limit'> {
  return { ...listedRows(screen), filter: screen.filter, sort: screen.sort };
}

function withFrameRead(screen: SubscriptionsScreen, from: Sources): SubscriptionsScreen {
  const frame = screen.frame === null ? null : readFrame(screen.frame, from);
  return frame === screen.frame ? screen : { ...screen, frame };
}

/** Continues counting for a few milliseconds if the total is not certain yet. */
export function countOn(screen: SubscriptionsScreen, { cache }: Sources): SubscriptionsScreen {
  const question = { ...questionOf(screen), offset: 0, limit: 0 };
  const { total, subscriptions, counted } = cache.count(question, countMilliseconds);
  const { all } = screen.subscriptions;
  const isAll = screen.filter.length === 0;
  const sizes = { shown: subscriptions, all: isAll ? subscriptions : all };
  return { ...screen, subscriptions: sizes, list: { ...screen.list, total, counted } };
}

/** The longest delay of a key. */
const countMilliseconds = 4;

function readSubscriptions(screen: SubscriptionsScreen, from: Sources, height: number): SubscriptionsScreen {
  const { cache } = from;
  const asked = questionOf(screen);
  let { shown } = screen.subscriptions;
  const list = readList<CachedSubscription>(
    screen.list,
    {
      text: JSON.stringify(asked),
      revision: cache.revision(),
      idOf: rowId.subscriptions,
      positionOf: (ref) => cache.positionOf({ ...asked, offset: 0, limit: 0 }, ref),
      read(range) {
        const window = cache.subscriptionWindow({ ...asked, ...range });
        shown = window.subscriptions;
        return window;
      },
    },
    height,
  );
  if (list === screen.list) return withMarked(screen, from);
  const isAll = asked.filter.length === 0;
  const { all } = screen.subscriptions;
  if (list.stamp === screen.list.stamp) {
    return withMarked({ ...screen, list, subscriptions: { shown, all: isAll ? shown : all } }, from);
  }
  const whole = isAll
    ? { total: list.total, subscriptions: shown }
    : cache.subscriptionWindow({ ...asked, filter: [], sort: [], offset: 0, limit: 0 });
  const sizes = {
    unfiltered: whole.total,
    subscriptions: { shown, all: whole.subscriptions },
    unplaced: unplacedRows(cache, asked).reduce((sum, { total }) => sum + total, 0),
  };
  return withMarked({ ...screen, list, ...sizes }, from);
}

/** Sums the marked rows if they, the filter or the cache have changed; those that are no longer in the cache lose their mark. */
function withMarked(screen: SubscriptionsScreen, { cache, clock, connections }: Sources): SubscriptionsScreen {
  const { marked, filter } = screen;
  if (screen.marks.size === 0) return marked === null ? screen : { ...screen, marked: null };
  const revision = cache.revision();
  const isSame = marked?.of === screen.marks && marked.revision === revision;
  if (isSame && marked.filter === filter) return screen;
  const rows = isSame ? marked.rows : markedRows(screen, cache);
  const marks = rows.size === screen.marks.size ? screen.marks : new Set(rows.keys());
  const now = clock.now();
  const all = [...rows.values()];
  const outside = new Set(all.filter((row) => !matches(filter, row, now)).map(({ ref }) => ref));
  const totals = isSame ? marked.totals : markTotals(all, connections.list);
  return { ...screen, marks, marked: { of: marks, filter, revision, rows, totals, outside } };
}

function markedRows({ marks, marked }: SubscriptionsScreen, cache: Sources['cache']) {
  const known = marked?.revision === cache.revision() ? marked.rows : null;
  const rows = new Map<string, CachedSubscription>();
  for (const ref of marks) {
    const row = known?.get(ref) ?? findByRef(cache, ref);
    if (row !== null) rows.set(ref, row);
  }
  return rows;
}

/** A cached subscription by its ref. */
export function findByRef(cache: Sources['cache'], ref: string): CachedSubscription | null {
  const reference = parseReference(ref);
  return reference === null ? null : cache.subscription(reference.connection, reference.id);
}

const mostOfOne = 200;

function readSubscription(screen: SubscriptionScreen, from: Sources): SubscriptionScreen {
  const next = readOverview(screen, from);
  if (next === screen) return screen;
  const reference = parseReference(screen.ref);
  return { ...next, raw: reference === null ? null : from.cache.raw(reference.connection, reference.id) };
}

/** Without the vendor's object, which is large. */
export function readOverview(screen: SubscriptionScreen, { cache, journal }: Sources): SubscriptionScreen {
  const stamp = `${cache.revision()} ${journal.revision()}`;
  if (screen.stamp === stamp) return screen;
  const subscription = findByRef(cache, screen.ref);
  const reference = parseReference(screen.ref);
  // A write through another connection was to the same subscription.
  const entries = [screen.ref, ...(subscription?.sameAs ?? [])]
    .flatMap((ref) => journal.entries({ ref, state: null, since: null, limit: mostOfOne }))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const changes = reference === null ? [] : whoChanged(cache.changes(reference), { cache, journal }, []);
  return { ...screen, stamp, subscription, entries, changes };
}

/** The open timeline; its history is read by the tab (load-tab.ts). */
function readTimeline(screen: SubscriptionScreen, from: Sources, height: number): SubscriptionScreen {
  if (tabOf(screen).kind !== 'timeline') return screen;
  const { history, stamp, filterText } = screen;
  const text = `timeline ${stamp} ${history.kind === 'ready' ? history.at : history.kind} ${filterText}`;
  const timeline = readList(
    screen.timeline,
    inMemory(text, 0, rowId.timeline, () => timelineRows(screen, from)),
    height,
  );
  return timeline === screen.timeline ? screen : { ...screen, timeline };
}

function readChanges(screen: ChangesScreen, from: Sources, height: number): ChangesScreen {
  const stamp = `${from.cache.revision()} ${from.journal.revision()}`;
  const found = screen.stamp === stamp && screen.found !== null ? screen.found : latestChanges(screen, from);
  const { filter, filterText } = screen;
  const now = from.clock.now();
  const all = () =>
    filter.length === 0 ? found : found.filter((line) => matchesRow(filter, timelineFields, line, now));
  const list = readList(screen.list, inMemory(`changes ${stamp} ${filterText}`, 0, rowId.timeline, all), height);
  if (list === screen.list && found === screen.found) return screen;
  return { ...screen, list, found, stamp };
}

function readRequests(screen: RequestsScreen, from: Sources, height: number): RequestsScreen {
  const all = () => requestRows(screen, from);
  const question = inMemory(`requests ${screen.filterText}`, from.journal.revision(), rowId.requests, all);
  const list = readList(screen.list, question, height);
  return list === screen.list ? screen : { ...screen, list };
}

function readJournal(screen: JournalScreen, from: Sources, height: number): JournalScreen {
  const all = () => journalRows(screen, from);
  const question = inMemory(`journal ${screen.filterText}`, from.journal.revision(), rowId.journal, all);
  const list = readList(screen.list, question, height);
  return list === screen.list ? screen : { ...screen, list };
}

export function readEntry(screen: EntryScreen, { journal }: Sources): EntryScreen {
  const stamp = String(journal.revision());
  if (screen.stamp === stamp) return screen;
  const { id } = screen;
  const [steps, verdicts] = [journal.steps(id), journal.verdicts(id)];
  const record = journal.record(id);
  const purpose = record?.purpose ?? null;
  const wayBack = record === null ? null : wayBackNow(record);
  return { ...screen, stamp, entry: journal.entry(id) ?? screen.entry, purpose, steps, verdicts, wayBack };
}
