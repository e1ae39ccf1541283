import type { Fault, FaultKind } from '../model/fault.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { Request } from '../model/request.ts';
import { wayBackNow } from '../writes/way-back.ts';
import { type ChartsLookup, createChartsLookup } from './charts-lookup.ts';
import { colleaguesNow } from './colleagues.ts';
import type { ConnectionView, ConsoleState, Contact } from './console-state.ts';
import { topScreen, withTop } from './console-state.ts';
import type { ConsoleStore } from './console-store.ts';
import { withPreview } from './read-preview.ts';
import { countOn, findByRef, readScreen } from './read-screen.ts';
import type { Screen } from './screen.ts';
import { withCompletions } from './search/filter-completions.ts';
import { createPaletteSearch, type PaletteSearch } from './search/palette-search.ts';
import { createSnapshotRefresh } from './snapshot-refresh.ts';
import type { Sources } from './sources.ts';
import { createTodayLookup } from './today-lookup.ts';

const lookEveryMilliseconds = 500;
const countEveryMilliseconds = 10;
/** Milliseconds without a key before Today is looked up behind another screen. */
const calmMilliseconds = 1_000;
const lookupEveryMilliseconds = 50;
const slicePauseMilliseconds = 2;
const calmTickMilliseconds = 10_000;
const busyTickMilliseconds = 1_000;

export interface ProjectorOptions {
  /** A request settled while the console was open: ring the bell, refresh its row. */
  readonly onSettled: (request: Request, entry: JournalEntry) => void;
}

/**
 * Follows the cache, the journal, syncs and requests, and writes what the screen shows into the store: the visible
 * window, never the whole cache. Runs synchronously on every store change that needs other rows, so that each key of a
 * burst sees the effect of the one before. Returns a function that stops it.
 */
export function startProjector(store: ConsoleStore, from: Sources, options: ProjectorOptions): () => void {
  const stopping = new AbortController();
  let projecting = false;
  let updates = 0;
  let touched = from.clock.monotonic();
  let reading = nowReading(from);
  let isWarming = false;

  const change = (move: (state: ConsoleState) => ConsoleState) => {
    if (projecting || stopping.signal.aborted) return;
    projecting = true;
    updates = 0;
    try {
      store.update(move);
    } finally {
      projecting = false;
    }
    // Others followed the update with one of their own, such as a tab that loads what is kept.
    if (updates > 1) change((state) => withScreen(state, from, { search, charts }));
  };
  const lookup = createTodayLookup(from);
  const search = createPaletteSearch(from);
  const charts = createChartsLookup(from);
  const isTodayShown = (state: ConsoleState) => topScreen(state).kind === 'today';
  const withToday = (state: ConsoleState): ConsoleState => {
    const today = lookup.proceed(isTodayShown(state));
    return today === state.today ? state : { ...state, today };
  };
  /** A lookup in progress goes on beside the keys. */
  const withRead = (state: ConsoleState) =>
    withScreen(isTodayShown(state) && !lookup.isInProgress() ? withToday(state) : state, from, { search, charts });
  let isProceeding = false;
  /** What a person waits for goes on at once, with room for a key between two slices. */
  const proceedSlices = async () => {
    if (isProceeding) return;
    isProceeding = true;
    while ((search.isInProgress() || charts.isInProgress()) && !stopping.signal.aborted) {
      await from.clock.wait(slicePauseMilliseconds, stopping.signal);
      change(withRead);
    }
    isProceeding = false;
  };
  const project = () => change((state) => withRead(withFacts(state, from)));
  const snapshotRefresh = createSnapshotRefresh(from.clock, () => touched);
  const look = () => {
    const screen = topScreen(store.getState());
    if (!snapshotRefresh.isDue('list' in screen && screen.list.total === 0)) return;
    from.cache.refreshSnapshot();
    snapshotRefresh.measure(project);
  };
  const unsubscribe = [
    store.subscribe((state, before) => {
      updates += 1;
      if (!projecting && (state.stack !== before.stack || state.overlay !== before.overlay)) {
        touched = from.clock.monotonic();
      }
      change(withRead);
      void proceedSlices();
    }),
    from.sync.subscribe(() => {
      const now = nowReading(from);
      if (now === reading) return look();
      reading = now;
      project();
    }),
    from.writes.follower.subscribe((event) => {
      if (event.kind === 'settled') {
        store.update((state) => withSettled(state, from, event.request, event.entry));
        options.onSettled(event.request, event.entry);
      }
      // A person's verdict was confirmed to that person where it was given.
      if (event.kind === 'reconciled' && event.entry.basis !== 'person') {
        store.update((state) => withReconciled(state, from, event.entry));
      }
      project();
    }),
  ];
  const isCalm = () => from.clock.monotonic() - touched >= calmMilliseconds;
  const lookUp = () => {
    if (isCalm() || isTodayShown(store.getState())) change((state) => withRead(withToday(state)));
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      store.update((state) => ticked(state, from.clock.now()));
      look();
      project();
      change((state) => withCount(state, from));
      lookUp();
      await workUntilNextLook();
    }
  };
  const pauseAfter = (waited: number): number => {
    const state = store.getState();
    if (isUncertain(topScreen(state))) return countEveryMilliseconds;
    if (isWarming) return state.overlay?.kind === 'palette' ? countEveryMilliseconds : lookupEveryMilliseconds;
    if (!lookup.isInProgress()) return lookEveryMilliseconds - waited;
    return isTodayShown(state) ? countEveryMilliseconds : lookupEveryMilliseconds;
  };
  /** The total on screen is updated at each check and at the end: a frame for each slice would delay keys. */
  const workUntilNextLook = async () => {
    for (let waited = 0, pause = 0; waited < lookEveryMilliseconds && !stopping.signal.aborted; waited += pause) {
      if (isUncertain(topScreen(store.getState()))) change((state) => withCertainCount(state, from));
      if (lookup.isInProgress()) lookUp();
      else isWarming = (isCalm() || store.getState().overlay?.kind === 'palette') && search.warm();
      pause = pauseAfter(waited);
      await from.clock.wait(pause, stopping.signal);
    }
  };
  void run();
  return () => {
    stopping.abort();
    for (const stop of unsubscribe) stop();
  };
}

