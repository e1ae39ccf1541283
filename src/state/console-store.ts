import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ConsoleState } from './console-state.ts';
import type { Effects } from './effects.ts';
import { recorded } from './history.ts';

/** The console: its state, and what its keys can set going. `update` takes a pure move. */
export interface ConsoleStore extends StoreApi<ConsoleState> {
  readonly effects: Effects;
  update(move: (state: ConsoleState) => ConsoleState): void;
}

/** `makeEffects` is handed the store, since effects read and change it. */
export function createConsoleStore(initial: ConsoleState, makeEffects: (store: ConsoleStore) => Effects): ConsoleStore {
  const store = createStore<ConsoleState>(() => initial);
  const console: ConsoleStore = {
    ...store,
    update: (move) => store.setState((state) => recorded(state, move(state)), true),
    get effects() {
      return effects;
    },
  };
  const effects = makeEffects(console);
  return console;
}
