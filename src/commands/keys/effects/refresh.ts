import { type Fault, namedMessage } from '../../../model/fault.ts';
import { paletteWords } from '../../../model/palette-words.ts';
import type { Pin } from '../../../model/scope.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { frameOf, framePins } from '../../../state/customer-screen.ts';
import { findByRef } from '../../../state/read-screen.ts';
import type { Trail } from '../../../state/trail.ts';
import { connectionOf } from '../../../state/trail.ts';
import { goOffline, say, sayFault } from '../../../state/updates/status.ts';
import type { SyncEnd } from '../../../sync/sync-run.ts';
import type { Context } from '../../context.ts';
import { isFresh } from '../../freshness.ts';
import type { Using } from './deps.ts';
import { loadTab } from './load-tab.ts';
import { inBackground } from './reported.ts';

/** Refreshes what is on screen: a branch, everything, one subscription, or the request under the cursor. */
export function refresh(
  store: ConsoleStore,
  deps: Using<'cache' | 'clock' | 'connections' | 'settings' | 'sync' | 'writes'>,
): void {
  if (store.getState().offline) {
    store.update((state) => say(state, 'The console is offline; press o to go online.', 'warn'));
    return;
  }
  const screen = topScreen(store.getState());
  const frame = frameOf(screen);
  if (frame !== null) {
    for (const pin of framePins(frame)) refreshBranch(store, deps, pin.connection, [pin]);
    return;
  }
  switch (screen.kind) {
    case 'requests':
      pollNow(store, deps);
      break;
    case 'subscription':
      refreshSubscription(store, deps, screen.ref);
      break;
    case 'today':
      refreshPlace(store, deps, []);
      break;
    case 'level':
    case 'subscriptions':
      refreshPlace(store, deps, screen.trail);
      break;
  }
}

function refreshSubscription(
  store: ConsoleStore,
  deps: Using<'cache' | 'clock' | 'connections' | 'settings' | 'sync'>,
  ref: string,
): void {
  store.update((state) => say(state, 'Refreshing…'));
  inBackground(store, async () => {
    await deps.context.sync.refreshOne(ref);
    store.update((state) => say(state, 'Refreshed.', 'good'));
  });
  loadTab(store, deps, true);
}

/** After a write: refreshes the subscription through the other connections that show it. Failures are ignored. */
export function readAgain({ sync }: Pick<Context, 'sync'>, refs: readonly string[]): void {
  for (const ref of refs) sync.refreshOne(ref).catch(() => undefined);
}

/** A subscription's own REF and those through other connections. */
export function refsOf({ cache }: Pick<Context, 'cache'>, ref: string): readonly string[] {
  return [ref, ...(findByRef(cache, ref)?.sameAs ?? [])];
}

function refreshPlace(store: ConsoleStore, { context }: Using<'cache' | 'connections' | 'sync'>, trail: Trail): void {
  const connection = connectionOf(trail);
  const names = connection === null ? context.connections.list.map(({ name }) => name) : [connection];
  const below = trail.filter(({ implied }) => !implied).map(({ pin }) => pin);
  for (const name of names) refreshBranch(store, { context }, name, below);
}

function refreshBranch(
  store: ConsoleStore,
  { context }: Using<'cache' | 'connections' | 'sync'>,
  connection: string,
  below: readonly Pin[],
): void {
  inBackground(store, async () => tellEnd(store, context, await context.sync.readPlace(connection, below, {})));
}

/** At the start: reads every connection whose rows are older than the settings allow, those that were never read first. */
export function refreshStale(
  store: ConsoleStore,
  { context }: Using<'cache' | 'connections' | 'sync' | 'clock' | 'settings'>,
): void {
  if (store.getState().offline) return;
  const stale = context.connections.list.map(({ name }) => name).filter((name) => !isFresh(context, name));
  const isUnread = (name: string) => context.cache.freshness(name).readAt === null;
  for (const name of [...stale.filter(isUnread), ...stale.filter((each) => !isUnread(each))]) {
    inBackground(store, async () => tellEnd(store, context, await context.sync.run(name, {})));
  }
}

/** What a person must know about the end of a sync run. */
function tellEnd(
  store: ConsoleStore,
  context: Pick<Context, 'cache' | 'connections' | 'sync'>,
  { connection, fault, missing }: SyncEnd,
): void {
  if (fault !== null) {
    const isLost = isNetworkLost(context);
    store.update((state) => (isLost ? goOffline(state, fault) : sayFault(state, { ...fault, connection })));
    return;
  }
  const [first] = missing;
  if (first === undefined) return;
  store.update((state) => say(state, `${namedMessage({ ...first, connection })} ${paletteWords(first.next)}`, 'warn'));
}

/** Polls the request under the cursor now. */
function pollNow(store: ConsoleStore, { context }: Using<'writes'>): void {
  const screen = topScreen(store.getState());
  const id = screen.kind === 'requests' ? screen.list.cursor : null;
  if (id === null) return;
  store.update((state) => say(state, 'Looking…'));
  inBackground(store, async () => {
    const request = await context.writes.follower.pollNow(id);
    store.update((state) => say(state, `The vendor says: ${request.vendorState ?? request.state}.`));
  });
}

/**
 * Whether the network seems down: the last sync of every connection got no answer at all. Any answer of a vendor, even
 * a refusal, proves a network.
 */
export function isNetworkLost({ connections, cache, sync }: Pick<Context, 'cache' | 'connections' | 'sync'>): boolean {
  if (connections.list.length === 0 || sync.running().length > 0) return false;
  return connections.list.every(({ name }) => isSilence(cache.freshness(name).lastFault));
}

function isSilence(fault: Fault | null): boolean {
  return fault?.kind === 'unreachable' && fault.vendor === null;
}