/** The connections being read. */
function nowReading({ sync }: Sources): string {
  return JSON.stringify(sync.running().map(({ connection }) => connection));
}

/** What takes too long for one key. */
interface Sliced {
  readonly search: PaletteSearch;
  readonly charts: ChartsLookup;
}

/** The state with the rows of its screen loaded; the same object if nothing changed. */
function withScreen(state: ConsoleState, from: Sources, { search, charts }: Sliced): ConsoleState {
  const read = withPreview(withTop(state, readScreen(topScreen(state), state, from)), from);
  return withCompletions(search.withHits(charts.withCharts(read)), from);
}

function withCount(state: ConsoleState, from: Sources): ConsoleState {
  const screen = topScreen(state);
  return screen.kind === 'subscriptions' && isUncertain(screen) ? withTop(state, countOn(screen, from)) : state;
}

function withCertainCount(state: ConsoleState, from: Sources): ConsoleState {
  const counted = withCount(state, from);
  return isUncertain(topScreen(counted)) ? state : counted;
}

function isUncertain(screen: Screen): boolean {
  return screen.kind === 'subscriptions' && !screen.list.counted;
}

/** The state with the current connections and requests. */
export function withFacts(state: ConsoleState, from: Sources): ConsoleState {
  const connections = kept(state.connections, connectionViews(from));
  const requests = kept(state.requests, from.writes.follower.open());
  const colleagues = colleaguesNow(state.colleagues, from);
  const unsettled = from.journal.unsettled().length;
  const armed = kept(state.armed, armedOf(from));
  const indexing = from.sync.isTidying();
  const storeAway = kept(state.storeAway, from.journal.outOfDate());
  const storeWait = kept(state.storeWait, from.journal.storeWait());
  // A team's store says what this login may do there once it answers.
  const { readOnly } = from.mode;
  const isSame = connections === state.connections && requests === state.requests && armed === state.armed;
  const isStoreAsBefore = storeAway === state.storeAway && storeWait === state.storeWait;
  const isOfSameStore = isStoreAsBefore && readOnly === state.readOnly;
  if (
    isSame &&
    isOfSameStore &&
    colleagues === state.colleagues &&
    unsettled === state.unsettled &&
    indexing === state.indexing
  )
    return state;
  // Ages are shown as of the time when they were determined.
  const now = connections === state.connections && isStoreAsBefore ? state.now : from.clock.now();
  const store = { storeAway, storeWait, readOnly };
  return { ...state, ...store, connections, indexing, requests, colleagues, unsettled, armed, now };
}

/** Infinity if write mode does not end: then nothing is shown. */
function armedOf({ writes, connections }: Sources): ConsoleState['armed'] {
  const all = connections.list.map(({ name }) => ({ name, until: writes.arming.armedUntil(name) }));
  return all.some(({ until }) => until !== Number.POSITIVE_INFINITY) ? all : null;
}

