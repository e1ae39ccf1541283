import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { ConsoleState } from './console-state.ts';
import { recorded } from './history.ts';
import { guided } from './updates/tour.ts';

/** The state of the console. `update` takes a pure function. */
export interface ConsoleStore extends StoreApi<ConsoleState> {
  update(change: (state: ConsoleState) => ConsoleState): void;
}

export function createConsoleStore(initial: ConsoleState): ConsoleStore {
  const store = createStore<ConsoleState>(() => initial);
  return {
    ...store,
    update: (change) => store.setState((state) => guided(state, recorded(state, change(state))), true),
  };
}
