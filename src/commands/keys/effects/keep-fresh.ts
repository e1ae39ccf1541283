import type { Fault } from '../../../model/fault.ts';
import type { Pin } from '../../../model/scope.ts';
import type { LastRead } from '../../../model/sync-progress.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Overlay } from '../../../state/overlay.ts';
import { branchReadAt, placeOf } from '../../../state/place.ts';
import type { Screen } from '../../../state/screen.ts';
import { goOffline } from '../../../state/updates/status.ts';
import { lastInputAt } from '../hasty-keys.ts';
import type { Using } from './deps.ts';
import { isNetworkLost } from './refresh.ts';
import { isRefreshDue } from './refresh-due.ts';
import { faultOf } from './reported.ts';

const everyMilliseconds = 1_000;
/** Maximum number of subscriptions whose last read is remembered. */
const mostRemembered = 500;

type Last = Pick<LastRead, 'connection' | 'endedAt' | 'took' | 'fault'>;
type FreshDeps = Using<'cache' | 'clock' | 'connections' | 'settings' | 'sync'>;

/**
 * Reads again what is on screen once it is older than `freshFor`, as `isRefreshDue` decides. What fails is told by the header and
 * the line of the connection, never in place of the answer to a key. Returns a function that stops it.
 */
export function keepFresh(store: ConsoleStore, { context }: FreshDeps): () => void {
  const { clock, settings, sync } = context;
  const stopping = new AbortController();
  const { signal } = stopping;
  /** Being read: a subscription's REF, or a connection's name. */
  const reading = new Set<string>();
  /** The last reads of single subscriptions, by REF; the earliest first. */
  const ones = new Map<string, Last>();

  const isDue = (state: ConsoleState, readAt: string | null, last: Last | null, isReading: boolean) =>
    isRefreshDue({
      setting: settings.refresh,
      now: clock.monotonic(),
      lastKeyAt: lastInputAt(store),
      isPlanOpen: hasPlan(state.overlay) || hasBulkPlan(state),
      isOffline: state.offline && !state.isNetworkLost,
      isReading,
      age: readAt === null ? null : clock.now() - Date.parse(readAt),
      freshFor: settings.freshFor * 1000,
      last,
    });

  const start = (key: string, work: () => Promise<void>) => {
    reading.add(key);
    store.update(tryAgain);
    void work().finally(() => reading.delete(key));
  };

  async function readBranch(connection: string, below: readonly Pin[]): Promise<void> {
    const fault = await sync.readPlace(connection, below, { isRefresh: true }).then((end) => end.fault, faultOf);
    tellEnd(fault);
  }

  async function readOne(connection: string, ref: string): Promise<void> {
    const began = clock.monotonic();
    const fault = await sync.refreshOne(ref, { isRefresh: true, signal }).then(() => null, faultOf);
    const endedAt = clock.monotonic();
    ones.delete(ref);
    ones.set(ref, { connection, endedAt, took: endedAt - began, fault: fault?.kind ?? null });
    const [earliest] = ones.keys();
    if (ones.size > mostRemembered && earliest !== undefined) ones.delete(earliest);
    tellEnd(fault);
  }

  function tellEnd(fault: Fault | null): void {
    if (signal.aborted) return;
    if (fault === null) store.update(reached);
    else if (isNetworkLost(context)) store.update((state) => ({ ...goOffline(state, fault), status: state.status }));
  }

  function look(): void {
    const state = store.getState();
    const place = placeOf(state);
    const reads = sync.lastReads();
    if (place?.kind === 'subscription') {
      const { connection, ref, readAt } = place.subscription;
      const isReading = reading.has(ref) || state.connections.some((view) => view.name === connection && view.sync);
      const last = signedOut(connection, [...reads, ...ones.values()]) ?? ones.get(ref) ?? null;
      if (isDue(state, readAt, last, isReading)) start(ref, () => readOne(connection, ref));
      return;
    }
    if (place === null) return;
    for (const view of place.connections) {
      const below = place.below(view.name);
      const isReading = view.sync !== null || reading.has(view.name);
      const last = signedOut(view.name, [...reads, ...ones.values()]) ?? lastOf(reads, view.name, below);
      if (isDue(state, branchReadAt(view, below), last, isReading))
        start(view.name, () => readBranch(view.name, below));
    }
  }

  const run = async () => {
    for (;;) {
      await clock.wait(everyMilliseconds, signal);
      if (signal.aborted) return;
      look();
    }
  };
  void run();
  return () => stopping.abort();
}

/** The latest read of a connection, if that could not sign in: whatever is opened there, the next one could not either. */
function signedOut(connection: string, reads: readonly Last[]): Last | null {
  const own = reads.filter((read) => read.connection === connection);
  const latest = own.reduce<Last | null>(
    (last, read) => (last === null || read.endedAt >= last.endedAt ? read : last),
    null,
  );
  return latest?.fault === 'signed-out' ? latest : null;
}

/** The latest read that had the branch in it. */
function lastOf(reads: readonly LastRead[], connection: string, below: readonly Pin[]): LastRead | null {
  const holds = ({ within }: LastRead) =>
    within === null || below.some(({ level, id }) => level === within.level && id === within.id);
  return reads.findLast((read) => read.connection === connection && holds(read)) ?? null;
}

/** A plan on screen, or one that is being sent. */
function hasPlan(overlay: Overlay | null): boolean {
  if (overlay === null) return false;
  if (overlay.kind === 'waiting') return hasPlan(overlay.over);
  if (overlay.kind === 'prompt') return overlay.purpose === 'run-plan';
  return overlay.kind === 'plan' || overlay.kind === 'sending' || overlay.kind === 'leave';
}

/** A bulk plan on screen or below that was not run yet, or one that is being sent, even after its screen was left. */
function hasBulkPlan({ stack, past, future }: ConsoleState): boolean {
  const isOpen = (screen: Screen) => screen.kind === 'bulk' && (screen.running || screen.since === null);
  const isSending = (screen: Screen) => screen.kind === 'bulk' && screen.running;
  return stack.some(isOpen) || [...past, ...future].some((left) => left.some(isSending));
}

/** If nobody chose to be offline, a read finds out whether the network is back. */
function tryAgain(state: ConsoleState): ConsoleState {
  return state.isNetworkLost ? { ...state, offline: false, isNetworkLost: false } : state;
}

/** A vendor answers: the message about the lost network is out of date. */
function reached(state: ConsoleState): ConsoleState {
  return state.status?.fault?.kind === 'unreachable' ? { ...state, status: null } : state;
}
