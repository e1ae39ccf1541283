import type { EffectDeps } from '../../src/commands/keys/effects/deps.ts';
import { loadTab } from '../../src/commands/keys/effects/load-tab.ts';
import { paste, press } from '../../src/commands/keys/press.ts';
import { commands } from '../../src/commands/table.ts';
import type { Ticket } from '../../src/model/ticket.ts';
import type { ConsoleState } from '../../src/state/console-state.ts';
import { initialState, topScreen } from '../../src/state/console-state.ts';
import type { ConsoleStore } from '../../src/state/console-store.ts';
import { createConsoleStore } from '../../src/state/console-store.ts';
import { startProjector } from '../../src/state/projector.ts';
import type { Screen } from '../../src/state/screen.ts';
import { nothingRemembered } from '../../src/state/table-layout.ts';
import { planDrawn } from '../../src/state/updates/plan.ts';
import type { ConsoleFixture } from './fixture.ts';

/** A console without a screen: keys in, state out. */
export interface TestConsole {
  readonly store: ConsoleStore;
  readonly deps: EffectDeps;
  readonly sentBytes: string[];
  readonly exits: number[];
  /** One piece of terminal input; names in angle brackets are keys (`<enter>`), anything else types itself. */
  type(input: string): void;
  paste(text: string): void;
  /** Simulates the screen after it drew a plan: reports that all of it is visible. */
  drawPlan(fits?: boolean): void;
  state(): ConsoleState;
  screen(): Screen;
  overlay(): ConsoleState['overlay'];
  /** Resolves once the console's state matches. */
  until(what: (state: ConsoleState) => boolean): Promise<void>;
  stop(): void;
}

export function makeConsole(
  fixture: Pick<ConsoleFixture, 'context'>,
  size = { columns: 80, rows: 24 },
  ticket: Ticket | null = null,
): TestConsole {
  const sentBytes: string[] = [];
  const exits: number[] = [];
  const { clock } = fixture.context;
  const deps = {
    context: fixture.context,
    commands,
    runWords: null,
    terminal: {
      send: (bytes: string) => void sentBytes.push(bytes),
      redraw: () => undefined,
      suspend: () => undefined,
    },
    exit: (code: number) => void exits.push(code),
    leaveFor: () => undefined,
  };
  const start = {
    ...size,
    offline: false,
    readOnly: false,
    now: clock.now(),
    freshFor: fixture.context.settings.freshFor * 1000,
    guard: fixture.context.settings.guard,
    banner: null,
    ticket,
    remembered: nothingRemembered,
  };
  const store = createConsoleStore(initialState(start));
  const stop = startProjector(store, fixture.context, { onSettled: () => void sentBytes.push('bell') });
  const stopTabs = store.subscribe(() => loadTab(store, deps));
  return {
    store,
    deps,
    sentBytes,
    exits,
    type: (input) => press({ store, deps }, pressesOf(input), clock.monotonic()),
    paste: (text) => paste(store, text, clock.monotonic()),
    drawPlan: (fits = true) => store.update((state) => planDrawn(state, fits, clock.monotonic())),
    state: store.getState,
    screen: () => topScreen(store.getState()),
    overlay: () => store.getState().overlay,
    until: (what) =>
      new Promise((resolve) => {
        if (what(store.getState())) return resolve();
        const unsubscribe = store.subscribe((state) => {
          if (!what(state)) return;
          unsubscribe();
          resolve();
        });
      }),
    stop: () => {
      stop();
      stopTabs();
    },
  };
}

function pressesOf(input: string) {
  return [...input.matchAll(/<([^>]+)>|(.)/gsu)].map(([, name, text]) => {
    if (name !== undefined) return { name, text: null };
    return text === ' ' ? { name: 'space', text: ' ' } : { name: text ?? '', text: text ?? '' };
  });
}
