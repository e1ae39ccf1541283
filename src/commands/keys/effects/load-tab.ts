import type { Abilities, AbilityShapes } from '../../../api/contract.ts';
import type { Subscription } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Load, SubscriptionScreen, Tab } from '../../../state/screen.ts';
import { tabOf } from '../../../state/screen.ts';
import type { Using } from './deps.ts';
import { faultOf } from './reported.ts';

type Loaded = 'addons' | 'history' | 'details';
type Values = { readonly [Key in Loaded]: Awaited<ReturnType<AbilityShapes[Key]>> };

/** Reads the content of the open tab from the vendor, once; `again` reads it anew. Does nothing offline. */
export function loadTab(store: ConsoleStore, deps: Using<'connections' | 'clock'>, again = false): void {
  const state = store.getState();
  const screen = topScreen(state);
  if (screen.kind !== 'subscription' || screen.subscription === null || state.offline) return;
  const wanted = wantedBy(tabOf(screen));
  if (wanted === null) return;
  const kind = screen[wanted].kind;
  if (kind === 'loading' || (kind !== 'idle' && !again)) return;
  void load(store, deps, screen.subscription, wanted);
}

/** After a write: what was read of these subscriptions before it is out of date, and the open tab reads anew. */
export function reloadTabs(store: ConsoleStore, deps: Using<'connections' | 'clock'>, refs: readonly string[]): void {
  const old = { addons: idle, history: idle, details: idle };
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
    case 'history':
      return tab.kind;
    case 'details':
    case 'section':
      return 'details';
    default:
      return null;
  }
}

async function load(
  store: ConsoleStore,
  { context }: Using<'connections' | 'clock'>,
  row: Subscription,
  wanted: Loaded,
): Promise<void> {
  const { ref } = row;
  store.update((state) => withLoad(state, ref, wanted, { kind: 'loading', since: context.clock.now() }));
  try {
    const { abilities } = await context.connections.vendor(row.connection);
    const result = await asked(wanted, abilities, row, context.clock.now);
    store.update((state) => withLoad(state, ref, wanted, result));
  } catch (error) {
    store.update((state) => withLoad(state, ref, wanted, { kind: 'fault', fault: faultOf(error) }));
  }
}

async function asked(
  wanted: Loaded,
  abilities: Abilities,
  row: Subscription,
  now: () => number,
): Promise<Load<Values[Loaded]>> {
  const ability = abilities[wanted];
  if (typeof ability !== 'function') return { kind: 'no', reason: ability.no };
  return { kind: 'ready', value: await ability(row), at: now() };
}

/** Puts the loaded content into the subscription's screen, wherever it is in the stack. */
function withLoad(state: ConsoleState, ref: string, wanted: Loaded, loaded: Load<Values[Loaded]>): ConsoleState {
  const stack = state.stack.map((screen) =>
    screen.kind === 'subscription' && screen.ref === ref
      ? ({ ...screen, [wanted]: loaded } satisfies SubscriptionScreen)
      : screen,
  );
  return { ...state, stack };
}