function connectionViews(from: Sources): readonly ConnectionView[] {
  const running = from.sync.running();
  const branches = branchesRead(from);
  return from.connections.list.map(({ name, title, vendor, account, deadlines, charging }) => {
    const sync = running.find((progress) => progress.connection === name) ?? null;
    const freshness = from.cache.freshness(name);
    return {
      name,
      title,
      vendor,
      account,
      deadlines,
      charging,
      freshness,
      sync,
      contact: contactOf(from.calls.answers(name), freshness.lastFault, sync !== null),
      branches: branches.flatMap(({ connection, ...branch }) => (connection === name ? [branch] : [])),
    };
  });
}

function branchesRead({ sync }: Sources) {
  return sync
    .lastReads()
    .flatMap(({ connection, within, readAt }) =>
      within === null || readAt === null ? [] : [{ connection, pin: within, readAt }],
    );
}

/** Faults of a connection that stay until somebody fixes them. */
const refusals: readonly FaultKind[] = ['signed-out', 'denied', 'usage', 'refused', 'missing'];

/** The latest call is more recent than the end of the last sync. */
function contactOf(answers: boolean | null, lastFault: Fault | null, isRead: boolean): Contact {
  if (answers === false) return 'silent';
  if (lastFault === null || (isRead && answers === true)) return 'good';
  if (refusals.includes(lastFault.kind)) return 'refused';
  return answers === null && lastFault.kind === 'unreachable' ? 'silent' : 'good';
}

/** The old value if the new one is equal, so that nothing is redrawn. Small plain data only. */
function kept<Value>(old: Value, fresh: Value): Value {
  return JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}

function ticked(state: ConsoleState, now: number): ConsoleState {
  const busy =
    state.requests.length > 0 ||
    state.connections.some((view) => view.sync !== null) ||
    state.storeWait !== null ||
    state.overlay?.kind === 'waiting' ||
    state.overlay?.kind === 'sending';
  const due = busy ? busyTickMilliseconds : calmTickMilliseconds;
  return now - state.now >= due || now < state.now ? { ...state, now } : state;
}

function withSettled(state: ConsoleState, from: Sources, request: Request, entry: JournalEntry): ConsoleState {
  const name = findByRef(from.cache, request.ref)?.name ?? request.ref;
  const good = request.state === 'done';
  const end = good ? 'done' : request.state === 'failed' ? 'refused by the vendor' : 'outcome unknown';
  const why = entry.reason === null || good ? '' : `: ${entry.reason}`;
  const record = good ? from.journal.record(entry.id) : null;
  const undoes = record !== null && wayBackNow(record).kind === 'offered' ? ', where u takes it back' : '';
  return {
    ...state,
    overlay: withOutcome(state.overlay, request),
    settled: topScreen(state).kind === 'requests' ? 0 : state.settled + 1,
    status: {
      text: `${name}: ${changeOf(request)}${end}${why}. R shows requests${undoes}.`,
      tone: good ? 'good' : 'bad',
      fault: null,
      brief: false,
    },
  };
}

/** The result of a write that is still on screen when its request settles. */
function withOutcome(overlay: ConsoleState['overlay'], { id, state }: Request): ConsoleState['overlay'] {
  if (overlay?.kind !== 'result' || overlay.result.journalId !== id || overlay.result.outcome !== 'accepted')
    return overlay;
  const ends = {
    done: 'done',
    failed: 'refused',
    unknown: 'unknown',
    pending: 'accepted',
    running: 'accepted',
  } as const;
  const outcome = ends[state];
  if (outcome === 'done') return { ...overlay, result: { ...overlay.result, outcome } };
  const { wayBack: _, ...result } = overlay.result;
  return { ...overlay, result: { ...result, outcome } };
}

/** An unknown write was settled, or needs a person. */
function withReconciled(state: ConsoleState, from: Sources, entry: JournalEntry): ConsoleState {
  const name = findByRef(from.cache, entry.ref)?.name ?? entry.ref;
  const ends: Partial<Record<JournalEntry['state'], string>> = {
    done: 'it was applied',
    'settled-applied': 'it was applied',
    refused: 'it was refused',
    'settled-not-applied': 'it was not applied',
  };
  const end = ends[entry.state];
  const text = `${name}: ${end ?? 'the vendor does not show the outcome: check it in the portal, then settle it'}. J shows the journal.`;
  return { ...state, status: { text, tone: end === undefined ? 'warn' : 'good', fault: null, brief: false } };
}

function changeOf(request: Request): string {
  return request.from === null || request.to === null ? '' : `${request.from} → ${request.to} `;
}
