import type { AbilityShapes, No, ReadValue, subscriptionReads } from '../../../api/contract.ts';
import type { Fault } from '../../../model/fault.ts';
import type { Subscription } from '../../../model/subscription.ts';
import { keptRead } from '../../../query/kept-answers.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Load, ReadyLoad, SubscriptionScreen, Tab } from '../../../state/screen.ts';
import { tabOf } from '../../../state/screen.ts';
import { keepingAnswer } from '../../../sync/keep-answer.ts';
import { isReason } from '../../read-ability.ts';
import type { Using } from './deps.ts';
import { faultOf } from './reported.ts';

/** How tabs show answers that are cached. */
type Loaded = Extract<keyof typeof subscriptionReads, keyof SubscriptionScreen>;
type Value = ReadValue<Loaded>;
type Deps = Using<'cache' | 'clock' | 'connections' | 'settings'>;

/**
 * Shows in the open tab what is kept of it, and reads it from the vendor where that is older than `freshFor` or a write came
 * in between; `again` reads it whatever its age. Offline it asks nobody.
 */
export function loadTab(store: ConsoleStore, deps: Deps, again = false): void {
  const screen = topScreen(store.getState());
  if (screen.kind !== 'subscription' || screen.subscription === null) return;
  const wanted = wantedBy(tabOf(screen));
  if (wanted === null) return;
  const { subscription: row, ref } = screen;
  const { offline } = store.getState();
  if (screen[wanted].kind === 'idle') {
    const found = keptOf(deps, row, wanted, offline);
    const shown = found ?? (offline ? ({ kind: 'not-kept' } as const) : null);
    if (shown !== null) store.update((state) => withLoad(state, ref, wanted, shown));
    if (shown?.kind === 'not-kept') void sayWhyNot(store, deps, row, wanted);
  }
  if (offline) return;
  const now = loadOf(store.getState(), ref, wanted);
  if (now !== null && isDue(now, deps, again)) void load(store, deps, row, wanted);
}

/** There may be nothing to keep. */
async function sayWhyNot(
  store: ConsoleStore,
  { context }: Deps,
  { connection, ref }: Subscription,
  wanted: Loaded,
): Promise<void> {
  // A connection with invalid settings has no answer.
  const no = await context.connections.whyNot(connection, wanted).catch(() => null);
  if (no === null || loadOf(store.getState(), ref, wanted)?.kind !== 'not-kept') return;
  store.update((state) => withLoad(state, ref, wanted, { kind: 'no', reason: no.no }));
}

/** After a write: what was read of these subscriptions before it is out of date, and the open tab reads anew. */
export function reloadTabs(store: ConsoleStore, deps: Deps, refs: readonly string[]): void {
  const old = { addons: idle, history: idle, details: idle } satisfies Record<Loaded, Load<Value>>;
  store.update((state) => ({
    ...state,
    stack: state.stack.map((screen) =>
      screen.kind === 'subscription' && refs.includes(screen.ref) ? { ...screen, ...old } : screen,
    ),
  }));
  loadTab(store, deps);
}

const idle = { kind: 'idle' } as const;

function wantedBy(tab: Tab): Loaded | null {
  switch (tab.kind) {
    case 'addons':
      return 'addons';
    case 'timeline':
      return 'history';
    case 'details':
    case 'section':
      return 'details';
    default:
      return null;
  }
}

/** Online each connection asks for itself: it may lack an ability that another connection of its account has. */
function keptOf(
  { context: { cache } }: Deps,
  row: Subscription,
  wanted: Loaded,
  offline: boolean,
): ReadyLoad<Value> | null {
  const found = keptRead(cache, row, wanted);
  if (found === null || (!offline && found.through !== row.connection)) return null;
  const through = found.through === row.connection ? null : found.through;
  const { value, isOutdated } = found;
  return { kind: 'ready', value, at: Date.parse(found.readAt), isOutdated, through, asked: 'not-yet' };
}

function isDue(load: Load<Value>, { context: { clock, settings } }: Deps, again: boolean): boolean {
  switch (load.kind) {
    case 'loading':
      return false;
    case 'idle':
    case 'not-kept':
      return true;
    case 'ready': {
      if (load.asked === 'running') return false;
      const age = clock.now() - load.at;
      const isFresh = !load.isOutdated && age >= 0 && age < settings.freshFor * 1000;
      return again || (load.asked === 'not-yet' && !isFresh);
    }
    default:
      return again;
  }
}

async function load(store: ConsoleStore, { context }: Deps, row: Subscription, wanted: Loaded): Promise<void> {
  const { ref, connection, id } = row;
  const { clock } = context;
  store.update((state) => asking(state, ref, wanted, clock.now()));
  try {
    const vendor = await context.connections.vendor(connection);
    const ability: AbilityShapes[Loaded] | No = vendor.abilities[wanted];
    if (isReason(ability)) {
      const { no: reason } = ability;
      store.update((state) => withLoad(state, ref, wanted, { kind: 'no', reason }));
      return;
    }
    const { value, readAt } = await keepingAnswer(context, vendor, { connection, id, read: wanted }, () =>
      ability(row),
    );
    const fresh = { value, at: Date.parse(readAt), isOutdated: false, through: null, asked: 'done' } as const;
    store.update((state) => {
      const shown = loadOf(state, ref, wanted);
      // After a write it was asked again, and the later answer may have come first.
      const isLater = shown?.kind === 'ready' && shown.asked === 'done' && shown.at > fresh.at;
      return isLater ? state : withLoad(state, ref, wanted, { kind: 'ready', ...fresh });
    });
  } catch (error) {
    store.update((state) => failed(state, ref, wanted, faultOf(error)));
  }
}

/** The shown answer stays while it is read again, also if that fails. */
function asking(state: ConsoleState, ref: string, wanted: Loaded, since: number): ConsoleState {
  const shown = loadOf(state, ref, wanted);
  return withLoad(
    state,
    ref,
    wanted,
    shown?.kind === 'ready' ? { ...shown, asked: 'running' } : { kind: 'loading', since },
  );
}

function failed(state: ConsoleState, ref: string, wanted: Loaded, fault: Fault): ConsoleState {
  const shown = loadOf(state, ref, wanted);
  return withLoad(state, ref, wanted, shown?.kind === 'ready' ? { ...shown, asked: fault } : { kind: 'fault', fault });
}

function loadOf(state: ConsoleState, ref: string, wanted: Loaded): Load<Value> | null {
  const screen = state.stack.findLast((each) => each.kind === 'subscription' && each.ref === ref);
  return screen?.kind === 'subscription' ? screen[wanted] : null;
}

/** Puts the loaded content into the subscription's screen, wherever it is in the stack. */
function withLoad(state: ConsoleState, ref: string, wanted: Loaded, loaded: Load<Value>): ConsoleState {
  const stack = state.stack.map((screen) =>
    screen.kind === 'subscription' && screen.ref === ref
      ? ({ ...screen, [wanted]: loaded } as SubscriptionScreen)
      : screen,
  );
  return { ...state, stack };
}
